"""Every purse that this node knows and that is not empty, one by one: for lists of who holds what.

Questions about one asset or one holder have files of their own (`holders.py`, `moves.py`); nothing is summed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.cards import purses

_ALL = Statement(
    lambda: select(purses).where(purses.c.units > 0).order_by(purses.c.node, purses.c.epoch, purses.c.asset)
)


@dataclass(frozen=True, slots=True)
class HeldPurse:
    """What one holder has of one asset."""

    asset: str
    node: str
    epoch: str
    units: int
    held: int


def all_purses(transaction: Transaction) -> Iterator[HeldPurse]:
    """By holder; nothing else may run on the transaction meanwhile."""
    for row in transaction.stream(_ALL):
        yield HeldPurse(row.asset, row.node, row.epoch, row.units, row.held)
