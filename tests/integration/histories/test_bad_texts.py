"""Texts that no person types, a barcode scanned into the wrong field above all, are refused and recorded nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from salon_desk.domain.errors import TextTooLong
from salon_desk.domain.names import Names
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.ticket import Bearer, Discount
from salon_desk.operations.description import FieldValue, MemberDescribed
from salon_desk.services import cards, members, refunds, tickets, voids
from salon_desk.services.describe import describe
from salon_desk.services.errors import PhoneTaken
from salon_desk.services.members import NewMember
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash

LONG = "长" * 5_000
Act = Callable[[], object]


def _refund(shop: Shop) -> Act:
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    asked = (RefundAsk(sold.sale.lines[0].line),)
    return lambda: refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=asked, reason=LONG)


def _void(shop: Shop) -> Act:
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    return lambda: voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason=LONG)


def _discount(shop: Shop) -> Act:
    ticket, wanted = shop.ticket(("gel", "lily")), Discount("x", Names(LONG), Bearer.SALON, percent="1")
    return lambda: tickets.custom_discount(shop.till, shop.command(), MANAGER, ticket, wanted=wanted)


def _discard(shop: Shop) -> Act:
    ticket = shop.ticket(("gel", "lily"))
    return lambda: tickets.discard(shop.till, shop.command(), MANAGER, ticket, reason=LONG)


def _freeze(shop: Shop) -> Act:
    return lambda: cards.freeze(shop.till, shop.command(), MANAGER, shop.card, reason=LONG)


def _unfreeze(shop: Shop) -> Act:
    return lambda: cards.unfreeze(shop.till, shop.command(), MANAGER, shop.card, reason=LONG)


def _issue(shop: Shop) -> Act:
    return lambda: cards.issue(shop.till, shop.command(), CASHIER, member=shop.member, code=LONG)


def _member(shop: Shop) -> Act:
    return lambda: members.add(shop.till, shop.command(), CASHIER, NewMember(name="李", card_code=LONG))


def _birthday(shop: Shop) -> Act:
    return lambda: members.add(shop.till, shop.command(), CASHIER, NewMember(name="李", birthday=LONG))


@pytest.mark.parametrize(
    "prepare",
    [_refund, _void, _discount, _discard, _freeze, _unfreeze, _issue, _member, _birthday],
    ids=lambda prepare: prepare.__name__.strip("_"),
)
def test_a_text_without_end_is_refused(shop: Shop, prepare: Callable[[Shop], Act]) -> None:
    act = prepare(shop)
    head = shop.till.store.head
    with pytest.raises(TextTooLong):
        act()
    assert shop.till.store.head == head


def test_a_blank_allergy_is_none(shop: Shop) -> None:
    new = NewMember(name="李", allergies=("丙烯酸", " ", ""))
    assert members.add(shop.till, shop.command(), CASHIER, new).member.allergies == ("丙烯酸",)


def test_two_who_share_a_telephone_can_still_be_edited(shop: Shop) -> None:
    """As when a member was made twice at two counters: only a new telephone has to be free."""
    twin: dict[str, FieldValue] = {"name": "张", "phone": "+17185550137"}
    describe(shop.till, shop.command(), None, [(MemberDescribed, "twin", twin)])
    for member in (shop.member, "twin"):
        found = members.page(shop.till, member).figures.member
        edited = members.edit(shop.till, shop.command(), CASHIER, replace(found, note="likes red"))
        assert edited.member.note == "likes red"
    third = members.add(shop.till, shop.command(), CASHIER, NewMember(name="李")).member
    with pytest.raises(PhoneTaken):
        members.edit(shop.till, shop.command(), CASHIER, replace(third, phone="718 555 0137"))
