"""Erasing a person: what will go and what stays is said first, then it is done, everywhere and for good (RULES 22).

How every node forgets is `storage/erasing.py`'s. What the person owns stays owed, on cards that are nobody's any more: money
operations hold opaque ids, and are never erased.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.money import Money
from salon_desk.operations.erasure import MemberErased, WhyErased
from salon_desk.services.errors import UnknownMember
from salon_desk.services.till import Actor, Till
from salon_desk.storage import erasing
from salon_desk.storage.apply.erasures import is_erased
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, members, merges, persons
from salon_desk.storage.store import Store

TELLING = 10
"""Digits of a telephone that tell whose it is, however it is written."""
LATIN = 4


@dataclass(frozen=True, slots=True)
class CardLeft:
    """A card that stays without an owner, and what is owed on it, here and elsewhere."""

    card: str
    tail: str
    balance: Money


@dataclass(frozen=True, slots=True)
class Consequences:
    """What erasing somebody does: how many operations lose their bodies, what stays and on which cards.

    `documents`: sales, top-ups and refunds that stay, under an id that says nothing. `mentions`: facts with a name or number of the
    person in a reason or reference that somebody typed; they stay as well.
    """

    member: str
    descriptions: int
    documents: int
    mentions: int
    cards: tuple[CardLeft, ...]


def consequences(till: Till, actor: Actor, member: str) -> Consequences:
    """What would happen. Raises UnknownMember, PermissionNeeded."""
    actor.require(Permission.PRIVACY)
    with till.read() as transaction:
        ids = _person(transaction, member)
        owned = [card for one in ids for card in cards.cards_of(transaction, one)]
        return Consequences(
            member=member,
            descriptions=sum(len(erasing.naming(transaction, one)) for one in ids),
            documents=sum(persons.documents_of(transaction, one) for one in ids),
            mentions=erasing.saying(transaction, _words(transaction, ids)),
            cards=tuple(_left(till.store, transaction, card) for card in owned),
        )


def erase(till: Till, command_id: str, actor: Actor, member: str, reason: WhyErased) -> None:
    """Erase a member here, and through the journal wherever it is known; the second time it changes nothing.

    Raises UnknownMember, PermissionNeeded, CannotRecord.
    """
    actor.require(Permission.PRIVACY)
    till.record(command_id, actor, lambda transaction: erasure(transaction, member, reason))


def erasure(transaction: Transaction, member: str, reason: WhyErased) -> list[MemberErased]:
    """The operation that erases a member; none where that was done before. Raises UnknownMember."""
    if is_erased(transaction, member):
        return []
    ids = _person(transaction, member)
    op_ids = {one.header.op_id: None for id_ in ids for one in erasing.naming(transaction, id_)}
    return [MemberErased(members=ids, reason=reason.value, op_ids=tuple(op_ids))]


def _words(transaction: Transaction, ids: tuple[str, ...]) -> set[str]:
    """What a person may be named by; too short a word would be found everywhere."""
    found: set[str] = set()
    for id_ in ids:
        one = members.member(transaction, id_)
        if one is not None:
            found |= {one.name, one.email, one.wechat, one.phone[-TELLING:]}
            found |= {one.latin_name} if len(one.latin_name) > LATIN else set()
    return {word for word in found if len(word) > 1}


def _person(transaction: Transaction, member: str) -> tuple[str, ...]:
    """Every id of somebody who may have been added more than once. Raises UnknownMember."""
    if members.member(transaction, member) is None:
        raise UnknownMember(member)
    return merges.group(transaction, member)


def _left(store: Store, transaction: Transaction, card: cards.Card) -> CardLeft:
    return CardLeft(card.card, card.tail, cards.value(transaction, card, store.node, store.epoch).balance)
