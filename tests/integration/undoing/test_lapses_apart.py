"""Bonus that lapses at tills that are cut off from each other: never more than is over, whoever takes it off."""

from __future__ import annotations

import pytest

from salon_desk.domain import ledger
from salon_desk.operations.description import OfferDescribed
from salon_desk.services import cards, lapses, moves
from tests.integration.moves.chain import CARD, described_at
from tests.integration.services.agreement import agree
from tests.integration.services.shop import MANAGER, dollars
from tests.integration.undoing.two_stores import Store2, TwoStores, nets, value_of

LATER = "2027-01-15T17:00:00.000000Z"


@pytest.fixture
def seasonal(stores: TwoStores) -> TwoStores:
    """The bonus of "100" counts for thirty days; one of "200" for ever."""
    ever = {"name_en": "200 + 50", "pay_cents": 20000, "bonus_cents": 5000, "currency": "USD"}
    days = {"bonus_expires_days": 30, "terms_en": "The bonus lapses after 30 days"}
    described_at(stores.chain.office, (OfferDescribed, "100", days), (OfferDescribed, "200", ever))
    stores.settle()
    return stores


def fetch(stores: TwoStores, shop: Store2, amount: str) -> None:
    """Bonus of the card comes to this store."""
    view = cards.by_id(shop.till, CARD)
    stores.fetch(shop, moves.wanted(shop.till, view.card, dollars(amount)))


def test_both_take_off_together_what_is_over_and_no_cent_more(seasonal: TwoStores) -> None:
    first, second = seasonal.first, seasonal.second
    first.top_up("", offer="100")
    first.top_up("", offer="200")
    seasonal.settle()
    fetch(seasonal, second, "60.00")
    assert (value_of(first)[1], value_of(second)[1]) == (1000, 6000)
    # from here on neither hears of the other
    second.sell(second.ticket(("service-1000", "lily")), second.stored())
    taken = [lapses.lapse_due(shop.till, LATER).made for shop in (first, second)]
    assert taken == [0, 0]  # 10.00 here and 50.00 there may all be of the bonus without an end
    seasonal.settle()
    fetch(seasonal, second, "300.00")
    assert lapses.lapse_due(second.till, LATER).made == 1
    assert value_of(second)[1] == 5000
    seasonal.settle()
    assert agree(first.till, second.till)[ledger.STORED_VALUE_BONUS] == 5000
    seasonal.check()


def test_what_lapsed_is_owed_by_no_store(seasonal: TwoStores) -> None:
    first, second = seasonal.first, seasonal.second
    first.top_up("", offer="100")
    seasonal.settle()
    fetch(seasonal, second, "20.00")
    assert lapses.lapse_due(second.till, LATER).made == 1
    seasonal.settle()
    assert nets(second.till.store) == {}
    assert lapses.restore(second.till, second.command(), MANAGER, CARD, reason="wrong clock") == dollars(
        "20.00"
    )
    seasonal.settle()
    assert agree(first.till, second.till)[ledger.STORED_VALUE_BONUS] == 2000
    seasonal.check()
