"""Projections of stored-value cards: that they exist, and whether they are frozen.

Their value lies in purses (`purses.py`).
"""

from __future__ import annotations

from sqlalchemy import bindparam, insert, update

from salon_desk.operations.card import CardFrozen, CardIssued, CardUnfrozen
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.cards import cards

_ADD = Statement(lambda: insert(cards))
_FREEZE = Statement(
    lambda: (
        update(cards)
        .where(cards.c.id == bindparam("card"))
        .values(frozen=bindparam("state"), frozen_reason=bindparam("reason"))
    )
)


def card_issued(transaction: Transaction, _header: Header, operation: CardIssued) -> None:
    """A card with its code and member."""
    transaction.run(
        _ADD,
        id=operation.card,
        code=operation.code,
        currency=operation.currency,
        member=operation.member,
        frozen=0,
        frozen_reason="",
    )


def card_frozen(transaction: Transaction, _header: Header, operation: CardFrozen) -> None:
    """The card pays nothing."""
    transaction.run(_FREEZE, card=operation.card, state=1, reason=operation.reason)


def card_unfrozen(transaction: Transaction, _header: Header, operation: CardUnfrozen) -> None:
    """The card pays again."""
    transaction.run(_FREEZE, card=operation.card, state=0, reason="")
