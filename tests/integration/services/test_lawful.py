"""What the law says of value, at its boundaries: nothing paid for lapses or bears a fee, small balances, what is taxed and when (RULES 1 to 6)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from salon_desk.domain.coupon import coupon_asset
from salon_desk.domain.names import Names
from salon_desk.domain.promotion import Outcome
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.domain.ticket import Bearer, Discount
from salon_desk.operations import description as described
from salon_desk.operations.description import Described, FieldValue, OfferDescribed
from salon_desk.operations.payment import Funding
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.operations.registry import KINDS
from salon_desk.operations.savings import SavingsPlanDescribed
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.services import (
    cards,
    gifts,
    lapses,
    payouts,
    refunds,
    savings,
    series,
    series_sales,
    shifts,
    tickets,
    visits,
)
from salon_desk.services.checkout import Sold
from salon_desk.services.describe import describe
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.payout_errors import CashOutNotDue
from salon_desk.services.reports import liability_report
from salon_desk.services.series_sales import SeriesAsk
from tests.integration.services.agreement import agree
from tests.integration.services.loyal import give, grant, outcomes, units, with_rules
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars

TWELVE: dict[str, FieldValue] = {"name_en": "Twelve", "price_cents": 40000, "parts": ["a;visit;12;0;gel;"]}
PLAN: dict[str, FieldValue] = {
    "name_en": "Save",
    "target_cents": 100000,
    "bonus_cents": 10000,
    "currency": "USD",
}
SEASON: dict[str, FieldValue] = {"bonus_expires_days": 30, "terms_en": "The bonus lapses after 30 days"}
"""The bonus of 100 + 20."""
ENDS = {"bonus_expires", "expires_at", "until", "to_day"}
"""Fields by which something may end: bonus with its text, a message, what lapsed, a coupon with its text."""


def move_to(shop: Shop, jurisdiction: str) -> None:
    """The shop stands in another place from now on."""
    describe(
        shop.till, shop.command(), None, [(described.StoreDescribed, "s1", {"jurisdiction": jurisdiction})]
    )


def on_day(shop: Shop, year: int, month: int, day: int) -> None:
    """The shift of this one is over, and another begins on that day."""
    if shifts.status(shop.till).shift is not None:
        shifts.count(shop.till, shop.command(), CASHIER, denominations=())
        shifts.close(shop.till, shop.command(), CASHIER)
    shop.clock.instant = datetime(year, month, day, 15, 0, tzinfo=UTC)
    shop.open_shift()


def gift_of(shop: Shop, amount: str) -> str:
    """A gift card for cash."""
    ask = GiftAsk(dollars(amount))
    return gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),)).gift.gift


def series_of(shop: Shop) -> str:
    """Twelve visits for $400.00."""
    describe(shop.till, shop.command(), None, [(SeriesOfferDescribed, "twelve", TWELVE)])
    ask = SeriesAsk("twelve", shop.member)
    return series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),)).sold.series


def by_visit(shop: Shop, series_id: str) -> Sold:
    """One of them is used."""
    ticket = shop.ticket(("gel", "lily"))
    line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
    visits.cover(shop.till, shop.command(), CASHIER, ticket, line=line, series_id=series_id)
    return shop.sell(ticket, cash())


def test_nine_years_later_all_that_was_paid_for_is_there_and_the_bonus_that_was_said_to_lapse_is_not(
    shop: Shop,
) -> None:
    describe(
        shop.till,
        shop.command(),
        None,
        [(OfferDescribed, "100", SEASON), (SavingsPlanDescribed, "plan", PLAN)],
    )
    shop.top_up("", offer="100")
    savings.join(shop.till, shop.command(), CASHIER, shop.card, "plan")
    shop.top_up("500.00")
    gift, visits_of = gift_of(shop, "50.00"), series_of(shop)
    on_day(shop, 2035, 11, 23)
    assert lapses.lapse_due(shop.till, "2035-11-23T15:00:00.000000Z").made == 1
    assert lapses.lapse_due(shop.till, "2035-11-23T15:00:00.000000Z").made == 0
    assert shop.value() == (dollars("600.00"), dollars("0"))
    assert (cards.by_id(shop.till, gift).value.paid, series.view(shop.till, visits_of).here) == (
        dollars("50.00"),
        12,
    )
    assert by_visit(shop, visits_of).sale.tenders[0].from_paid == dollars("33.34")
    shop.sell(
        shop.ticket(("pedicure", "kim")),
        PlannedTender(TenderKind.GIFT_CARD, dollars("30.00"), card_id=gift),
        shop.stored(),
    )
    shop.top_up("500.00")  # the deposit of nine years ago still counts
    assert shop.value()[1] == dollars("100.00")
    agree(shop.till)


def test_a_coupon_counts_on_its_last_day_and_no_more_on_the_next_and_points_have_no_end(shop: Shop) -> None:
    with_rules(shop, "gift-20", "points")
    coupon = give(shop)  # good for 90 days, which stand on its paper with its text
    grant(shop, 100)
    for day, good in (((2027, 2, 17), True), ((2027, 2, 18), False)):
        on_day(shop, *day)
        ticket = shop.ticket(("gel", "lily"))
        assert outcomes(shop, ticket)["gift-20"] is (Outcome.APPLIED if good else Outcome.COUPON_LAPSED)
        assert liability_of(shop) == (100, int(good))
        tickets.discard(shop.till, shop.command(), MANAGER, ticket, reason="asked only")
        agree(shop.till)
    assert units(shop, coupon_asset(coupon)) == 1  # it lies there and does nothing
    on_day(shop, 2035, 11, 23)
    assert liability_of(shop) == (100, 0)


def liability_of(shop: Shop) -> tuple[int, int]:
    """Points and coupons of the report."""
    with shop.till.read() as transaction:
        report = liability_report(transaction)
    return report.points, report.coupons


def test_nothing_that_is_paid_for_has_a_field_by_which_it_could_end_or_bear_a_fee() -> None:
    facts = [one for one in KINDS.values() if not issubclass(one, Described)]
    fields = {name for one in [*facts, Funding] for name in one.__struct_fields__}
    assert not {name for name in fields if "fee" in name.split("_")}
    assert {name for name in fields if "expir" in name or name in ENDS} <= ENDS
    for kind in ("gift.sold", "series.sold", "card.issued", "savings.joined", "asset.carried_over"):
        assert not ENDS & set(KINDS[kind].__struct_fields__), kind


@pytest.mark.parametrize(
    ("day", "amount", "due"),
    [
        ((2026, 3, 31), "9.99", True),
        ((2026, 3, 31), "10.00", False),
        ((2026, 3, 31), "14.99", False),
        ((2026, 4, 1), "14.99", True),
        ((2026, 4, 1), "15.00", False),
    ],
)
def test_california_pays_out_below_15_dollars_from_april_2026_and_below_10_before(
    closed_shop: Shop, day: tuple[int, int, int], amount: str, due: bool
) -> None:
    shop = closed_shop
    on_day(shop, *day)
    move_to(shop, "US-CA")
    shop.top_up(amount)
    assert (payouts.cash_out_due(shop.till, cards.by_id(shop.till, shop.card).card) is not None) is due
    pay = {"why": WhyPaidOut.CASH_OUT, "tender": cash()}
    if due:
        done = payouts.pay_out(shop.till, shop.command(), CASHIER, shop.card, **pay)  # type: ignore[arg-type]
        assert done.document.tenders[0].taken == -dollars(amount)
    else:
        with pytest.raises(CashOutNotDue):
            payouts.pay_out(shop.till, shop.command(), CASHIER, shop.card, **pay)  # type: ignore[arg-type]
    agree(shop.till)


def test_bonus_is_no_part_of_the_balance_that_the_law_pays_out(closed_shop: Shop) -> None:
    shop = closed_shop
    on_day(shop, 2026, 4, 1)
    move_to(shop, "US-CA")
    shop.top_up("", offer="100")
    shop.sell(shop.ticket(*[("gel", "lily")] * 3, member=False), shop.stored("110.00"), cash())
    assert shop.value() == (dollars("10.00"), dollars("0"))
    assert payouts.reckon(shop.till, shop.card, WhyPaidOut.CASH_OUT).returned == dollars("10.00")


def test_100_and_20_spent_30_is_90_without_bonus_and_15_back_is_100_and_5_of_it(shop: Shop) -> None:
    """DOMAIN, bonus first: the refund runs in the reverse order of spending, and the rest brings the bonus back."""
    move_to(shop, "US-OR")  # no tax
    shop.top_up("", offer="100")
    sold = shop.sell(shop.ticket(*[("six", "kim")] * 5), shop.stored("30.00"))
    assert shop.value() == (dollars("90.00"), dollars("0"))
    lines = [line.line for line in sold.sale.lines]
    for asked, value in (
        (
            (RefundAsk(lines[0]), RefundAsk(lines[1]), RefundAsk(lines[2], dollars("3.00"))),
            ("100.00", "5.00"),
        ),
        ((RefundAsk(lines[2]), RefundAsk(lines[3]), RefundAsk(lines[4])), ("100.00", "20.00")),
    ):
        refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=asked, reason="unhappy")
        assert shop.value() == (dollars(value[0]), dollars(value[1]))
    agree(shop.till)


def test_value_never_lowers_what_is_taxed_and_the_shops_own_coupon_does(shop: Shop) -> None:
    """Gel in New York City: 4.5 % of $45.00 however it is paid, of $35.00 with the shop's $10.00 off."""
    shop.top_up("", offer="100")
    gift = gift_of(shop, "50.00")
    by_gift = PlannedTender(TenderKind.GIFT_CARD, dollars("40.00"), card_id=gift)
    tax = [
        shop.sell(shop.ticket(("gel", "lily")), *tenders).sale.tax
        for tenders in ((cash(),), (shop.stored("47.03"),), (by_gift, cash()))
    ]
    assert tax == [dollars("2.03")] * 3
    ticket = shop.ticket(("gel", "lily"))
    off = Discount("ten", Names("Ten off"), Bearer.SALON, amount=dollars("10.00"))
    tickets.custom_discount(shop.till, shop.command(), MANAGER, ticket, wanted=off)
    assert shop.sell(ticket, cash()).sale.tax == dollars("1.58")


@pytest.mark.parametrize(
    ("place", "at_sale", "at_visit"),
    [("US-NY-NYC", "0", "1.50"), ("CA-ON", "52.00", "0"), ("US-NY", "0", "0")],
)
def test_a_series_is_taxed_at_its_sale_or_at_each_visit_and_never_twice(
    shop: Shop, place: str, at_sale: str, at_visit: str
) -> None:
    """At a visit the base is what was paid for it, $33.34, not the list price."""
    move_to(shop, place)
    series_id = series_of(shop)
    entry = series.view(shop.till, series_id).series
    sold = by_visit(shop, series_id)
    assert sold.sale.tax == dollars(at_visit)
    rows = shop.till.store.database.driver().execute(
        "SELECT COALESCE(SUM(tax_cents), 0) FROM sales WHERE op_id = ?", (entry.op_id,)
    )
    assert rows.fetchone() == (dollars(at_sale).cents,)
    agree(shop.till)
