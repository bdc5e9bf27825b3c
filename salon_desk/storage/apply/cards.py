"""Projections of stored-value cards and gift cards: that they exist, whether they are frozen, what stands on them.

Their value lies in purses (`purses.py`). The newest freeze or release by (at, node) stands, and so does the newest owner, whatever
arrives first.
"""

from __future__ import annotations

from sqlalchemy import bindparam, exists, select, tuple_, update

from salon_desk.domain.gift import CardKind
from salon_desk.operations.card import CardFrozen, CardIssued, CardRecoded, CardTransferred, CardUnfrozen
from salon_desk.operations.envelope import Header
from salon_desk.operations.gift import GiftGreeted, GiftSold
from salon_desk.storage.apply import sales
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.cards import card_codes, card_freezes, card_owners, cards, gift_greetings

_ADD = Rows(cards)
_SAID = ("issued_on", "code", "member", "currency", "kind")
_ISSUE = Rows(
    cards,
    lambda new: {name: new[name] for name in _SAID},
    only=lambda new: (
        tuple_(*(cards.c[name] for name in _SAID)) > tuple_(*(getattr(new, name) for name in _SAID))
    ),
)
_CODE = Rows(
    card_codes,
    lambda new: {name: new[name] for name in ("at", "node")},
    only=lambda new: tuple_(card_codes.c.at, card_codes.c.node) < tuple_(new.at, new.node),
)
_OWNER = card_owners.c
_GIVE = Rows(
    card_owners,
    lambda new: {name: new[name] for name in ("member", "at", "node", "op_id")},
    only=lambda new: tuple_(_OWNER.at, _OWNER.node, _OWNER.op_id) < tuple_(new.at, new.node, new.op_id),
)
_GIVEN = Statement(
    lambda: (
        update(cards)
        .where(cards.c.id == bindparam("of_card"), exists().where(_OWNER.card == bindparam("of_card")))
        .values(member=select(_OWNER.member).where(_OWNER.card == bindparam("of_card")).scalar_subquery())
    )
)
_STANDING = card_freezes.c
_FREEZE = Rows(
    card_freezes,
    lambda new: {name: new[name] for name in ("frozen", "reason", "at", "node")},
    only=lambda new: (
        tuple_(_STANDING.at, _STANDING.node, _STANDING.frozen, _STANDING.reason)
        < tuple_(new.at, new.node, new.frozen, new.reason)
    ),
)


_GREETED = gift_greetings.c
_WORDS = ("member", "recipient", "sender", "greeting", "at", "node", "op_id")
_GREET = Rows(
    gift_greetings,
    lambda new: {name: new[name] for name in _WORDS},
    only=lambda new: tuple_(_GREETED.at, _GREETED.node, _GREETED.op_id) < tuple_(new.at, new.node, new.op_id),
)


def card_issued(transaction: Transaction, header: Header, operation: CardIssued) -> None:
    """A card with its code and member; issued twice, as by one list at two tills, it is the same card and began with the earliest."""
    transaction.put(
        _ISSUE,
        id=operation.card,
        code=operation.code,
        currency=operation.currency,
        member=operation.member,
        kind=CardKind.STORED_VALUE.value,
        issued_on=header.business_day,
    )
    transaction.run(_GIVEN, of_card=operation.card)


def card_transferred(transaction: Transaction, header: Header, operation: CardTransferred) -> None:
    """It belongs to another member, whether it is known here already or not."""
    transaction.put(
        _GIVE,
        card=operation.card,
        member=operation.member,
        at=header.at,
        node=header.node,
        op_id=header.op_id,
    )
    transaction.run(_GIVEN, of_card=operation.card)


def gift_sold(transaction: Transaction, header: Header, operation: GiftSold) -> None:
    """A gift card with its code, of nobody; and the document of its sale."""
    transaction.put(
        _ADD,
        id=operation.gift,
        code=operation.code,
        currency=operation.amount.currency,
        member="",
        kind=CardKind.GIFT.value,
        issued_on=header.business_day,
    )
    sales.value_document(transaction, header, operation, kind="gift")


def gift_greeted(transaction: Transaction, header: Header, operation: GiftGreeted) -> None:
    """What stands on a gift card, whichever came first: the card or its words."""
    transaction.put(
        _GREET,
        gift=operation.gift,
        member=operation.member,
        recipient=operation.recipient,
        sender=operation.sender,
        greeting=operation.greeting,
        at=header.at,
        node=header.node,
        op_id=header.op_id,
    )


def card_frozen(transaction: Transaction, header: Header, operation: CardFrozen) -> None:
    """The card pays nothing."""
    _set(transaction, header, operation.card, frozen=1, reason=operation.reason)


def card_unfrozen(transaction: Transaction, header: Header, operation: CardUnfrozen) -> None:
    """The card pays again."""
    _set(transaction, header, operation.card, frozen=0, reason="")


def card_recoded(transaction: Transaction, header: Header, operation: CardRecoded) -> None:
    """The card has another code; the newest stands, and the older ones are known as such."""
    transaction.put(_CODE, card=operation.card, code=operation.code, at=header.at, node=header.node)


def _set(transaction: Transaction, header: Header, card: str, *, frozen: int, reason: str) -> None:
    transaction.put(_FREEZE, card=card, frozen=frozen, reason=reason, at=header.at, node=header.node)
