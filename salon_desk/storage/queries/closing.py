"""What a till that is to be closed still has: whether it is to be closed, what lies in its purses, what is held there.

Nothing is decided here (`services/closing.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.cards import purses
from salon_desk.storage.tables.people import tills

_RETIRING = Statement(lambda: select(tills.c.retiring).where(tills.c.id == bindparam("node")))
_LEFT = Statement(
    lambda: select(
        func.coalesce(func.sum(purses.c.units), 0).label("units"),
        func.coalesce(func.sum(purses.c.held), 0).label("held"),
    ).where(purses.c.node == bindparam("node"), purses.c.epoch == bindparam("epoch"))
)


@dataclass(frozen=True, slots=True)
class Left:
    """Units in a holder's purses, and those of them that are held; of all assets together, so only good for none or some."""

    units: int
    held: int


def is_retiring(transaction: Transaction, node: str) -> bool:
    """Whether head office has said that this till is to be closed."""
    return bool(transaction.value(_RETIRING, node=node))


def left(transaction: Transaction, node: str, epoch: str) -> Left:
    """What a holder still has."""
    row = transaction.one(_LEFT, node=node, epoch=epoch)
    assert row is not None
    return Left(int(row.units), int(row.held))
