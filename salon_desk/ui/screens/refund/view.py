"""The refund screen: receipts left, the sale that is looked at right.

What is shown comes from the view model; the presenter decides. A scanned receipt goes to `scanned`.
"""

from __future__ import annotations

from collections.abc import Callable

from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.services.chargebacks import ChargedBack
from salon_desk.ui.counter.amount_sheet import AmountSheet
from salon_desk.ui.counter.charge_sheets import ChargeSheets
from salon_desk.ui.counter.host_outlet import HostOutlet
from salon_desk.ui.list_beside_page import PageSide, SearchList, place_beside
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.refund import chargeback_sheet
from salon_desk.ui.screens.refund.chargeback_sheet import ChargebackSheet
from salon_desk.ui.screens.refund.done_view import DoneView
from salon_desk.ui.screens.refund.presenter import RefundPresenter
from salon_desk.ui.screens.refund.sale_view import SaleView
from salon_desk.ui.screens.refund.view_model import (
    REASONS,
    done_model,
    line_name,
    listed_rows,
    sale_model,
    taken_back,
    told,
)
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.view_values import Alert, Heading, Question
from salon_desk.ui.widgets.empty_state import EmptyState

_WIDTHS = (360, 480)


class RefundScreen(Screen):
    """`back_to` is where the back button leads. `search`, `list`, `sale` and `done` are there for tests."""

    def __init__(self, host: ScreenHost, presenter: RefundPresenter, back_to: Callable[[], None]) -> None:
        super().__init__(host)
        self._presenter, self._back_to = presenter, back_to
        place_beside(self, self._make_list(), self._make_side())
        talk = presenter.talk_with(HostOutlet(host, self._show_charge)).talk
        self.charges = ChargeSheets(self, talk, return_by_hand=True)
        presenter.changed = self._show
        presenter.refuse = host.refuse
        presenter.told_copy = self._tell_copy
        presenter.told_charged_back = self._tell_charged_back
        presenter.offer_funding = self._ask_funding

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text("Receipts: refund or void"), back=True)

    @override
    def shown(self) -> None:
        self._presenter.begin()
        self.charges.show()

    @override
    def back(self) -> None:
        self._back_to()

    @override
    def retranslate(self) -> None:
        self._show()

    def scanned(self, code: str) -> None:
        """A receipt was read. UI thread only."""
        self._presenter.scanned(code)

    def _make_list(self) -> SearchList:
        self._found = found = SearchList(self.host, N_("Receipt or name"), Icon.RECEIPT, widths=_WIDTHS)
        self.search, self.list, self.nothing = found.search, found.list, found.nothing
        self.search.typed.connect(self._presenter.search)
        self.search.submitted.connect(lambda typed: self._presenter.open(typed) if typed else None)
        self.list.tapped.connect(self._presenter.open)
        return found

    def _make_side(self) -> PageSide:
        self._choose = EmptyState(Icon.SCAN)
        self.sale, self.done = SaleView(self.words), DoneView(self.words)
        self._side = PageSide(self._choose, self.sale, self.done)
        presenter, sale = self._presenter, self.sale
        sale.toggled.connect(presenter.toggle)
        sale.all_toggled.connect(presenter.toggle_all)
        sale.part_wanted.connect(self._ask_part)
        sale.refund_wanted.connect(self._ask_refund)
        sale.void_wanted.connect(self._ask_void)
        sale.dispute_wanted.connect(self._ask_chargeback)
        sale.copy_wanted.connect(lambda: presenter.reprint(self.words.code))
        self.done.finished.connect(presenter.close)
        return self._side

    def _ask_part(self, line_id: str) -> None:
        state, words = self._presenter.state, self.words.catalogue
        line = state.line(line_id)
        if line is None or state.opened is None:
            return
        sheet = AmountSheet(
            self.words,
            line.left.currency,
            title=words.text("How much of {item}?", item=line_name(state.opened, line_id, words)),
            confirm=words.text("Give this part back"),
            detail=words.text("At most {amount}, tax included.", amount=words.money(line.left)),
        )
        sheet.given.connect(lambda amount: self._presenter.set_amount(line_id, amount))
        self.host.open_sheet(sheet)

    def _ask_refund(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        if state.opened is None or (state.plan is None and state.opened.undo is None):
            return
        model = sale_model(state, state.opened, words)
        self._ask_reason(
            Question(
                words.text("Give {amount} back: why?", amount=model.goes_back), told(model.back), model.refund
            ),
            self._presenter.refund,
        )

    def _ask_funding(self, reason: str) -> None:
        words = self.words.catalogue
        question = Question(
            words.text("Give it back with the shop's money?"),
            words.text(
                "The till that sold it cannot be reached now. Should it have been given back there as well, head office "
                "shows it as given back twice."
            ),
            words.text("Give it back all the same"),
        )
        self.host.ask(question, lambda yes: self._presenter.refund(reason, funded=True) if yes else None)

    def _ask_void(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        if state.opened is None:
            return
        receipt = state.opened.found.document.receipt
        undone = words.text("Everything on it is undone, tips included, and goes back where it came from:")
        self._ask_reason(
            Question(
                words.text("Void all of {receipt}: why?", receipt=receipt),
                f"{undone}\n{told(taken_back(state.opened, words))}",
                words.text("Void all of it"),
            ),
            self._presenter.void,
        )

    def _ask_chargeback(self) -> None:
        opened = self._presenter.state.opened
        if opened is None or opened.dispute is None:
            return
        sheet = ChargebackSheet(opened.dispute, self.words.catalogue)
        sheet.decided.connect(lambda reason, owe: self._presenter.charge_back(reason, owe=owe))
        self.host.open_sheet(sheet)

    def _ask_reason(self, question: Question, then: Callable[[str], None]) -> None:
        words = self.words.catalogue
        sheet = ReasonSheet(question, [words.text(reason) for reason in REASONS], words)
        sheet.given.connect(then)
        self.host.open_sheet(sheet)

    def _tell_charged_back(self, done: ChargedBack) -> None:
        self.host.notify(Alert.GOOD, chargeback_sheet.told(done, self.words.catalogue))

    def _tell_copy(self) -> None:
        words = self.words.catalogue
        self.host.notify(Alert.GOOD, words.text("A copy is printing. It says COPY."))

    def _show_charge(self) -> None:
        self.charges.show()

    def _show(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        self._show_list()
        self._choose.set_words(
            words.text("Scan the receipt"), words.text("Or find it on the left by its number or its member.")
        )
        if state.opened is None:
            self._side.show_page(self._choose)
        elif state.done is not None:
            self.done.show_done(done_model(state.done, state.opened, words))
            self._side.show_page(self.done)
        else:
            self.sale.show_sale(sale_model(state, state.opened, words))
            self._side.show_page(self.sale)

    def _show_list(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        rows = listed_rows(state.listed, words) if state.listed else ()
        if state.fragment:
            label = words.plural("{n} receipt found", "{n} receipts found", len(rows))
            self.nothing.set_words(
                words.text("No receipt is found"),
                words.text("Scan its code, or type the last digits of its number."),
            )
        else:
            label = words.text("Newest first")
            self.nothing.set_words(
                words.text("Nothing was sold yet"), words.text("Sales stand here as soon as there is one.")
            )
        opened = state.opened.found.document.op_id if state.opened else ""
        self._found.show_typed(state.fragment)
        self._found.show_rows(rows, chosen=opened, known=state.listed is not None, label=label)
