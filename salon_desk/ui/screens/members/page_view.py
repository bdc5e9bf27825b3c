"""One member's page: name, allergy band, the three figures, what can be done, cards and history.

What is shown comes ready from the view model; taps go to the presenter. Wide enough, cards and history stand side by
side.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.ui.language import Language
from salon_desk.ui.screens.members.allergy_band import AllergyBand
from salon_desk.ui.screens.members.view_model import PageModel
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.balance_panel import BalancePanel
from salon_desk.ui.widgets.kinetic_list import ROW_HEIGHT, KineticList
from salon_desk.ui.widgets.words import Role, Words, panel

_SIDE_BY_SIDE = 860
_MOST_CARD_ROWS = 3
_ACTS = {
    "ticket": (N_("Open a ticket"), Kind.PRIMARY),
    "top_up": (N_("Top up"), Kind.SECONDARY),
    "card": (N_("Give a card"), Kind.SECONDARY),
    "edit": (N_("Edit"), Kind.PLAIN),
}


class MemberPageView(QWidget):
    """Signals: `act(str)` with "ticket", "top_up", "card" or "edit"; `card_tapped(id)`, `document_tapped(id)`."""

    act = Signal(str)
    card_tapped = Signal(str)
    document_tapped = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        self._name, self._detail = Words("", Role.TITLE), Words("", Role.MUTED)
        self.allergy = AllergyBand()
        self.balance = BalancePanel(language)
        self._note = Words("", Role.MUTED)
        for part in (self._name, self._detail, self.allergy, self.balance, self._note):
            column.addWidget(part)
        column.addLayout(self._make_acts())
        self._lists = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lists.setSpacing(Size.PAD)
        self._cards_label, self.cards, self._card_box = self._make_list()
        self._documents_label, self.documents, self._document_box = self._make_list()
        self.cards.tapped.connect(self.card_tapped)
        self.documents.tapped.connect(self.document_tapped)
        self._lists.addWidget(self._card_box)
        self._lists.addWidget(self._document_box, 1)
        column.addLayout(self._lists, 1)

    def show_page(self, model: PageModel) -> None:
        """Write a member's page."""
        words = self._language.catalogue
        self._name.setText(model.name)
        self._detail.setText(model.detail)
        self.allergy.set_text(model.allergies)
        self._note.setText(model.note)
        self._note.setVisible(bool(model.note))
        self.balance.setVisible(model.balance is not None)
        if model.balance is not None:
            self.balance.set_balance(model.balance)
        for key, button in self.acts.items():
            button.set_text(words.text(_ACTS[key][0]))
        self.acts["top_up"].setVisible(bool(model.cards))
        self._cards_label.setText(words.text("Cards"))
        self.cards.set_rows(model.cards)
        self.cards.setFixedHeight(ROW_HEIGHT * max(1, min(len(model.cards), _MOST_CARD_ROWS)))
        self._card_box.setVisible(bool(model.cards))
        empty = words.text("Nothing was bought yet.") if not model.documents else ""
        self._documents_label.setText(empty or words.text("Latest receipts"))
        self.documents.set_rows(model.documents)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _SIDE_BY_SIDE
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._lists.setDirection(beside if wide else below)
        self._lists.setStretch(0, 1 if wide else 0)

    def _make_acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        self.acts: dict[str, ActionButton] = {}
        for key, (_msgid, kind) in _ACTS.items():
            button = ActionButton("", kind, height=Size.TOUCH_PAY)
            button.clicked.connect(lambda _=False, k=key: self.act.emit(k))
            self.acts[key] = button
            row.addWidget(button, 1)
        return row

    def _make_list(self) -> tuple[Words, KineticList, QWidget]:
        box = panel("outlined")
        column = QVBoxLayout(box)
        column.setContentsMargins(Size.PAD, Size.GAP + 4, Size.GAP, Size.GAP)
        column.setSpacing(2)
        label, rows = Words("", Role.MUTED), KineticList()
        column.addWidget(label)
        column.addWidget(rows)
        column.addStretch(0)
        return label, rows, box
