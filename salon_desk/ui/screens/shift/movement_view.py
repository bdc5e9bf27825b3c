"""Cash being moved: how much on the left, why on the right.

What may be moved is decided by the service; a drawer that only opens asks for no amount.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.shift.view_model import MovementModel
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.view_values import Chip
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.number_pad import NumberPad
from salon_desk.ui.widgets.words import Figure, Role, Words, panel

_WIDEST = 1180
_TALLEST = 700


class MovementView(QWidget):
    """Signals: `digit(str)`, `erased()`, `reason_given(str)`, `confirmed()`, `cancelled()`."""

    digit = Signal(str)
    erased = Signal()
    reason_given = Signal(str)
    confirmed = Signal()
    cancelled = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        outer = QHBoxLayout(self)
        outer.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        body = QWidget()
        body.setMaximumSize(_WIDEST, _TALLEST)
        outer.addWidget(body)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.PAD)
        row.addWidget(self._make_amount(), 1)
        row.addWidget(self._make_reason(), 1)

    def begin(self) -> None:
        """Start with an empty reason of one's own."""
        self.other.set_text("")

    def show_movement(self, model: MovementModel) -> None:
        """Write the movement."""
        words = self._language.catalogue
        self._title.setText(model.title)
        self._amount.set_text(model.amount)
        self._halves.setCurrentIndex(0 if model.with_amount else 1)
        self._drawer.set_words(model.title, model.hint)
        self._hint.setText(model.hint if model.with_amount else "")
        self._why.setText(words.text("Why?"))
        self.reasons.set_categories([Chip(one, key=one) for one in model.reasons], model.reason or None)
        self.other.set_label(words.text("Another reason"))
        self.cancel.set_text(words.text("Cancel"))
        self.confirm.set_text(model.confirm)
        self.confirm.setEnabled(model.ready)

    def _make_amount(self) -> QWidget:
        card = panel("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(Size.GAP + 2)
        self._title: Words = Words("", Role.TITLE)
        self._halves = QStackedWidget()
        column.addWidget(self._title)
        column.addWidget(self._halves, 1)
        typing = QWidget()
        inner = QVBoxLayout(typing)
        inner.setContentsMargins(0, 0, 0, 0)
        self._hint: Words = Words("", Role.MUTED)
        self._amount: Figure = Figure("", size=Type.DUE, align=Qt.AlignmentFlag.AlignHCenter)
        self.pad: NumberPad = NumberPad(self._language)
        self.pad.digit.connect(self.digit)
        self.pad.backspace.connect(self.erased)
        for part in (self._hint, self._amount):
            inner.addWidget(part)
        inner.addWidget(self.pad, 1)
        self._drawer = EmptyState(Icon.DRAWER)
        self._halves.addWidget(typing)
        self._halves.addWidget(self._drawer)
        return card

    def _make_reason(self) -> QWidget:
        card = panel("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(Size.PAD)
        self._why: Words = Words("", Role.TITLE)
        self.reasons: CategoryPills = CategoryPills()
        self.other: FormField = FormField("", KeyboardWish.TEXT)
        self.reasons.tapped.connect(self._tapped)
        self.other.typed.connect(self.reason_given)
        for part in (self._why, self.reasons, self.other):
            column.addWidget(part)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP + 4)
        self.cancel: ActionButton = ActionButton("", Kind.PLAIN, height=Size.TOUCH_BIG)
        self.confirm: ActionButton = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_BIG)
        self.cancel.clicked.connect(self.cancelled.emit)
        self.confirm.clicked.connect(self.confirmed.emit)
        foot.addWidget(self.cancel, 2)
        foot.addWidget(self.confirm, 3)
        column.addLayout(foot)
        return card

    def _tapped(self, reason: str) -> None:
        self.other.set_text("")
        self.reason_given.emit(reason)
