"""Giving a card out: to whom on the left, the new card's code on the right.

Whether the code is free is known by the service. A scan fills the code; it can be typed as well.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salon_desk.i18n import N_
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.cards.view_model import IssueModel
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.search_field import SearchField
from salon_desk.ui.widgets.words import Role, Words, panel


class IssueView(QWidget):
    """Signals: `member_typed(str)`, `member_tapped(id)` (empty: choose again), `code_typed(str)`, `issued()`,
    `cancelled()`."""

    member_typed = Signal(str)
    member_tapped = Signal(str)
    code_typed = Signal(str)
    issued = Signal()
    cancelled = Signal()

    def __init__(self, host: ScreenHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        row.setSpacing(Size.PAD)
        row.addWidget(self._make_member(), 1)
        row.addWidget(self._make_code(), 1)

    def begin(self) -> None:
        """Start with an empty search; the code follows what is shown."""
        self.search.field.clear()

    def show_issue(self, model: IssueModel) -> None:
        """Write what is known so far."""
        words = self._host.language.catalogue
        self._whose.setText(words.text("Who gets the card?"))
        self._name.setText(model.member)
        self.again.set_text(words.text("Somebody else"))
        self.list.set_rows(model.members)
        self._search_hint.set_words(
            words.text("Search the member first"), words.text("By name, pinyin or phone.")
        )
        self._people.setCurrentIndex(1 if model.members else 0)
        self._halves.setCurrentIndex(1 if model.member else 0)
        self._title.setText(words.text("Scan the new card"))
        self._hint.setText(words.text("Hold it to the reader, or type the code that stands on it."))
        self.code.set_label(words.text("Code of the card"))
        if self.code.text != model.code:
            self.code.set_text(model.code)
        self.code.refuse(model.refusal)
        self.cancel.set_text(words.text("Cancel"))
        self.give.set_text(words.text("Give the card"))
        self.give.setEnabled(model.ready)

    def _make_member(self) -> QWidget:
        card = panel("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 18, 20, 18)
        self._whose = Words("", Role.TITLE)
        self._halves = QStackedWidget()
        column.addWidget(self._whose)
        column.addWidget(self._halves, 1)
        self._halves.addWidget(self._make_search())
        chosen = QWidget()
        inner = QVBoxLayout(chosen)
        inner.setContentsMargins(0, Size.PAD, 0, 0)
        self._name = Words("", Role.FIGURE)
        self.again = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.again.clicked.connect(lambda: self.member_tapped.emit(""))
        inner.addWidget(self._name)
        inner.addWidget(self.again)
        inner.addStretch(1)
        self._halves.addWidget(chosen)
        return card

    def _make_search(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, Size.GAP, 0, 0)
        self.search = SearchField(self._host.language)
        self.search.set_placeholder(N_("Name or phone"))
        self.search.typed.connect(self.member_typed)
        self.search.keyboard_wanted.connect(lambda: self._host.open_keyboard(self.search.field))
        self._people = QStackedWidget()
        self._search_hint, self.list = EmptyState(Icon.MEMBERS), KineticList()
        self._people.addWidget(self._search_hint)
        self._people.addWidget(self.list)
        self.list.tapped.connect(self.member_tapped)
        column.addWidget(self.search)
        column.addWidget(self._people, 1)
        return box

    def _make_code(self) -> QWidget:
        card = panel("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(Size.PAD)
        self._title, self._hint = Words("", Role.TITLE), Words("", Role.MUTED)
        self.code = FormField("", KeyboardWish.TEXT)
        self.code.typed.connect(self.code_typed)
        self.code.submitted.connect(self.issued.emit)
        for part in (self._title, self._hint, self.code):
            column.addWidget(part)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP + 4)
        self.cancel = ActionButton("", Kind.PLAIN, height=Size.TOUCH_BIG)
        self.give = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_BIG)
        self.cancel.clicked.connect(self.cancelled.emit)
        self.give.clicked.connect(self.issued.emit)
        foot.addWidget(self.cancel, 1)
        foot.addWidget(self.give, 2)
        column.addLayout(foot)
        return card
