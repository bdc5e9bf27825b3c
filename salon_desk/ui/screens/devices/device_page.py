"""The page of one device: how it is and what to do, its test, what is chosen by one tap, and the ways to another one.

What it says comes ready from the view model; taps go to the presenter. The one rule: lines that come and go (a test's outcome, the
counters) stand below the buttons, so that nothing moves under a finger.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salon_desk.ui.screens.devices.view_model import PageModel
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words, panel

_WIDEST = 760


class DevicePage(QWidget):
    """Signals: `tested()`, `retried()`, `changed()`, `none_tapped()`, `more_tapped()`, `choice_tapped(str)`. Its parts are there for tests."""

    tested = Signal()
    retried = Signal()
    changed = Signal()
    none_tapped = Signal()
    more_tapped = Signal()
    choice_tapped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 4)
        column.addWidget(self._make_card())
        column.addWidget(self._make_choices())
        column.addLayout(self._make_acts())
        column.addLayout(self._make_ways())
        column.addLayout(self._make_more())
        column.addLayout(self._make_news())
        column.addStretch(1)
        outer.addWidget(ScrollColumn(content))

    def show_page(self, model: PageModel) -> None:
        """Write everything."""
        for label, text in (
            (self.title, model.title),
            (self.condition, model.condition),
            (self.what_to_do, model.what_to_do),
            (self.called, model.called),
            (self.told, model.told),
            (self.problem, model.problem),
            (self.counts, model.counts),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.condition.set_tone(_coloured(model.tone))
        self.told.set_tone(_coloured(model.told_tone))
        self.choices.setVisible(bool(model.choices))
        self.choices.set_categories(model.choices, model.choice)
        for button, text in (
            (self.test, model.test),
            (self.retry, model.retry),
            (self.change, model.change),
            (self.none, model.none),
            (self.more, model.more),
        ):
            button.set_text(text)
            button.setVisible(bool(text))
        _keep_half(self.retry, beside=bool(model.test))
        _keep_half(self.none, beside=bool(model.change))
        self.test.setEnabled(model.can_test)
        self.retry.setEnabled(model.can_retry)

    def _make_card(self) -> QWidget:
        card = panel("card")
        card.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, Size.GAP)
        column.setSpacing(Size.GAP)
        self.title, self.condition, self.what_to_do = Words("", Role.MUTED), Words("", Role.FIGURE), Words("")
        self.called = Words("", Role.SMALL)
        for part in (self.title, self.condition, self.what_to_do, self.called):
            column.addWidget(part)
        return card

    def _make_news(self) -> QVBoxLayout:
        self.told, self.problem = Words("", Role.STRONG), Words("", tone=Tone.DANGER)
        self.counts = Words("", Role.SMALL)
        column = QVBoxLayout()
        column.setSpacing(Size.GAP)
        for part in (self.told, self.problem, self.counts):
            part.setMaximumWidth(_WIDEST)
            column.addWidget(part)
        return column

    def _make_choices(self) -> CategoryPills:
        self.choices = CategoryPills()
        policy = self.choices.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.choices.setSizePolicy(policy)
        self.choices.setMaximumWidth(_WIDEST)
        self.choices.tapped.connect(self.choice_tapped)
        return self.choices

    def _make_acts(self) -> QHBoxLayout:
        self.test: ActionButton = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_PAY)
        self.retry: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.test.clicked.connect(self.tested.emit)
        self.retry.clicked.connect(self.retried.emit)
        return _row(self.test, self.retry)

    def _make_ways(self) -> QHBoxLayout:
        self.change: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.none: ActionButton = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.change.clicked.connect(self.changed.emit)
        self.none.clicked.connect(self.none_tapped.emit)
        return _row(self.change, self.none)

    def _make_more(self) -> QHBoxLayout:
        self.more: ActionButton = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.more.clicked.connect(self.more_tapped.emit)
        row = _row(self.more)
        row.addStretch(1)
        return row


def _row(*buttons: ActionButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Size.GAP)
    for button in buttons:
        button.setMaximumWidth((_WIDEST - Size.GAP) // 2)
        row.addWidget(button, 1)
    row.addStretch(0)
    return row


def _keep_half(button: ActionButton, *, beside: bool) -> None:
    """A button that stands alone is as wide as one of two: what is hidden keeps its place."""
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(beside)
    button.setSizePolicy(policy)


def _coloured(tone: Tone) -> Tone | None:
    return None if tone is Tone.PLAIN else tone
