"""Projections of stored-value cards: that they exist, and whether they are frozen.

Their value lies in purses (`purses.py`). The newest freeze or release by (at, node) stands, whatever arrives first.
"""

from __future__ import annotations

from sqlalchemy import tuple_

from salon_desk.operations.card import CardFrozen, CardIssued, CardRecoded, CardUnfrozen
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.cards import card_codes, card_freezes, cards

_ADD = Rows(cards)
_CODE = Rows(
    card_codes,
    lambda new: {name: new[name] for name in ("at", "node")},
    only=lambda new: tuple_(card_codes.c.at, card_codes.c.node) < tuple_(new.at, new.node),
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


def card_issued(transaction: Transaction, _header: Header, operation: CardIssued) -> None:
    """A card with its code and member."""
    transaction.put(
        _ADD,
        id=operation.card,
        code=operation.code,
        currency=operation.currency,
        member=operation.member,
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
