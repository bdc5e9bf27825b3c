"""What is known of a member: likings and tags, family from either side, consents with their evidence, acknowledged allergies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.access import Role
from salon_desk.domain.consent import Channel, Purpose, State
from salon_desk.domain.errors import BadBirthday, BadEmail, PermissionNeeded
from salon_desk.domain.member import Relation
from salon_desk.services import allergies, consents, family, members
from salon_desk.services.consents import Asked
from salon_desk.services.errors import UnknownMember
from salon_desk.services.member_errors import AddressMissing, ConsentTextMissing, OwnRelative, UnknownLink
from salon_desk.services.members import NewMember
from salon_desk.services.till import Actor
from salon_desk.storage.queries.allergies import acknowledged_of
from salon_desk.storage.queries.family import relatives
from tests.integration.services.shop import CASHIER, Shop

OFFERS = (Channel.SMS, Purpose.MARKETING)


def test_all_that_is_said_of_a_member_is_kept_and_edited(shop: Shop) -> None:
    new = NewMember(
        "李娜", email=" li@example.com ", wechat="lina88", tags=(" VIP", "VIP", ""), pressure="重"
    )
    added = members.add(shop.till, shop.command(), CASHIER, new).member
    assert (added.email, added.wechat, added.tags, added.pressure) == (
        "li@example.com",
        "lina88",
        ("VIP",),
        "重",
    )
    changed = replace(
        added, colours="裸粉", consultant="lily", preferred_technician="kim", tags=("VIP", "新客")
    )
    again = members.edit(shop.till, shop.command(), CASHIER, changed).member
    assert again == changed
    assert members.page(shop.till, added.member_id).figures.member == changed


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (NewMember("Li", email="li at home"), BadEmail),
        (NewMember("Li", email="@example.com"), BadEmail),
        (NewMember("Li", birthday="2-30"), BadBirthday),
        (NewMember("Li", birthday="02-30"), BadBirthday),
    ],
)
def test_what_cannot_be_meant_is_refused(shop: Shop, new: NewMember, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        members.add(shop.till, shop.command(), CASHIER, new)


def test_family_is_seen_from_either_side_and_taken_back(shop: Shop) -> None:
    child = members.add(shop.till, shop.command(), CASHIER, NewMember("小宝")).member.member_id

    def seen_by(member: str) -> list[tuple[str, Relation]]:
        with shop.till.read() as transaction:
            return [(one.member, one.relation) for one in relatives(transaction, member)]

    family.link(shop.till, shop.command(), CASHIER, shop.member, other=child, relation=Relation.FRIEND)
    family.link(shop.till, shop.command(), CASHIER, shop.member, other=child, relation=Relation.CHILD)
    assert seen_by(shop.member) == [(child, Relation.CHILD)]
    assert seen_by(child) == [(shop.member, Relation.PARENT)]
    with shop.till.read() as transaction:
        (link,) = (one.link for one in relatives(transaction, child))
    family.unlink(shop.till, shop.command(), CASHIER, link)
    assert seen_by(child) == []
    with pytest.raises(UnknownLink):
        family.unlink(shop.till, shop.command(), CASHIER, link)
    with pytest.raises(OwnRelative):
        family.link(shop.till, shop.command(), CASHIER, child, other=child, relation=Relation.OTHER)
    with pytest.raises(UnknownMember):
        family.link(shop.till, shop.command(), CASHIER, child, other="nobody", relation=Relation.OTHER)


def test_a_consent_keeps_its_evidence_and_stop_ends_it_until_the_member_agrees_again(shop: Shop) -> None:
    def asked() -> Asked:
        return Asked(*OFFERS, text="May we send you offers?", language="en")

    def state() -> State:
        with shop.till.read() as transaction:
            held = consents.of_member(shop.till, transaction, shop.member).standings
        return next(one.state for one in held if (one.channel, one.purpose) == OFFERS)

    assert state() is State.NEVER
    consents.give(shop.till, shop.command(), CASHIER, shop.member, asked())
    assert state() is State.GIVEN
    with shop.till.read() as transaction:
        (said,) = consents.of_member(shop.till, transaction, shop.member).said
    assert (said.text, said.language, said.actor, said.place) == (
        "May we send you offers?",
        "en",
        "amy",
        "counter",
    )
    assert said.store
    assert said.at
    technician = Actor("lily", Role.TECHNICIAN)
    consents.withdraw(shop.till, shop.command(), technician, shop.member, of=[OFFERS], said="退订")
    assert state() is State.WITHDRAWN
    consents.give(shop.till, shop.command(), CASHIER, shop.member, asked())
    assert state() is State.GIVEN


def test_a_consent_without_its_text_an_address_or_the_permission_is_refused(shop: Shop) -> None:
    with pytest.raises(ConsentTextMissing):
        consents.give(
            shop.till, shop.command(), CASHIER, shop.member, Asked(*OFFERS, text=" ", language="en")
        )
    mail = Asked(Channel.EMAIL, Purpose.MARKETING, text="Offers?", language="en")
    with pytest.raises(AddressMissing):
        consents.give(shop.till, shop.command(), CASHIER, shop.member, mail)
    technician = Actor("lily", Role.TECHNICIAN)
    with pytest.raises(PermissionNeeded):
        consents.give(
            shop.till, shop.command(), technician, shop.member, Asked(*OFFERS, text="?", language="en")
        )


def test_allergies_are_acknowledged_once_a_ticket_with_who_and_what(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))

    def acknowledge(*substances: str, item: str = "") -> None:
        allergies.acknowledge(
            shop.till, shop.command(), CASHIER, ticket, member=shop.member, substances=substances, item=item
        )

    acknowledge("latex")
    acknowledge("latex")
    acknowledge("latex", item="gel")
    with shop.till.read() as transaction:
        (kept,) = acknowledged_of(transaction, shop.member)
    assert (kept.ticket, kept.substances, kept.actor) == (ticket, ("latex",), "amy")
    acknowledge("acetone", item="gel")
    assert allergies.acknowledged(shop.till, ticket, "gel") == {"latex", "acetone"}
    assert allergies.acknowledged(shop.till, ticket) == {"latex"}
