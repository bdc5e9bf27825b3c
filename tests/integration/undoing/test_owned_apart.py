"""Cards, gift cards and series at two tills that are cut off: frozen at one of them, given away, paid out; the books agree after each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from salon_desk.domain.gift import gift_asset
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.operations.savings import SavingsPlanDescribed
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.services import (
    cards,
    gifts,
    moves,
    payouts,
    savings,
    series,
    series_payouts,
    series_sales,
    tickets,
    visits,
)
from salon_desk.services.errors import CardIsFrozen
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.payout_errors import NothingToPayOut
from salon_desk.services.series_errors import SeriesIsFrozen, SeriesOfAnother
from salon_desk.services.series_sales import SeriesAsk
from salon_desk.wire.messages import Part
from tests.integration.moves.chain import CARD, described_at
from tests.integration.services.agreement import agree
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars
from tests.integration.undoing.two_stores import Store2, TwoStores

PLAN = {"name_en": "Save", "target_cents": 20000, "bonus_cents": 2000, "currency": "USD"}
FOUR = {"name_en": "Four", "price_cents": 12000, "parts": ["a;visit;4;0;service-3000;"]}


@pytest.fixture
def owning(stores: TwoStores) -> TwoStores:
    """Both know Li, the plan and the series; whatever a test did, statement, purses, books and report agree after it."""
    described_at(
        stores.chain.office,
        (MemberDescribed, "li", {"name": "Li", "home_store": "S2"}),
        (SavingsPlanDescribed, "plan", PLAN),
        (SeriesOfferDescribed, "four", FOUR),
    )
    stores.settle()
    return stores


@dataclass(frozen=True)
class Kind:
    """How something is sold for $120.00, used for $30.00, frozen and paid out; `parts`: half of it, to be asked for."""

    sell: Callable[[Shop], str]
    use: Callable[[Shop, str], object]
    freeze: Callable[[Shop, str], object]
    thaw: Callable[[Shop, str], object]
    pay_out: Callable[[Shop, str], object]
    half: Callable[[Store2, str], tuple[Part, ...]]
    frozen: type[Exception]


def _top_up(shop: Shop) -> str:
    shop.top_up("120.00")
    return CARD


def _sell_gift(shop: Shop) -> str:
    ask = GiftAsk(dollars("120.00"))
    return gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),)).gift.gift


def _sell_series(shop: Shop) -> str:
    ask = SeriesAsk("four", "may")
    return series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),)).sold.series


def _by_gift(shop: Shop, gift: str) -> object:
    tender = PlannedTender(TenderKind.GIFT_CARD, dollars("30.00"), card_id=gift)
    return shop.sell(shop.ticket(("service-3000", "lily")), tender)


def _by_visit(shop: Shop, name: str) -> object:
    ticket = shop.ticket(("service-3000", "lily"))
    line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
    visits.cover(shop.till, shop.command(), CASHIER, ticket, line=line, series_id=name)
    return shop.sell(ticket, cash())


def _paid_out(shop: Shop, card: str) -> object:
    why = WhyPaidOut.REFUND
    return payouts.pay_out(shop.till, shop.command(), MANAGER, card, why=why, tender=cash(), reason="moves")


def _half_of_card(shop: Store2, card: str) -> tuple[Part, ...]:
    return moves.wanted(shop.till, cards.by_id(shop.till, card).card, dollars("60.00"))


def _half_of_series(shop: Store2, name: str) -> tuple[Part, ...]:
    (asset, _units), *_rest = series.view(shop.till, name).lying.everywhere.items()
    return (Part(asset, 2),)


_FREEZE = (
    lambda shop, name: cards.freeze(shop.till, shop.command(), MANAGER, name, reason="lost"),
    lambda shop, name: cards.unfreeze(shop.till, shop.command(), MANAGER, name),
)
KINDS = {
    "card": Kind(
        _top_up,
        lambda shop, _card: shop.sell(shop.ticket(("service-3000", "lily")), shop.stored()),
        *_FREEZE,
        _paid_out,
        _half_of_card,
        CardIsFrozen,
    ),
    "gift": Kind(
        _sell_gift,
        _by_gift,
        *_FREEZE,
        _paid_out,
        lambda _shop, gift: (Part(gift_asset(gift, "USD"), 6000),),
        CardIsFrozen,
    ),
    "series": Kind(
        _sell_series,
        _by_visit,
        lambda shop, name: series.freeze(shop.till, shop.command(), MANAGER, name, reason="lost"),
        lambda shop, name: series.unfreeze(shop.till, shop.command(), MANAGER, name),
        lambda shop, name: series_payouts.pay_out(
            shop.till, shop.command(), MANAGER, name, tender=cash(), reason="moves"
        ),
        _half_of_series,
        SeriesIsFrozen,
    ),
}


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each of them."""
    return KINDS[request.param]


def shared(stores: TwoStores, kind: Kind) -> str:
    """Sold in the first store, half of it in the second."""
    name = kind.sell(stores.first)
    stores.settle()
    stores.fetch(stores.second, kind.half(stores.second, name))
    return name


def owed(stores: TwoStores) -> int:
    """What both books owe in all, once they hear of each other."""
    stores.settle()
    return sum(agree(stores.first.till, stores.second.till).values())


def test_a_freeze_holds_where_it_is_heard_of_and_nothing_is_lost_by_it(owning: TwoStores, kind: Kind) -> None:
    name = shared(owning, kind)
    first, second = owning.first, owning.second
    kind.freeze(first, name)
    for act in (kind.use, kind.pay_out):
        with pytest.raises(kind.frozen):
            act(first, name)
    kind.use(second, name)  # has not heard of it
    owning.settle()
    with pytest.raises(kind.frozen):
        kind.use(second, name)
    kind.thaw(second, name)
    with pytest.raises(kind.frozen):
        kind.use(first, name)  # has not heard of that
    owning.settle()
    kind.use(first, name)
    assert owed(owning) == 6000
    owning.check()


def test_each_store_pays_out_what_lies_there_and_together_never_more(owning: TwoStores, kind: Kind) -> None:
    name = shared(owning, kind)
    kind.use(owning.second, name)
    for shop in (owning.first, owning.second):
        kind.pay_out(shop, name)
        with pytest.raises(NothingToPayOut):
            kind.pay_out(shop, name)
    assert owed(owning) == 0
    owning.check()


def test_a_series_is_the_new_owners_where_that_is_heard_of(owning: TwoStores) -> None:
    first, second, kind = owning.first, owning.second, KINDS["series"]
    name = shared(owning, kind)
    series.transfer(first.till, first.command(), MANAGER, name, member="li")
    kind.use(second, name)  # May's still, as far as is known there
    owning.settle()
    for shop in (first, second):
        with pytest.raises(SeriesOfAnother):
            kind.use(shop, name)
        shop.member = "li"
        kind.use(shop, name)
    assert owed(owning) == 3000
    owning.check()


def test_savings_go_with_the_card_to_its_new_owner(owning: TwoStores) -> None:
    first, second = owning.first, owning.second
    savings.join(first.till, first.command(), CASHIER, CARD, "plan")
    first.top_up("150.00")
    owning.settle()
    cards.transfer(second.till, second.command(), MANAGER, CARD, member="li")
    owning.settle()
    first.top_up("50.00")
    assert cards.by_id(first.till, CARD).value.bonus == dollars("20.00")
    assert cards.by_id(first.till, CARD).card.member == "li"
    assert owed(owning) == 22000
    owning.check()


def test_a_card_that_was_given_away_at_both_is_the_newest_owners_everywhere(owning: TwoStores) -> None:
    first, second = owning.first, owning.second
    first.top_up("30.00")
    owning.settle()
    for shop, member in ((first, "may"), (second, "li")):
        cards.transfer(shop.till, shop.command(), MANAGER, CARD, member=member)
    owning.settle()
    owners = {cards.by_id(shop.till, CARD).card.member for shop in (first, second)}
    assert owners == {"li"}
    assert owed(owning) == 3000
    owning.check()
