"""The recovery screen: the last sale left, what became of books, paper, drawer and tickets right, go on below.

What is said comes from the view model. No rail: this is read first.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui import plight_words
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.recovery.fact_row import FactRow
from salon_desk.ui.screens.recovery.presenter import RecoveryPresenter
from salon_desk.ui.screens.recovery.view_model import VOID_REASONS, RecoveryModel, recovery_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Question
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import AmountRow, Role, Words, panel

_WIDEST = 1240
_TALLEST = 820
_MOST_FACTS = 9


class RecoveryScreen(Screen):
    """`facts`, `reprint`, `void`, `without` and `go_on` are there for tests."""

    with_rail = False

    def __init__(self, host: ScreenHost, presenter: RecoveryPresenter) -> None:
        super().__init__(host)
        self._presenter = presenter
        self._amounts: list[AmountRow] = []
        body = QWidget()
        body.setMaximumSize(_WIDEST, _TALLEST)
        column = QVBoxLayout(body)
        column.setContentsMargins(Size.PAD * 2, Size.PAD * 2, Size.PAD * 2, Size.PAD)
        column.setSpacing(Size.GAP)
        self._title, self._intro = Words("", Role.FIGURE), Words("", Role.NAME)
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addSpacing(Size.PAD)
        cards = QHBoxLayout()
        cards.setSpacing(Size.PAD)
        cards.addWidget(self._make_sale(), 4)
        cards.addWidget(self._make_facts(), 6)
        column.addLayout(cards, 1)
        column.addSpacing(Size.GAP)
        column.addLayout(self._make_foot())
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(body)
        presenter.changed = self._show
        presenter.refuse = host.refuse

    @override
    def shown(self) -> None:
        self._presenter.begin()

    @override
    def retranslate(self) -> None:
        self._show()

    def _make_sale(self) -> QWidget:
        card = self._sale_card = panel("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(6)
        self._sale, self.amount = Words("", Role.MUTED), Words("", Role.DUE)
        self._whose, self._when = Words("", Role.TITLE), Words("", Role.MUTED)
        self._paid_label = Words("", Role.STRONG)
        for part in (self._sale, self.amount, self._whose, self._when):
            column.addWidget(part)
        column.addSpacing(Size.PAD)
        column.addWidget(self._paid_label)
        self._paid = QVBoxLayout()
        column.addLayout(self._paid)
        column.addStretch(1)
        return card

    def _make_facts(self) -> QWidget:
        card = panel("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(12, 4, 12, 4)
        inner.setSpacing(Size.GAP)
        self.facts = [FactRow() for _ in range(_MOST_FACTS)]
        for row in self.facts:
            inner.addWidget(row)
        inner.addStretch(1)
        column.addWidget(ScrollColumn(content))
        return card

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP + 4)
        self.reprint = ActionButton("", Kind.SECONDARY, icon=Icon.RECEIPT, height=Size.TOUCH_BIG)
        self.void = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_BIG)
        self.without = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_BIG)
        self._hint = Words("", Role.MUTED)
        self.go_on = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_BIG)
        row.addWidget(self.reprint, 3)
        row.addWidget(self.void, 3)
        row.addWidget(self.without, 4)
        row.addWidget(self._hint, 6)
        row.addWidget(self.go_on, 4)
        self.reprint.clicked.connect(lambda: self._presenter.reprint(self.words.code))
        self.void.clicked.connect(self._ask_void)
        self.without.clicked.connect(self._ask_without)
        self.go_on.clicked.connect(self._presenter.go_on)
        return row

    def _ask_without(self) -> None:
        words = self.words.catalogue
        question = plight_words.go_on_question(self._presenter.state.plight, words)
        self.host.ask(question, lambda sure: self._presenter.go_on_without() if sure else None)

    def _ask_void(self) -> None:
        sale, words = self._presenter.state.sale, self.words.catalogue
        if sale is None:
            return
        question = Question(
            words.text("Void {receipt}?", receipt=sale.document.receipt),
            words.text("The whole sale is undone, tips included, and everything goes back as it was paid."),
            words.text("Void it"),
        )
        sheet = ReasonSheet(question, [words.text(reason) for reason in VOID_REASONS], words)
        sheet.given.connect(lambda reason: self._presenter.void(reason, self.words.code))
        self.host.open_sheet(sheet)

    def _show(self) -> None:
        words = self.words.catalogue
        state = self._presenter.state
        model = recovery_model(state, words)
        self._title.setText(model.title)
        self._intro.setText(model.intro)
        self._show_sale(model)
        for at, row in enumerate(self.facts):
            row.setVisible(at < len(model.facts))
            if at < len(model.facts):
                row.set_fact(model.facts[at])
        self._hint.setText(model.hint)
        self._hint.setVisible(bool(model.hint))
        self.reprint.set_text(words.text("Print a copy"))
        self.reprint.setEnabled(model.can_act)
        self.void.set_text(words.text("Void it"))
        self.void.setEnabled(model.can_void)
        sale = state.signed_in and state.sale is not None
        self.reprint.setVisible(sale and (model.can_act or state.working))
        self.void.setVisible(sale and not state.recovery.restored)
        self.without.set_text(model.without)
        self.without.setVisible(bool(model.without))
        self.go_on.set_text(model.go_on)

    def _show_sale(self, model: RecoveryModel) -> None:
        self._sale_card.setVisible(bool(model.sale))
        for words, text in (
            (self._sale, model.sale),
            (self.amount, model.amount),
            (self._whose, model.whose),
            (self._when, model.when),
            (self._paid_label, model.paid_label if model.paid else ""),
        ):
            words.setText(text)
            words.setVisible(bool(text))
        while len(self._amounts) < len(model.paid):
            self._amounts.append(AmountRow())
            self._paid.addWidget(self._amounts[-1])
        for at, row in enumerate(self._amounts):
            row.setVisible(at < len(model.paid))
            if at < len(model.paid):
                row.set_words(*model.paid[at])
