"""What the pay screen does with taps and digits; without Qt, on the real services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from salon_desk.domain.errors import InsufficientValue, ShiftNotOpen, TenderOver, TipWithoutTechnician
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import cards, checkout, printing, shifts, tickets
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.tickets import NewLine
from salon_desk.storage.errors import CannotRecord
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter.last_sale import LastSale
from salon_desk.ui.counter.tender_plan import CARD, CASH
from salon_desk.ui.screens.pay.presenter import PayPresenter
from salon_desk.ui.screens.pay.reckon import Reckoned
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.counter_fakes import RememberingOutlet
from tests.ui.shop_fixture import AMY, GRACE, MAY_ZHANG, CounterShop, usd

RICH = "8600000114"


@dataclass
class Payment:
    """A presenter with everything around it."""

    shop: CounterShop
    ticket: str
    outlet: RememberingOutlet = field(default_factory=RememberingOutlet)
    paid: list[tuple[str, LastSale]] = field(default_factory=list)
    left: int = 0

    def __post_init__(self) -> None:
        self.presenter = PayPresenter(
            self.shop.till,
            ImmediateTasks(),
            self.shop.session,
            self.outlet,
            on_paid=lambda ticket, sale: self.paid.append((ticket, sale)),
            on_done=self._leave,
        )
        self.edits = self.presenter.edits
        self.presenter.begin(self.ticket)

    def _leave(self) -> None:
        self.left += 1

    @property
    def reckoned(self) -> Reckoned:
        found = self.presenter.state.reckoned
        assert found is not None
        return found

    def type(self, digits: str) -> None:
        for digit in digits:
            self.edits.press(digit)

    def tip(self, digits: str) -> None:
        self.edits.choose_tip("custom")
        self.type(digits)


@pytest.fixture
def visit(shop: CounterShop) -> Payment:
    """The worked visit of $95.89 with $62.50 on the card."""
    return Payment(shop, shop.the_visit().ticket.ticket_id)


@pytest.fixture
def walk_in(shop: CounterShop) -> Payment:
    """One gel manicure, $47.03 with tax, without a card."""
    return Payment(shop, shop.ticket(NewLine("gel-manicure", "lily")).ticket.ticket_id)


def test_suggested_tips_are_on_list_price_before_the_coupon(visit: Payment) -> None:
    assert visit.reckoned.suggested == (usd(1245), usd(1494), usd(1660))


def test_stored_value_takes_part_by_itself_and_the_rest_is_open(visit: Payment) -> None:
    visit.tip("1500")
    assert visit.reckoned.preview.tips == (("lily", usd(813)), ("kim", usd(687)))
    assert [share.taken for share in visit.reckoned.shares] == [usd(6250)]
    assert visit.reckoned.preview.open_due == usd(4839)
    assert not visit.presenter.state.ready


def test_a_top_up_inside_the_sale_leaves_what_the_worked_example_says(visit: Payment) -> None:
    visit.tip("1500")
    ask = TopUpAsk(visit.shop.card(), offer="offer-300")
    visit.presenter.change(visit.presenter.state.draft.with_top_up(ask))
    assert visit.reckoned.preview.due == usd(41089)
    assert visit.presenter.state.ready
    visit.presenter.complete()
    assert visit.shop.usable() == 28161
    assert [(part.kind, part.taken) for part in visit.shop.last_sale().tenders] == [
        (TenderKind.STORED_VALUE, usd(11089)),
        (TenderKind.CASH, usd(30000)),
    ]


def test_the_smallest_offer_that_covers_everything_is_the_fitting_one(visit: Payment) -> None:
    offer = visit.presenter.state.fitting_offer
    assert offer is not None
    assert offer.offer_id == "offer-100"
    visit.presenter.take_offer()
    assert visit.presenter.state.fitting_offer is None
    assert visit.presenter.state.ready
    visit.presenter.drop_offer()
    assert visit.presenter.state.draft.top_up is None


def test_value_to_be_spent_at_once_is_sold_for_cash_only(visit: Payment) -> None:
    visit.presenter.take_offer()
    visit.edits.choose_tender(CARD)
    assert [draft.key for draft in visit.presenter.state.draft.tenders.drafts] == [CASH]


def test_nothing_is_offered_to_a_card_that_pays_everything(shop: CounterShop) -> None:
    payment = Payment(shop, shop.ticket(NewLine("gel-manicure", "lily"), card=RICH).ticket.ticket_id)
    assert payment.presenter.state.fitting_offer is None
    assert payment.presenter.state.ready


def test_cash_gives_change_and_hands_the_last_sale_over(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.edits.quick("5000")
    assert walk_in.reckoned.preview.settlement.change == usd(297)
    walk_in.presenter.complete()
    assert walk_in.paid == [(walk_in.ticket, LastSale("S1-1-000030", usd(4703), usd(297)))]


def test_typed_cash_below_the_due_leaves_the_rest_to_another_tender(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.type("2000")
    assert walk_in.reckoned.preview.open_due == usd(2703)
    walk_in.edits.choose_tender(CARD)
    walk_in.type("4417")
    walk_in.presenter.complete()
    assert [(part.kind, part.taken) for part in walk_in.shop.last_sale().tenders] == [
        (TenderKind.CASH, usd(2000)),
        (TenderKind.EXTERNAL_CARD, usd(2703)),
    ]


def test_a_tender_of_which_nothing_happened_is_replaced_by_the_next(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.edits.choose_tender(CARD)
    assert [draft.key for draft in walk_in.presenter.state.draft.tenders.drafts] == [CARD]


def test_a_card_payment_needs_its_last_four_digits(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CARD)
    walk_in.type("441")
    walk_in.presenter.complete()
    assert walk_in.paid == []
    walk_in.type("7")
    walk_in.presenter.complete()
    (part,) = walk_in.shop.last_sale().tenders
    assert (part.last_four, part.taken) == ("4417", usd(4703))


def test_a_tip_from_the_machines_slip_is_charged_with_the_card(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CARD)
    walk_in.edits.tap_field("tip")
    walk_in.type("900")
    walk_in.edits.tap_field("last_four")
    walk_in.type("4417")
    walk_in.presenter.complete()
    sale = walk_in.shop.last_sale()
    assert [(tip.technician, tip.amount, tip.tender) for tip in sale.tips] == [("lily", usd(900), 0)]
    assert sale.tenders[0].taken == usd(5603)


def test_a_tender_of_the_shop_asks_for_its_reference(walk_in: Payment) -> None:
    walk_in.edits.choose_tender("custom/groupon")
    assert not walk_in.presenter.state.ready
    walk_in.edits.refer("GR-1")
    walk_in.presenter.complete()
    (part,) = walk_in.shop.last_sale().tenders
    assert (part.tender, part.reference) == ("groupon", "GR-1")
    assert walk_in.paid


def test_a_tender_without_a_reference_is_one_tap(walk_in: Payment) -> None:
    walk_in.edits.choose_tender("custom/zelle")
    assert walk_in.presenter.state.ready


def test_stored_value_is_held_while_the_card_machine_charges_the_rest(visit: Payment) -> None:
    visit.edits.choose_tender(CARD)
    assert visit.shop.usable() == 0
    visit.type("4417")
    visit.presenter.complete()
    assert visit.shop.usable() == 0
    assert [part.amount for part in visit.shop.last_sale().tenders] == [usd(6250), usd(3339)]


def test_held_value_is_free_again_after_going_back(visit: Payment) -> None:
    visit.edits.choose_tender(CARD)
    visit.presenter.back()
    assert visit.shop.usable() == 6250
    assert visit.left == 1


def test_held_value_is_free_again_when_the_card_machine_is_not_used_after_all(visit: Payment) -> None:
    visit.edits.choose_tender(CARD)
    visit.edits.remove_tender(CARD)
    assert visit.shop.usable() == 6250


def test_held_value_is_free_again_when_another_screen_comes(visit: Payment) -> None:
    visit.edits.choose_tender(CARD)
    visit.presenter.abandon()
    assert visit.shop.usable() == 6250


def test_value_that_an_earlier_run_left_held_is_freed_when_paying_begins(shop: CounterShop) -> None:
    ticket = shop.the_visit().ticket.ticket_id
    cards.hold(shop.till, shop.command(), AMY, ticket, card_id=shop.card(), amount=usd(6250))
    payment = Payment(shop, ticket)
    assert [share.taken for share in payment.reckoned.shares] == [usd(6250)]
    assert shop.usable() == 6250


def test_going_back_asks_when_the_card_machine_may_have_charged(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CARD)
    walk_in.type("4417")
    walk_in.outlet.answer = False
    walk_in.presenter.back()
    assert (len(walk_in.outlet.questions), walk_in.left) == (1, 0)
    walk_in.outlet.answer = True
    walk_in.presenter.back()
    assert walk_in.left == 1


def test_a_card_can_be_left_out_and_taken_in_again(visit: Payment) -> None:
    card = visit.shop.card()
    visit.edits.toggle_stored(card)
    assert visit.reckoned.preview.open_due == usd(9589)
    assert visit.presenter.state.fitting_offer is None
    visit.edits.toggle_stored(card)
    assert visit.reckoned.preview.open_due == usd(3339)


def test_a_card_may_always_pay_a_part(visit: Payment) -> None:
    visit.edits.tap_row(f"stored/{visit.shop.card()}")
    visit.type("2000")
    assert [share.taken for share in visit.reckoned.shares] == [usd(2000)]
    assert visit.reckoned.preview.open_due == usd(7589)


def test_a_typed_card_payment_comes_before_stored_value(visit: Payment) -> None:
    visit.edits.choose_tender(CARD)
    visit.edits.tap_field("amount")
    visit.type("8000")
    assert [share.taken for share in visit.reckoned.shares] == [usd(1589)]
    assert not visit.reckoned.preview.open_due


def test_more_than_is_due_is_said_beside_the_figures_and_can_be_erased(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CARD)
    walk_in.edits.tap_field("amount")
    walk_in.type("9999")
    assert isinstance(walk_in.presenter.state.problem, TenderOver)
    assert not walk_in.presenter.state.ready
    walk_in.edits.erase()
    assert walk_in.presenter.state.problem is None


def test_a_frozen_card_pays_nothing(shop: CounterShop) -> None:
    cards.freeze(shop.till, shop.command(), GRACE, shop.card(), reason="lost")
    payment = Payment(shop, shop.the_visit().ticket.ticket_id)
    assert [share.taken for share in payment.reckoned.shares] == [usd(0)]
    assert payment.presenter.state.fitting_offer is None
    payment.edits.toggle_stored(shop.card())
    assert [share.taken for share in payment.reckoned.shares] == [usd(0)]


def test_a_scanned_card_of_somebody_else_pays_too(walk_in: Payment) -> None:
    walk_in.presenter.code_scanned(MAY_ZHANG)
    walk_in.presenter.complete()
    (part,) = walk_in.shop.last_sale().tenders
    assert (part.kind, part.card) == (TenderKind.STORED_VALUE, walk_in.shop.card())


def test_a_scan_that_is_no_card_changes_nothing(walk_in: Payment) -> None:
    before = walk_in.presenter.state.draft
    walk_in.presenter.code_scanned("2100001002")
    assert len(walk_in.outlet.notices) == 1
    assert walk_in.presenter.state.draft == before


def test_the_cashier_may_say_whose_the_tip_is(visit: Payment) -> None:
    visit.tip("1500")
    visit.edits.split_tip((("lily", usd(0)), ("kim", usd(1500)), ("tina", usd(500))))
    assert visit.reckoned.preview.tips == (("kim", usd(1500)), ("tina", usd(500)))
    assert visit.reckoned.preview.tip == usd(2000)
    visit.edits.choose_tip("18")
    assert visit.reckoned.preview.tips == (("lily", usd(810)), ("kim", usd(684)))


def test_a_tip_needs_somebody_to_get_it(shop: CounterShop) -> None:
    payment = Payment(shop, shop.ticket(NewLine("cuticle-oil")).ticket.ticket_id)
    payment.tip("300")
    assert isinstance(payment.presenter.state.problem, TipWithoutTechnician)
    payment.edits.split_tip((("kim", usd(300)),))
    assert payment.reckoned.preview.tips == (("kim", usd(300)),)


def test_completing_twice_takes_the_money_once(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    walk_in.presenter.complete()
    assert len(walk_in.paid) == 1
    assert len([one for one in walk_in.shop.documents() if one.kind == "sale"]) == 1


def test_value_spent_in_the_meantime_is_refused_and_everything_is_kept(visit: Payment) -> None:
    visit.edits.choose_tender(CASH)
    other = visit.shop.ticket(NewLine("gel-manicure", "tina"))
    plan = checkout.PaymentPlan((PlannedTender(TenderKind.STORED_VALUE, None, card_id=visit.shop.card()),))
    checkout.complete(visit.shop.till, visit.shop.command(), AMY, other.ticket.ticket_id, plan)
    visit.presenter.complete()
    assert [type(error) for error in visit.outlet.refusals] == [InsufficientValue]
    assert visit.paid == []
    assert [draft.key for draft in visit.presenter.state.draft.tenders.drafts] == [CASH]
    assert [share.taken for share in visit.reckoned.shares] == [usd(1547)]
    visit.presenter.complete()
    assert len(visit.paid) == 1


def test_a_full_disk_is_refused_nothing_is_taken_and_the_same_command_is_tried_again(
    walk_in: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[str] = []
    real = checkout.complete

    def first_full(*given: object) -> checkout.Sold:
        commands.append(str(given[1]))
        if len(commands) == 1:
            raise CannotRecord(reason="disk-full")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(checkout, "complete", first_full)
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    assert [type(error) for error in walk_in.outlet.refusals] == [CannotRecord]
    assert walk_in.presenter.state.ready
    walk_in.presenter.complete()
    assert len(walk_in.paid) == 1
    assert commands[0] == commands[1]


def test_a_bug_does_not_lock_the_screen(walk_in: Payment, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., checkout.Sold] = checkout.complete

    def broken(*_given: object) -> checkout.Sold:
        raise ZeroDivisionError

    walk_in.edits.choose_tender(CASH)
    monkeypatch.setattr(checkout, "complete", broken)
    with pytest.raises(ZeroDivisionError):
        walk_in.presenter.complete()
    monkeypatch.setattr(checkout, "complete", real)
    walk_in.presenter.complete()
    assert len(walk_in.paid) == 1


def test_a_closed_shift_is_refused_and_everything_is_kept(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    till, shop = walk_in.shop.till, walk_in.shop
    shifts.count(till, shop.command(), GRACE, denominations=())
    shifts.close(till, shop.command(), GRACE)
    walk_in.presenter.complete()
    assert [type(error) for error in walk_in.outlet.refusals] == [ShiftNotOpen]
    assert walk_in.presenter.state.ready


def test_a_ticket_discounted_to_nothing_is_completed_without_a_tender(shop: CounterShop) -> None:
    view = shop.ticket(NewLine("gel-manicure", "lily"))
    tickets.discount(shop.till, shop.command(), GRACE, view.ticket.ticket_id, discount_id="redo")
    payment = Payment(shop, view.ticket.ticket_id)
    payment.presenter.complete()
    assert payment.shop.last_sale().tenders == ()
    assert len(payment.paid) == 1


def test_the_receipts_state_is_followed_and_a_reprint_is_a_copy(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    assert walk_in.presenter.state.receipt is JobState.QUEUED
    walk_in.presenter.reprint()
    newest = printing.recent(walk_in.shop.till, 1)[0]
    assert (newest.kind, newest.copy) == ("receipt", True)


@pytest.mark.parametrize(("card", "language"), [("8600000104", "en"), ("", "zh_CN")])
def test_a_receipt_prints_in_the_guests_language_else_in_the_shops(
    shop: CounterShop, card: str, language: str
) -> None:
    payment = Payment(shop, shop.ticket(NewLine("gel-manicure", "lily"), card=card).ticket.ticket_id)
    payment.edits.choose_tender(CASH)
    payment.presenter.complete()
    assert payment.shop.last_sale().print_language == language


def test_the_next_payment_has_a_command_of_its_own(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    other = walk_in.shop.ticket(NewLine("callus", "kim"))
    walk_in.presenter.begin(other.ticket.ticket_id)
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    assert [ticket for ticket, _sale in walk_in.paid] == [walk_in.ticket, other.ticket.ticket_id]


def test_same_member_three_sales_running_pays_from_the_card_each_time(shop: CounterShop) -> None:
    for _ in range(3):
        payment = Payment(shop, shop.ticket(NewLine("gel-manicure", "lily"), card=RICH).ticket.ticket_id)
        payment.presenter.complete()
    assert shop.usable(RICH) == 115000 - 3 * 4703


def test_digits_begin_anew_in_a_field_that_is_taken_up_again(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.edits.quick("5000")
    walk_in.type("6000")
    assert walk_in.reckoned.preview.settlement.tenders[0].given == usd(6000)
    walk_in.edits.erase()
    assert walk_in.reckoned.preview.open_due == usd(4103)


def test_the_plan_of_a_sold_ticket_takes_no_change(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    before = walk_in.presenter.state
    walk_in.edits.choose_tip("18")
    assert walk_in.presenter.state == replace(before)
