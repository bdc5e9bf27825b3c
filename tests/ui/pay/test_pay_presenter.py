"""What the pay screen does with taps and digits; without Qt, on the real services."""

from __future__ import annotations

import pytest

from salon_desk.domain.errors import TipWithoutTechnician
from salon_desk.domain.tender import TenderKind
from salon_desk.services import reminder_slips, tickets
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.reminder_slip_errors import NothingToRemindOf
from salon_desk.services.tickets import NewLine
from salon_desk.storage import print_jobs
from salon_desk.ui.counter.last_sale import LastSale
from salon_desk.ui.counter.tender_plan import CARD, CASH
from tests.ui.pay.payment import RICH, Payment
from tests.ui.shop_fixture import GRACE, MAY_ZHANG, CounterShop, usd


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
    assert walk_in.paid == [(walk_in.ticket, LastSale("S1-1-000031", usd(4703), usd(297)))]


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


def test_a_scanned_card_of_somebody_else_pays_too(walk_in: Payment) -> None:
    walk_in.presenter.code_scanned(MAY_ZHANG)
    walk_in.presenter.complete()
    (part,) = walk_in.shop.last_sale().tenders
    assert (part.kind, part.card) == (TenderKind.STORED_VALUE, walk_in.shop.card())


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


def test_a_ticket_discounted_to_nothing_is_completed_without_a_tender(shop: CounterShop) -> None:
    view = shop.ticket(NewLine("gel-manicure", "lily"))
    tickets.discount(shop.till, shop.command(), GRACE, view.ticket.ticket_id, discount_id="redo")
    payment = Payment(shop, view.ticket.ticket_id)
    payment.presenter.complete()
    assert payment.shop.last_sale().tenders == ()
    assert len(payment.paid) == 1


@pytest.mark.parametrize(("card", "language"), [("8600000104", "en"), ("", "zh_CN")])
def test_a_receipt_prints_in_the_guests_language_else_in_the_shops(
    shop: CounterShop, card: str, language: str
) -> None:
    payment = Payment(shop, shop.ticket(NewLine("gel-manicure", "lily"), card=card).ticket.ticket_id)
    payment.edits.choose_tender(CASH)
    payment.presenter.complete()
    assert payment.shop.last_sale().print_language == language


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


def slips(payment: Payment) -> list[str]:
    """What was queued of reminders: about whom and what."""
    with payment.shop.till.read() as transaction:
        return [one.detail for one in print_jobs.recent(transaction) if one.kind == reminder_slips.PRINTED]


def test_a_member_who_paid_is_given_a_reminder_on_paper_once_and_a_guest_is_not(
    visit: Payment, walk_in: Payment
) -> None:
    for payment in (visit, walk_in):
        payment.presenter.paper.print_it()  # nobody has paid yet
        payment.edits.choose_tender(CASH)
        payment.presenter.complete()
        for _tap in range(2):
            payment.presenter.paper.print_it()
    sold = visit.presenter.state.sold
    assert sold is not None
    assert slips(visit) == [f"{sold.sale.member}|after_sale|{sold.op_id}"]
    assert (visit.presenter.state.reminded, walk_in.presenter.state.can_remind) == (True, False)


def test_a_reminder_that_cannot_be_printed_says_so_and_may_be_tried_again(
    visit: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_all: object, **_more: object) -> str:
        raise NothingToRemindOf("after_sale", "")

    monkeypatch.setattr(reminder_slips, "print_slip", nothing)
    visit.edits.choose_tender(CASH)
    visit.presenter.complete()
    visit.presenter.paper.print_it()
    assert visit.outlet.refusals == [NothingToRemindOf("after_sale", "")]
    assert not visit.presenter.state.reminded
