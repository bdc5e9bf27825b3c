"""A card's page: whose, frozen or not, the three figures, paid and bonus apart, the statement.

What is shown comes ready from the view model; taps go to the presenter.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.cards.view_model import CardModel
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.balance_panel import BalancePanel
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.savings_bar import SavingsBar
from salon_desk.ui.widgets.words import AmountRow, Role, Words, panel

_PURSES = 3


class CardPageView(QWidget):
    """Signals: `act(str)` with "top_up", "member", "recode", "freeze", "unfreeze", "refund", "cash_out", "save", "lapse", "restore",
    "transfer" or "share";
    `document_tapped(id)`."""

    act = Signal(str)
    document_tapped = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        self._title, self._owner = Words("", Role.TITLE), Words("", Role.MUTED)
        self.frozen = Words("", Role.STRONG, tone=Tone.DANGER)
        self.balance = BalancePanel(language)
        for part in (self._title, self._owner, self.frozen, self.balance):
            column.addWidget(part)
        self._purses = [AmountRow() for _ in range(_PURSES)]
        for row in self._purses:
            column.addWidget(row)
        self.savings = SavingsBar()
        column.addWidget(self.savings)
        column.addLayout(self._make_acts())
        column.addWidget(self._make_statement(), 1)

    def show_card(self, model: CardModel) -> None:
        """Write a card's page."""
        words = self._language.catalogue
        self._title.setText(model.title)
        self._owner.setText(model.owner)
        self._owner.setVisible(bool(model.owner))
        self.frozen.setText(model.frozen)
        self.frozen.setVisible(bool(model.frozen))
        self.balance.set_balance(model.balance)
        for at, row in enumerate(self._purses):
            row.setVisible(at < len(model.purses))
            if at < len(model.purses):
                row.set_words(*model.purses[at])
        self.savings.setVisible(model.savings is not None)
        if model.savings is not None:
            self.savings.show_progress(model.savings.name, model.savings.said, model.savings.permille)
        self.save.set_text(words.text("Savings plan"))
        self.top_up.set_text(words.text("Top up"))
        self.top_up.setEnabled(not model.frozen)
        self.member.set_text(words.text("Open the member"))
        self.recode.set_text(words.text("Replace"))
        self.freeze.set_text(words.text("Let it pay again") if model.frozen else words.text("Freeze"))
        self.refund.set_text(words.text("Refund"))
        self.cash_out.set_text(words.text("Pay out in cash"))
        self.lapse.set_text(words.text("Lapsed bonus"))
        self.restore.set_text(words.text("Give bonus back"))
        self.transfer.set_text(words.text("Give to another"))
        self.share.set_text(words.text("Family"))
        self._frozen = bool(model.frozen)
        for key, button in self._buttons.items():
            button.setVisible(key in model.acts)
        for button in (self.refund, self.cash_out, self.save, self.transfer):
            button.setEnabled(not model.frozen)
        self._label.setText(words.text("Statement") if model.rows else words.text("Nothing moved on it yet."))
        self.statement.set_rows(model.rows)

    def _make_acts(self) -> GridLayout:
        row = GridLayout(least=120, columns=3)
        self._frozen = False
        self.top_up: ActionButton = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_PAY)
        self.member: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.recode: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.freeze: ActionButton = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_PAY)
        self.top_up.clicked.connect(lambda: self.act.emit("top_up"))
        self.member.clicked.connect(lambda: self.act.emit("member"))
        self.recode.clicked.connect(lambda: self.act.emit("recode"))
        self.freeze.clicked.connect(lambda: self.act.emit("unfreeze" if self._frozen else "freeze"))
        self.refund: ActionButton = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_PAY)
        self.cash_out: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.refund.clicked.connect(lambda: self.act.emit("refund"))
        self.cash_out.clicked.connect(lambda: self.act.emit("cash_out"))
        self.save: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.save.clicked.connect(lambda: self.act.emit("save"))
        self.lapse: ActionButton = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_PAY)
        self.restore: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.lapse.clicked.connect(lambda: self.act.emit("lapse"))
        self.restore.clicked.connect(lambda: self.act.emit("restore"))
        self.transfer: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.share: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.transfer.clicked.connect(lambda: self.act.emit("transfer"))
        self.share.clicked.connect(lambda: self.act.emit("share"))
        self._buttons = {
            "top_up": self.top_up,
            "member": self.member,
            "recode": self.recode,
            "freeze": self.freeze,
            "refund": self.refund,
            "cash_out": self.cash_out,
            "save": self.save,
            "transfer": self.transfer,
            "share": self.share,
            "lapse": self.lapse,
            "restore": self.restore,
        }
        for button in self._buttons.values():
            row.addWidget(button)
        return row

    def _make_statement(self) -> QWidget:
        box = panel("outlined")
        column = QVBoxLayout(box)
        column.setContentsMargins(Size.PAD, Size.GAP + 4, Size.GAP, Size.GAP)
        self._label, self.statement = Words("", Role.MUTED), KineticList()
        column.addWidget(self._label)
        column.addWidget(self.statement, 1)
        self.statement.tapped.connect(lambda key: self.document_tapped.emit(key) if key else None)
        return box
