"""The statement of one thing that a member owns: every movement with the balance after it, newest first; printed on a tap.

What is shown comes ready from `statement_model`; taps go to the presenter.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.members.statement_model import StatementModel
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.words import Figure, Role, Words, panel


class StatementView(QWidget):
    """Signals: `back()`, `printed()`, `card_wanted(id)`, `document_tapped(id)`."""

    back = Signal()
    printed = Signal()
    card_wanted = Signal(str)
    document_tapped = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._card = language, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        self._title, self._owner = Words("", Role.TITLE), Words("", Role.MUTED)
        self._balance = Figure("", size=Type.FIGURE, align=Qt.AlignmentFlag.AlignLeft)
        for part in (self._title, self._owner, self._balance):
            column.addWidget(part)
        acts = QHBoxLayout()
        acts.setSpacing(Size.GAP)
        self.leave = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.card = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.paper = ActionButton("", Kind.SECONDARY, icon=Icon.PRINTER, height=Size.TOUCH_PAY)
        for button in (self.leave, self.card, self.paper):
            acts.addWidget(button, 1)
        column.addLayout(acts)
        box = panel("outlined")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(Size.PAD, Size.GAP + 4, Size.GAP, Size.GAP)
        self._label, self.rows = Words("", Role.MUTED), KineticList()
        inner.addWidget(self._label)
        inner.addWidget(self.rows, 1)
        column.addWidget(box, 1)
        self.leave.clicked.connect(self.back.emit)
        self.paper.clicked.connect(self.printed.emit)
        self.card.clicked.connect(lambda: self.card_wanted.emit(self._card))
        self.rows.tapped.connect(self._tapped)

    def show_statement(self, model: StatementModel) -> None:
        """Write a statement."""
        words = self._language.catalogue
        self._card = model.card
        self._title.setText(model.title)
        self._owner.setText(model.owner)
        self._balance.set_text(model.balance)
        self._label.setText(model.label)
        self.leave.set_text(words.text("Back to the member"))
        self.card.set_text(words.text("Open the card"))
        self.card.setVisible(bool(model.card))
        self.paper.set_text(words.text("Print"))
        self.rows.set_rows(model.rows)
        self.rows.choose(model.marked)

    def _tapped(self, key: str) -> None:
        document = key.partition("/")[2]
        if document:
            self.document_tapped.emit(document)
