"""Series: sold at unit prices that add up, used visit by visit, given back, taxed once, refunded by the shown formula."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.documents.layout import as_text
from salon_desk.domain.errors import AlreadyRefunded, SeriesOfferInvalid, VisitIsWhole
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.series import SeriesPart, Unit, issued, part_of, part_text, taken, visit_of, worth
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations import description as described
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.services import refunds, series, series_payouts, series_sales, tickets, visits, voids
from salon_desk.services.checkout import PaymentPlan, preview
from salon_desk.services.describe import Description, describe
from salon_desk.services.errors import RightElsewhere, ValueBuysValue
from salon_desk.services.members import NewMember, add
from salon_desk.services.payout_errors import NothingToPayOut
from salon_desk.services.receipts import receipt_document
from salon_desk.services.reports import liability_report
from salon_desk.services.series_errors import (
    SeriesIsFrozen,
    SeriesOfAnother,
    UnknownSeriesOffer,
    VisitDoesNotFit,
    VisitsMissing,
)
from salon_desk.services.series_sales import SeriesAsk
from salon_desk.storage.verify import verify
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external

OWED = "Liabilities:Series"
OFFERS = {
    "twelve": (40000, ["a;visit;12;0;pedicure;"]),
    "ten-and-two": (30000, ["a;visit;10;2;pedicure,gel;"]),
    "minutes": (50000, ["a;minute;600;0;six;"]),
    "combo": (20000, ["gel;visit;2;0;gel;", "foot;visit;3;0;pedicure;"]),
}


@pytest.fixture
def selling(shop: Shop) -> Shop:
    """A shop that sells series."""
    things: list[Description] = [
        (
            SeriesOfferDescribed,
            name,
            {"name_en": name, "price_cents": cents, "currency": "USD", "parts": parts},
        )
        for name, (cents, parts) in OFFERS.items()
    ]
    describe(shop.till, shop.command(), None, things)
    return shop


def sell(shop: Shop, offer: str = "twelve") -> series_sales.SeriesMade:
    """A series for the shop's member, for cash."""
    ask = SeriesAsk(offer, shop.member, seller="lily")
    return series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),), print_language="en")


def covered(shop: Shop, series_id: str, *items: tuple[str, str]) -> str:
    """A ticket with these lines, each paid by the series."""
    ticket = shop.ticket(*items)
    for line in tickets.view(shop.till, ticket).ticket.lines:
        visits.cover(shop.till, shop.command(), CASHIER, ticket, line=line.line_id, series_id=series_id)
    return ticket


def left(shop: Shop, series_id: str) -> tuple[int, int]:
    """Visits here, and cents that were paid for all that is left."""
    view = series.view(shop.till, series_id)
    return view.here, view.unused.cents


def test_twelve_for_400_are_four_at_3334_and_eight_at_3333() -> None:
    parts = (SeriesPart("a", Unit.VISIT, 12, 0, ("pedicure",)),)
    units = issued("s", parts, dollars("400.00"))
    prices = {visit.price.cents: number for asset, number in units.items() if (visit := visit_of(asset))}
    assert prices == {3334: 4, 3333: 8}
    assert worth(units, "USD") == dollars("400.00")
    first = taken(units, "a", 5)
    assert worth(first, "USD").cents == 4 * 3334 + 3333


def test_what_was_given_is_used_first_and_is_worth_nothing() -> None:
    """CRA 217772 (RULES 3): what is complimentary is used up before what was paid for."""
    parts = (SeriesPart("a", Unit.VISIT, 10, 2, ("gel",)),)
    units = issued("s", parts, dollars("300.00"))
    assert worth(taken(units, "a", 2), "USD") == dollars("0")
    assert worth(taken(units, "a", 3), "USD") == dollars("30.00")
    assert sum(taken(units, "a", 99).values()) == 12


@pytest.mark.parametrize("text", ["a;visit;10;2;gel,pedicure;", "m;minute;600;0;;massage"])
def test_a_part_of_an_offer_is_written_and_read(text: str) -> None:
    assert part_text(part_of(text)) == text


@pytest.mark.parametrize(
    "text", ["", "a;visit;10;2;;", "a;week;1;0;gel;", "a;visit;x;0;gel;", "-;visit;1;0;gel;"]
)
def test_a_part_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(SeriesOfferInvalid):
        part_of(text)


def test_a_visit_pays_its_line_at_what_was_paid_for_it_and_tips_stay_on_list_price(selling: Shop) -> None:
    made = sell(selling)
    assert account_sums(selling.till)[OWED] == -40000
    ticket = covered(selling, made.sold.series, ("pedicure", "kim"))
    plan = preview(selling.till, ticket, PaymentPlan())
    assert (plan.priced.service_list, plan.priced.lines[0].net) == (dollars("38.00"), dollars("33.34"))
    assert plan.by_series == dollars("33.34")
    assert plan.open_due == dollars("1.50")  # 4.5 % of what was paid for the visit, taken at the visit
    sold = selling.sell(ticket, cash(), tip="6.00")
    kinds = [(one.kind, one.amount.cents) for one in sold.sale.tenders]
    assert kinds == [(TenderKind.SERIES, 3334), (TenderKind.CASH, 750)]
    assert [tip.tender for tip in sold.sale.tips] == [1]
    assert account_sums(selling.till)[OWED] == -40000 + 3334
    assert left(selling, made.sold.series) == (11, 40000 - 3334)


def test_a_visit_that_was_given_makes_a_line_that_costs_nothing(selling: Shop) -> None:
    made = sell(selling, "ten-and-two")
    sold = selling.sell(covered(selling, made.sold.series, ("gel", "lily")))
    assert sold.sale.total == dollars("0")
    assert left(selling, made.sold.series) == (11, 30000)
    line = sold.sale.lines[0].line
    back(selling, sold.op_id, line)
    assert left(selling, made.sold.series) == (12, 30000)
    with pytest.raises(AlreadyRefunded):
        back(selling, sold.op_id, line)


def back(shop: Shop, sale: str, *lines: str, amount: str = "") -> refunds.GivenBack:
    """Lines given back by the manager."""
    asked = tuple(RefundAsk(line, dollars(amount) if amount else None) for line in lines)
    return refunds.refund(shop.till, shop.command(), MANAGER, sale, asked=asked, reason="unhappy")


def test_a_visit_goes_back_to_its_series_and_other_lines_to_other_tenders(selling: Shop) -> None:
    made = sell(selling)
    before = account_sums(selling.till)
    ticket = selling.ticket(("pedicure", "kim"), ("cream", ""))
    line = tickets.view(selling.till, ticket).ticket.lines[0].line_id
    visits.cover(selling.till, selling.command(), CASHIER, ticket, line=line, series_id=made.sold.series)
    sold = selling.sell(ticket, cash())
    with pytest.raises(VisitIsWhole):
        back(selling, sold.op_id, line, amount="10.00")
    back(selling, sold.op_id, sold.sale.lines[1].line)
    assert left(selling, made.sold.series)[0] == 11
    done = back(selling, sold.op_id, line).document
    assert {(one.kind, one.amount.cents) for one in done.tenders} == {
        (TenderKind.SERIES, -3334),
        (TenderKind.CASH, -150),
    }
    assert left(selling, made.sold.series) == (12, 40000)
    now = account_sums(selling.till)
    assert now["Income:Services"] + now["Income:Discounts"] == 0
    assert {name: cents for name, cents in now.items() if not name.startswith("Income:")} == before


def test_a_void_puts_the_visit_back_and_a_used_series_is_not_voided(selling: Shop) -> None:
    empty = account_sums(selling.till)
    made = sell(selling)
    before = account_sums(selling.till)
    sold = selling.sell(covered(selling, made.sold.series, ("pedicure", "kim")), cash())
    with pytest.raises(RightElsewhere):
        voids.void(selling.till, selling.command(), MANAGER, made.op_id, reason="wrong")
    voids.void(selling.till, selling.command(), MANAGER, sold.op_id, reason="wrong")
    assert account_sums(selling.till) == before
    voids.void(selling.till, selling.command(), MANAGER, made.op_id, reason="wrong")
    assert account_sums(selling.till) == empty


def test_who_may_use_it(selling: Shop) -> None:
    made = sell(selling)
    friend = add(selling.till, selling.command(), CASHIER, NewMember(name="小丽")).member.member_id
    ticket = selling.ticket(("pedicure", "kim"), ("gel", "lily"), member=False)
    pedicure, gel = (line.line_id for line in tickets.view(selling.till, ticket).ticket.lines)

    def cover(line: str) -> None:
        visits.cover(selling.till, selling.command(), CASHIER, ticket, line=line, series_id=made.sold.series)

    with pytest.raises(SeriesOfAnother):
        cover(pedicure)
    tickets.attach_member(selling.till, selling.command(), CASHIER, ticket, member=friend)
    with pytest.raises(SeriesOfAnother):
        cover(pedicure)
    series.share(selling.till, selling.command(), CASHIER, made.sold.series, member=friend, allowed=True)
    cover(pedicure)
    with pytest.raises(VisitDoesNotFit):
        cover(gel)
    series.freeze(selling.till, selling.command(), MANAGER, made.sold.series, reason="disputed")
    with pytest.raises(SeriesIsFrozen):
        selling.sell(ticket, cash())
    series.unfreeze(selling.till, selling.command(), MANAGER, made.sold.series)
    series.share(selling.till, selling.command(), CASHIER, made.sold.series, member=friend, allowed=False)
    with pytest.raises(SeriesOfAnother):
        selling.sell(ticket, cash())
    series.transfer(selling.till, selling.command(), MANAGER, made.sold.series, member=friend)
    selling.sell(ticket, cash())
    assert [one.series.owner for one in series.of_member(selling.till, friend)] == [friend]
    assert series.of_member(selling.till, selling.member) == ()


def test_lines_of_one_ticket_do_not_count_on_the_same_visit(selling: Shop) -> None:
    made = sell(selling, "combo")
    with pytest.raises(VisitsMissing):
        covered(selling, made.sold.series, *[("gel", "lily")] * 3)
    ticket = covered(selling, made.sold.series, *[("gel", "lily")] * 2, *[("pedicure", "kim")] * 3)
    sold = selling.sell(ticket, cash())
    assert sum(one.amount.cents for one in sold.sale.tenders if one.kind is TenderKind.SERIES) == 20000
    assert account_sums(selling.till).get(OWED, 0) == 0


def test_a_visit_is_taken_of_any_part_that_is_for_its_service(selling: Shop) -> None:
    fields: dict[str, described.FieldValue] = {
        "name_en": "nails",
        "price_cents": 20000,
        "currency": "USD",
        "parts": ["gel;visit;1;0;gel;", "any;visit;2;0;gel,pedicure;"],
    }
    describe(selling.till, selling.command(), None, [(SeriesOfferDescribed, "nails", fields)])
    made = sell(selling, "nails")
    selling.sell(covered(selling, made.sold.series, ("gel", "lily"), ("gel", "lily")), cash())
    selling.sell(covered(selling, made.sold.series, ("gel", "lily")), cash())
    assert left(selling, made.sold.series) == (0, 0)


def test_visits_are_held_once_while_the_card_machine_charges_the_rest(selling: Shop) -> None:
    """PITFALLS 37: park, resume, void at every step: held once, released on void."""
    made = sell(selling)
    ticket = covered(selling, made.sold.series, ("pedicure", "kim"))
    for _time in range(2):
        visits.hold(selling.till, selling.command(), CASHIER, ticket)
        assert left(selling, made.sold.series)[0] == 11
    tickets.park(selling.till, selling.command(), CASHIER, ticket)
    assert left(selling, made.sold.series)[0] == 12
    tickets.resume(selling.till, selling.command(), CASHIER, ticket)
    visits.hold(selling.till, selling.command(), CASHIER, ticket)
    sold = selling.sell(ticket, external())
    assert left(selling, made.sold.series) == (11, 40000 - 3334)
    voids.void(selling.till, selling.command(), MANAGER, sold.op_id, reason="wrong")
    assert left(selling, made.sold.series) == (12, 40000)


def test_minutes_are_taken_by_the_length_of_the_service(selling: Shop) -> None:
    things = [(described.ItemDescribed, "six", {"minutes": 60})]
    describe(selling.till, selling.command(), None, things)
    made = sell(selling, "minutes")
    ticket = covered(selling, made.sold.series, ("six", "kim"))
    selling.sell(ticket, cash())
    assert left(selling, made.sold.series)[0] == 540
    # sold dearer than the service is today: all that was paid for it is earned
    sums = account_sums(selling.till)
    assert -sums[OWED] == left(selling, made.sold.series)[1]
    assert sums["Income:Series"] == -(50000 + sums[OWED] - 600)


def test_a_series_is_taxed_once_at_its_sale_where_the_law_says_so(selling: Shop) -> None:
    def place(jurisdiction: str) -> None:
        things = [(described.StoreDescribed, "s1", {"jurisdiction": jurisdiction})]
        describe(selling.till, selling.command(), None, things)

    place("CA-ON")
    made = sell(selling)
    assert sum(one.tax.cents for one in made.sold.taxes) == 5200  # HST 13 %
    assert made.sold.tenders[0].amount == dollars("452.00")
    sold = selling.sell(covered(selling, made.sold.series, ("pedicure", "kim")))
    assert sold.sale.tax == dollars("0")
    place("US-NY-NYC")  # what was taxed stays taxed, wherever it is used
    sold = selling.sell(covered(selling, made.sold.series, ("pedicure", "kim")))
    assert sold.sale.tax == dollars("0")
    assert sell(selling).sold.taxes == ()


def test_what_cannot_be_sold_is_refused(selling: Shop) -> None:
    with pytest.raises(UnknownSeriesOffer):
        sell(selling, "nothing")
    describe(
        selling.till, selling.command(), None, [(SeriesOfferDescribed, "twelve", {"to_day": "2026-01-01"})]
    )
    with pytest.raises(SeriesOfferInvalid):
        sell(selling)
    selling.top_up("500.00")
    ask = SeriesAsk("minutes", selling.member)
    with pytest.raises(ValueBuysValue):
        series_sales.sell(selling.till, selling.command(), CASHIER, ask, tenders=(selling.stored(),))
    gift = PlannedTender(TenderKind.GIFT_CARD, None, card_id="x")
    with pytest.raises(ValueBuysValue):
        series_sales.sell(selling.till, selling.command(), CASHIER, ask, tenders=(gift,))


def test_unused_visits_go_back_at_what_was_paid_for_them_and_given_ones_for_nothing(selling: Shop) -> None:
    empty = account_sums(selling.till)
    made = sell(selling, "ten-and-two")
    for _time in range(4):  # two that were given, two at $30.00
        selling.sell(covered(selling, made.sold.series, ("gel", "lily")), cash())
    plan = series_payouts.reckon(selling.till, made.sold.series)
    assert plan.prices == ((dollars("30.00"), 8),)
    assert (plan.used, plan.returned, plan.given) == (dollars("60.00"), dollars("240.00"), 0)
    pay = {"tender": cash(), "reason": "moves away", "print_language": "en"}
    done = series_payouts.pay_out(selling.till, selling.command(), MANAGER, made.sold.series, **pay)  # type: ignore[arg-type]
    assert done.document.tenders[0].taken == dollars("-240.00")
    assert account_sums(selling.till).get(OWED, 0) == empty.get(OWED, 0)
    assert left(selling, made.sold.series) == (0, 0)
    with selling.till.read() as transaction:
        assert "240.00" in as_text(receipt_document(transaction, done.op_id, "en"))
    with pytest.raises(NothingToPayOut):
        series_payouts.reckon(selling.till, made.sold.series)


def test_the_tax_of_a_series_goes_back_with_what_is_not_used(selling: Shop) -> None:
    describe(
        selling.till, selling.command(), None, [(described.StoreDescribed, "s1", {"jurisdiction": "CA-ON"})]
    )
    empty = account_sums(selling.till)
    made = sell(selling)
    selling.sell(covered(selling, made.sold.series, *[("pedicure", "kim")] * 3))
    plan = series_payouts.reckon(selling.till, made.sold.series)
    assert (plan.returned, plan.due) == (dollars("299.98"), dollars("338.98"))
    pay = {"tender": cash(), "reason": "moves away"}
    done = series_payouts.pay_out(selling.till, selling.command(), MANAGER, made.sold.series, **pay)  # type: ignore[arg-type]
    sums = account_sums(selling.till)
    tax = {name: cents for name, cents in sums.items() if "SalesTax" in name}
    assert list(tax.values()) == [-(5200 - 3900)]
    voids.void(selling.till, selling.command(), MANAGER, done.document.receipt, reason="changed her mind")
    assert left(selling, made.sold.series) == (9, 29998)
    assert empty != sums


def test_purses_books_and_report_agree_to_the_cent(selling: Shop, tmp_path: Path) -> None:
    made = sell(selling)
    sell(selling, "ten-and-two")
    for _time in range(5):
        selling.sell(covered(selling, made.sold.series, ("pedicure", "kim")), cash())
    with selling.till.read() as transaction:
        report = liability_report(transaction)
    assert report.agrees
    assert report.series.cents == -account_sums(selling.till)[OWED] == 40000 + 30000 - 4 * 3334 - 3333
    assert report.visits == 7 + 12
    assert verify(tmp_path / "till").problems == ()
