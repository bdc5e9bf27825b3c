"""Which operations describe a person, so that their bodies go when the person is erased, and go into its export.

Those that move units or money hold opaque ids only and are not among them (PROTOCOL 2). The one rule: whoever adds a kind that
says something of a member adds it here, or says in `tests/unit/operations/test_personal.py` why it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from salon_desk.operations import consent, description, follow_up, gift, member, message, proof, said
from salon_desk.operations.description import ChangePlanned, MemberDescribed
from salon_desk.operations.operation import Operation

_People = Callable[[Any], tuple[str, ...]]


def _planned(operation: ChangePlanned) -> tuple[str, ...]:
    return (operation.id,) if operation.subject == MemberDescribed.KIND else ()


def _member(operation: Any) -> tuple[str, ...]:
    return (operation.member,)


def _both(operation: Any) -> tuple[str, ...]:
    return operation.member, operation.other


def _members(operation: Any) -> tuple[str, ...]:
    return tuple(operation.members)


_PEOPLE: dict[type[Operation], _People] = {
    MemberDescribed: lambda operation: (operation.id,),
    ChangePlanned: _planned,
    description.AllergyNoted: _member,
    description.AllergyRemoved: _member,
    member.AllergiesAcknowledged: _member,
    member.FamilyLinked: _both,
    member.FamilyUnlinked: _both,
    consent.ConsentGiven: _member,
    gift.GiftGreeted: _member,
    consent.ConsentWithdrawn: _member,
    proof.MemberPinSet: _member,
    proof.SpendSigned: _member,
    said.ReasonSaid: _member,
    follow_up.FollowUpMade: _member,
    follow_up.FollowUpAnswered: _member,
    message.MessageIntended: _member,
    message.MessageHeld: _member,
    message.MessageWithheld: _member,
    message.MessageAttempted: _member,
    message.MessageAnswered: _member,
    message.MessageStatus: _member,
    message.MessageReceived: _members,
}

PERSONAL = frozenset(kind.KIND for kind in _PEOPLE)
"""Kinds of which an operation may be without its body, because the person whom it described was erased."""


def people_of(operation: Operation) -> tuple[str, ...]:
    """The members whom an operation describes; none for all the others. It goes when one of them is erased."""
    found = _PEOPLE.get(type(operation))
    return () if found is None else tuple(filter(None, found(operation)))
