"""A card or a series is given to another member: its value goes along, what is owed or disputed stays where it is."""

from __future__ import annotations

import pytest

from salon_desk.domain import ledger
from salon_desk.domain.claim import Receivable, receivable_asset
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.domain.ledger import Posting
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.operations.shift import CashPaidIn
from salon_desk.services import cards, gifts, members, owned, series, series_sales
from salon_desk.services.describe import describe
from salon_desk.services.errors import CardIsFrozen, CardStillOwes, UnknownCard, UnknownMember
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.member_errors import UnknownAsset
from salon_desk.services.members import NewMember
from salon_desk.services.series_errors import SeriesIsFrozen
from salon_desk.services.series_sales import SeriesAsk
from tests.integration.services.agreement import agree
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars


@pytest.fixture
def li(shop: Shop) -> str:
    """Another member, without a card."""
    new = NewMember(name="李雷", phone="(718) 555-0199")
    return members.add(shop.till, shop.command(), CASHIER, new).member.member_id


def give(shop: Shop, card: str, member: str) -> cards.CardView:
    """By the manager."""
    return cards.transfer(shop.till, shop.command(), MANAGER, card, member=member, reason="moves away")


def test_the_card_and_its_value_are_the_other_members_and_its_statement_goes_on(shop: Shop, li: str) -> None:
    shop.top_up("", offer="100")
    shop.sell(shop.ticket(("six", "kim")), shop.stored())
    with pytest.raises(PermissionNeeded):
        cards.transfer(shop.till, shop.command(), CASHIER, shop.card, member=li)
    before = agree(shop.till)
    assert give(shop, shop.card, li).card.member == li
    shop.member = li
    shop.sell(shop.ticket(("six", "kim")), shop.stored())
    shop.top_up("50.00")
    asset = f"card/{shop.card}/USD/paid"
    told = owned.read(shop.till, li, asset, "en")
    assert [one.change for one in told.lines] == [12000, -627, -627, 5000]
    assert (told.before, told.after) == (0, 15746)
    may = cards.by_code(shop.till, "4417").card
    assert may.member == li
    assert agree(shop.till)[ledger.STORED_VALUE_PAID] == before[ledger.STORED_VALUE_PAID] + 5000
    with pytest.raises(UnknownAsset):
        owned.read(shop.till, "id-18", asset, "en")


def test_what_is_frozen_or_owes_is_given_to_nobody(shop: Shop, li: str) -> None:
    shop.top_up("50.00")
    cards.freeze(shop.till, shop.command(), MANAGER, shop.card, reason="disputed")
    with pytest.raises(CardIsFrozen):
        give(shop, shop.card, li)
    cards.unfreeze(shop.till, shop.command(), MANAGER, shop.card)
    owed = (PurseChange(receivable_asset(Receivable(shop.card, "USD", "s1")), 800, Cause.ISSUE),)
    books = (Posting(ledger.RECEIVABLE, dollars("8.00")), Posting(ledger.CHARGEBACKS, dollars("-8.00")))
    done = CashPaidIn(shift="", amount=dollars("0"), reason="", purse_changes=owed, postings=books)
    shop.till.record(shop.command(), None, lambda _t: done)
    with pytest.raises(CardStillOwes) as refused:
        give(shop, shop.card, li)
    assert refused.value.owed == 800


def test_a_gift_card_is_whoevers_holds_it_and_nobody_unknown_gets_a_card(shop: Shop, li: str) -> None:
    gift = gifts.sell(shop.till, shop.command(), CASHIER, GiftAsk(dollars("20.00")), tenders=(cash(),)).gift
    with pytest.raises(UnknownCard):
        give(shop, gift.gift, li)
    with pytest.raises(UnknownMember):
        give(shop, shop.card, "nobody")


def test_a_frozen_series_is_given_to_nobody(shop: Shop, li: str) -> None:
    values = {"name_en": "Three", "price_cents": 10000, "parts": ["a;visit;3;1;gel;"]}
    describe(shop.till, shop.command(), None, [(SeriesOfferDescribed, "three", values)])
    ask = SeriesAsk("three", shop.member)
    made = series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),)).sold.series
    series.freeze(shop.till, shop.command(), MANAGER, made, reason="disputed")
    with pytest.raises(SeriesIsFrozen):
        series.transfer(shop.till, shop.command(), MANAGER, made, member=li)
    series.unfreeze(shop.till, shop.command(), MANAGER, made)
    assert series.transfer(shop.till, shop.command(), MANAGER, made, member=li).series.owner == li
    agree(shop.till)
