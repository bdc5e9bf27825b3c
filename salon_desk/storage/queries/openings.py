"""Which epochs a node has left, as its own chains say, and what of its purses lies in them: stranded until somebody proves more.

Nothing is decided here. A node is in one epoch at a time; what it holds in an earlier one it cannot spend any more, and nobody
may take it (PROTOCOL 4 and 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from salon_desk.operations.node import EpochOpened
from salon_desk.operations.registry import decode_known
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.cards import moves, purses
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.network import children

_OPENED = Statement(
    lambda: (
        select(journal.c.node, journal.c.epoch, journal.c.at, journal.c.version, journal.c.body)
        .where(journal.c.kind == EpochOpened.KIND)
        .order_by(journal.c.at, journal.c.epoch)
    )
)
_KIND_AT = Statement(
    lambda: select(journal.c.kind).where(
        journal.c.node == bindparam("node"),
        journal.c.epoch == bindparam("epoch"),
        journal.c.seq == bindparam("seq"),
    )
)
_STRANDED = Statement(
    lambda: (
        select(purses.c.asset, purses.c.node, purses.c.epoch, purses.c.units)
        .join(children, children.c.node == purses.c.node)
        .where(children.c.epoch != purses.c.epoch, purses.c.units > 0)
        .order_by(purses.c.node, purses.c.epoch, purses.c.asset)
    )
)
_STRANDED_HERE = Statement(
    lambda: (
        select(purses.c.asset, purses.c.node, purses.c.epoch, purses.c.units)
        .where(purses.c.node == bindparam("node"), purses.c.epoch != bindparam("epoch"), purses.c.units > 0)
        .order_by(purses.c.epoch, purses.c.asset)
    )
)
_ON_THE_WAY = Statement(
    lambda: (
        select(moves.c.asset, moves.c.to_node, moves.c.to_epoch, moves.c.units)
        .join(children, children.c.node == moves.c.to_node)
        .where(children.c.epoch != moves.c.to_epoch, moves.c.received_by == "", moves.c.sent_by != "")
        .order_by(moves.c.to_node, moves.c.to_epoch, moves.c.asset)
    )
)


@dataclass(frozen=True, slots=True)
class Stranded:
    """Units at a holder that is no more; with `under_way` on their way to it."""

    asset: str
    node: str
    epoch: str
    units: int
    under_way: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """How an epoch began: after which one, why, when by its clock reading; and where that ended, if this is proven."""

    epoch: str
    at: int
    old_epoch: str
    reason: str
    end_seq: int
    end_hash: str


def openings(transaction: Transaction, node: str) -> list[Opening]:
    """How the epochs of a node began that are here."""
    found = []
    for row in transaction.all(
        _OPENED
    ):  # by kind, of which there are few: a node may have recorded a million operations
        if row.node != node:
            continue
        operation = decode_known(EpochOpened.KIND, row.version, row.body)
        if isinstance(operation, EpochOpened):
            end = (operation.end_seq, operation.end_hash)
            found.append(Opening(row.epoch, row.at, operation.old_epoch, operation.reason, *end))
    return found


def left(transaction: Transaction, node: str) -> set[str]:
    """The epochs that a node's later ones name as the one before."""
    return {one.old_epoch for one in openings(transaction, node) if one.old_epoch not in ("", one.epoch)}


def kind_at(transaction: Transaction, node: str, epoch: str, seq: int) -> str:
    """The kind of the operation with this number, empty when it is not here."""
    return str(transaction.value(_KIND_AT, node=node, epoch=epoch, seq=seq) or "")


def stranded(transaction: Transaction, node: str, epoch: str) -> Sequence[Stranded]:
    """What lies in the epochs that the devices of this node, and it itself, have left, or is on its way to a device's."""
    rows = [*transaction.all(_STRANDED), *transaction.all(_STRANDED_HERE, node=node, epoch=epoch)]
    lying = [Stranded(row.asset, row.node, row.epoch, row.units) for row in rows]
    return lying + [
        Stranded(row.asset, row.to_node, row.to_epoch, row.units, under_way=True)
        for row in transaction.all(_ON_THE_WAY)
    ]
