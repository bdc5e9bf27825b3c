"""Value of one currency in a store of another: it is shown, and neither spent, sold nor paid out of a drawer that does not hold it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.errors import CurrencyMismatch
from salon_desk.operations import description as described
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.services import (
    cards,
    gifts,
    payouts,
    series_payouts,
    series_sales,
    tickets,
    top_up_undo,
    visits,
)
from salon_desk.services.describe import Description, describe
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.series_errors import VisitDoesNotFit
from salon_desk.services.series_sales import SeriesAsk
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars

OFFER: dict[str, described.FieldValue] = {
    "name_en": "ten",
    "price_cents": 9999,
    "currency": "USD",
    "parts": ["a;visit;10;0;gel;"],
}


def say(shop: Shop, *things: Description) -> None:
    describe(shop.till, shop.command(), None, list(things))


def test_value_in_dollars_is_not_given_back_or_used_in_a_canadian_store(shop: Shop) -> None:
    say(shop, (SeriesOfferDescribed, "ten", OFFER))
    top_up = shop.top_up("3.00").op_id
    gift = gifts.sell(shop.till, shop.command(), CASHIER, GiftAsk(dollars("40.00")), tenders=(cash(),))
    ask = SeriesAsk("ten", shop.member)
    made = series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),)).sold.series
    canada: list[Description] = [
        (described.StoreDescribed, "s1", {"currency": "CAD", "jurisdiction": "CA-ON"}),
        (described.ItemDescribed, "gel", {"currency": "CAD"}),
    ]
    say(shop, *canada)
    before = account_sums(shop.till)
    refused: list[Callable[[], object]] = [
        lambda: payouts.reckon(shop.till, shop.card, WhyPaidOut.REFUND),
        lambda: payouts.reckon(shop.till, shop.card, WhyPaidOut.CASH_OUT),
        lambda: payouts.reckon(shop.till, gift.gift.gift, WhyPaidOut.REFUND),
        lambda: series_payouts.reckon(shop.till, made),
        lambda: series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),)),
        lambda: top_up_undo.undo(shop.till, shop.command(), MANAGER, top_up, reason="x"),
    ]
    for act in refused:
        with pytest.raises(CurrencyMismatch):
            act()
    assert payouts.cash_out_due(shop.till, cards.by_id(shop.till, shop.card).card) is None
    assert series_sales.offers(shop.till) == ()
    ticket = shop.ticket(("gel", "lily"))
    line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
    assert visits.fitting(shop.till, ticket, line) == ()
    with pytest.raises(VisitDoesNotFit):
        visits.cover(shop.till, shop.command(), CASHIER, ticket, line=line, series_id=made)
    assert account_sums(shop.till) == before
