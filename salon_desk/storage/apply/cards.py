"""Projections of stored-value cards: that they exist, and whether they are frozen.

Their value lies in purses (`purses.py`). The newest freeze or release by (at, node) stands, whatever arrives first.
"""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from salon_desk.operations.card import CardFrozen, CardIssued, CardUnfrozen
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.cards import card_freezes, cards

_ADD = Statement(lambda: insert(cards))
_FIND_FREEZE = Statement(lambda: select(card_freezes).where(card_freezes.c.card == bindparam("card")))
_ADD_FREEZE = Statement(lambda: insert(card_freezes))
_CHANGE_FREEZE = Statement(
    lambda: (
        update(card_freezes)
        .where(card_freezes.c.card == bindparam("of_card"))
        .values({name: bindparam(name) for name in ("frozen", "reason", "at", "node")})
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
    )


def card_frozen(transaction: Transaction, header: Header, operation: CardFrozen) -> None:
    """The card pays nothing."""
    _set(transaction, header, operation.card, frozen=1, reason=operation.reason)


def card_unfrozen(transaction: Transaction, header: Header, operation: CardUnfrozen) -> None:
    """The card pays again."""
    _set(transaction, header, operation.card, frozen=0, reason="")


def _set(transaction: Transaction, header: Header, card: str, *, frozen: int, reason: str) -> None:
    row = transaction.one(_FIND_FREEZE, card=card)
    stamp = {"at": header.at, "node": header.node}
    if row is None:
        transaction.run(_ADD_FREEZE, card=card, frozen=frozen, reason=reason, **stamp)
    elif (header.at, header.node, frozen, reason) > (row.at, row.node, row.frozen, row.reason):
        transaction.run(_CHANGE_FREEZE, of_card=card, frozen=frozen, reason=reason, **stamp)
