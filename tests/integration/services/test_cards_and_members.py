"""Cards and members at the counter: issued, frozen, found again; nobody twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.errors import BadPhone, CurrencyMismatch, NameMissing, OfferNotValid, PermissionNeeded
from salon_desk.domain.money import Money
from salon_desk.operations.description import OfferDescribed
from salon_desk.services import cards, members
from salon_desk.services.describe import describe
from salon_desk.services.errors import (
    CardCodeTaken,
    PhoneTaken,
    ReasonMissing,
    UnknownCard,
    UnknownMember,
    UnknownOffer,
)
from salon_desk.services.members import NewMember
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.search import by_code, search
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars


def test_a_member_is_found_by_name_pinyin_initials_phone_tail_and_card(shop: Shop) -> None:
    for fragment in ("张", "晓梅", "zxm", "zhangxiao", "0137", "may", "4417"):
        assert [found.member.member_id for found in search(shop.till, fragment) if found.member] == [
            shop.member
        ]
    assert search(shop.till, "nobody") == ()
    assert search(shop.till, "  ") == ()


def test_a_scanned_card_names_its_member_and_a_scanned_product_itself(shop: Shop) -> None:
    found = by_code(shop.till, "4417")
    assert found is not None
    assert found.card is not None
    assert found.card.card == shop.card
    assert by_code(shop.till, "0000") is None


def test_a_renamed_member_is_found_by_the_new_name_only(shop: Shop) -> None:
    member = members.page(shop.till, shop.member).figures.member
    members.edit(shop.till, shop.command(), CASHIER, replace(member, name="李梅"))
    assert search(shop.till, "zxm") == ()
    assert [found.member.name for found in search(shop.till, "lm") if found.member] == ["李梅"]


def test_a_telephone_belongs_to_one_member(shop: Shop) -> None:
    with pytest.raises(PhoneTaken) as refused:
        members.add(shop.till, shop.command(), CASHIER, NewMember(name="单", phone="718 555 0137"))
    assert refused.value.name == "张晓梅"


def test_bad_members_are_refused_with_the_field(shop: Shop) -> None:
    with pytest.raises(NameMissing):
        members.add(shop.till, shop.command(), CASHIER, NewMember(name=" "))
    with pytest.raises(BadPhone):
        members.add(shop.till, shop.command(), CASHIER, NewMember(name="单", phone="123"))
    with pytest.raises(CardCodeTaken):
        members.add(shop.till, shop.command(), CASHIER, NewMember(name="单", card_code="4417"))
    with pytest.raises(UnknownMember):
        members.page(shop.till, "nobody")


def test_an_allergy_is_kept_with_the_member(shop: Shop) -> None:
    members.note_allergy(shop.till, shop.command(), CASHIER, shop.member, "丙烯酸 Acrylic")
    assert members.page(shop.till, shop.member).figures.member.allergies == ("丙烯酸 Acrylic",)
    with pytest.raises(ReasonMissing):
        members.note_allergy(shop.till, shop.command(), CASHIER, shop.member, " ")


def test_freezing_needs_a_manager_and_a_reason(shop: Shop) -> None:
    with pytest.raises(PermissionNeeded):
        cards.freeze(shop.till, shop.command(), CASHIER, shop.card, reason="lost")
    with pytest.raises(ReasonMissing):
        cards.freeze(shop.till, shop.command(), MANAGER, shop.card, reason="")
    assert cards.freeze(shop.till, shop.command(), MANAGER, shop.card, reason="lost").card.frozen


def test_unknown_cards_and_offers_are_refused(shop: Shop) -> None:
    with pytest.raises(UnknownCard):
        cards.by_code(shop.till, "9999")
    with pytest.raises(UnknownOffer):
        shop.top_up("", offer="nothing")
    with pytest.raises(UnknownCard):
        cards.issue(shop.till, shop.command(), CASHIER, member=shop.member, code=" ")


def test_another_currency_is_refused(shop: Shop) -> None:
    ask = TopUpAsk(shop.card, pay=Money(10000, "CAD"))
    with pytest.raises(CurrencyMismatch):
        cards.top_up(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),))


def test_an_offer_is_sold_within_its_dates_only(shop: Shop) -> None:
    describe(shop.till, shop.command(), None, [(OfferDescribed, "300", {"to_day": "2026-11-19"})])
    with pytest.raises(OfferNotValid):
        shop.top_up("", offer="300")


def test_a_top_up_repeated_by_the_same_command_adds_once(shop: Shop) -> None:
    ask = TopUpAsk(shop.card, offer="300")
    for _ in range(2):
        cards.top_up(shop.till, "tap", CASHIER, ask, tenders=(cash(),))
    assert shop.value() == (dollars("300.00"), dollars("30.00"))
