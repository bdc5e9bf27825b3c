"""Series at two tills that are cut off from each other: a visit is used where it lies, none twice, whatever was paid for each."""

from __future__ import annotations

import pytest

from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.series import visits_of
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.services import refunds, series, series_payouts, series_sales, tickets, visits
from salon_desk.services.checkout import Sold
from salon_desk.services.errors import RightElsewhere
from salon_desk.services.series_errors import VisitsMissing
from salon_desk.services.series_sales import SeriesAsk
from tests.integration.moves.chain import described_at
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash
from tests.integration.undoing.two_stores import TwoStores, nets

OWED = "Liabilities:Series"


def sell(stores: TwoStores) -> str:
    """Twelve visits for $400 to May, at the first store: four at $33.34, eight at $33.33."""
    values = {"name_en": "Twelve", "price_cents": 40000, "parts": ["a;visit;12;0;service-3000,service-1000;"]}
    described_at(stores.chain.office, (SeriesOfferDescribed, "twelve", values))
    stores.settle()
    first = stores.first
    ask = SeriesAsk("twelve", first.member)
    made = series_sales.sell(first.till, first.command(), CASHIER, ask, tenders=(cash(),))
    stores.settle()
    return made.sold.series


def covered(shop: Shop, series_id: str) -> str:
    ticket = shop.ticket(("service-3000", "lily"))
    line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
    visits.cover(shop.till, shop.command(), CASHIER, ticket, line=line, series_id=series_id)
    return ticket


def use(shop: Shop, series_id: str) -> Sold:
    """One visit."""
    return shop.sell(covered(shop, series_id))


def fetch(stores: TwoStores, shop: Shop, number: int, series_id: str) -> None:
    """Bring visits to the second store as a guest's ticket there asks for them."""
    ticket = shop.ticket(*[("service-3000", "lily")] * number)
    for line in tickets.view(shop.till, ticket).ticket.lines:
        (fit,) = visits.fitting(shop.till, ticket, line.line_id)
        stores.fetch(stores.second, visits.wanted(fit))
        visits.cover(shop.till, shop.command(), CASHIER, ticket, line=line.line_id, series_id=series_id)
    shop.sell(ticket)


def test_visits_are_wanted_used_apart_and_never_twice(stores: TwoStores) -> None:
    series_id = sell(stores)
    first, second = stores.first, stores.second
    with pytest.raises(VisitsMissing):
        use(second, series_id)
    fetch(stores, second, 2, series_id)
    # cut off from here on: what lies at the first is used there, and nothing of it at the second
    with pytest.raises(VisitsMissing):
        use(second, series_id)
    for _time in range(10):
        use(first, series_id)
    with pytest.raises(VisitsMissing):
        use(first, series_id)
    stores.settle()
    assert stores.lying(visits_of(series_id)) == 0
    for shop in (first, second):
        assert account_sums(shop.till).get(OWED, 0) == 0
        assert series.view(shop.till, series_id).left == 0
    assert nets(stores.chain.office) == {"S1": -6668, "S2": 6668}
    stores.check()


def test_a_visit_is_given_back_where_its_right_lies_and_the_rest_is_paid_out(stores: TwoStores) -> None:
    series_id = sell(stores)
    first, second = stores.first, stores.second
    sold = use(first, series_id)
    stores.settle()
    asked = (RefundAsk(sold.sale.lines[0].line),)
    with pytest.raises(RightElsewhere):
        refunds.refund(second.till, second.command(), MANAGER, sold.op_id, asked=asked, reason="redone")
    stores.fetch(second, refunds.wanted(second.till, sold.op_id, asked))
    refunds.refund(second.till, second.command(), MANAGER, sold.op_id, asked=asked, reason="redone")
    stores.settle()
    assert series.view(second.till, series_id).unused.cents == 40000
    plan = series_payouts.reckon(first.till, series_id)
    assert (plan.returned.cents, plan.elsewhere.cents) == (40000 - 3334, 3334)
    series_payouts.pay_out(
        first.till, first.command(), MANAGER, series_id, tender=cash(), reason="moves away"
    )
    use(second, series_id)
    stores.settle()
    assert account_sums(first.till).get(OWED, 0) == 0
    stores.check()
