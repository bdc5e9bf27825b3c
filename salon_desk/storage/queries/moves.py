"""Moves on their way, and where the units of an asset lie: at which holder, in which store, under way to whom.

Nothing is decided here. The halves of a move may be here in either order: units that left and did not arrive are under
way, units that arrived before they left are counted once all the same (PROTOCOL 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.covers import doubled
from salon_desk.storage.tables.cards import moves, purses
from salon_desk.storage.tables.people import tills

_TO_ME = (
    moves.c.to_node == bindparam("node"),
    moves.c.to_epoch == bindparam("epoch"),
    moves.c.received_by == "",
    moves.c.sent_by != "",
    moves.c.units > 0,
)
_ANY_WAITING = Statement(lambda: select(moves.c.move).where(*_TO_ME).limit(1))
_WAITING = Statement(
    lambda: (
        select(moves)
        .where(
            *_TO_ME,
            moves.c.move.in_(
                select(moves.c.move).where(*_TO_ME).distinct().order_by(moves.c.move).limit(bindparam("most"))
            ),
        )
        .order_by(moves.c.move, moves.c.asset)
    )
)
_OF_MOVE = Statement(
    lambda: select(moves).where(moves.c.move == bindparam("move")).order_by(moves.c.move, moves.c.asset)
)
_OF_ASSET = Statement(lambda: select(moves).where(moves.c.asset == bindparam("asset")))
_HALVES = Statement(
    lambda: select(moves).where(
        moves.c.asset == bindparam("asset"), (moves.c.received_by == "") | (moves.c.sent_by == "")
    )
)
_IN_PURSES = Statement(
    lambda: select(func.coalesce(func.sum(purses.c.units), 0)).where(purses.c.asset == bindparam("asset"))
)
_PURSES = Statement(
    lambda: select(purses).where(purses.c.asset == bindparam("asset")).order_by(purses.c.node, purses.c.epoch)
)
_SENDABLE = Statement(
    lambda: (
        select(purses.c.asset, (purses.c.units - purses.c.held).label("units"))
        .where(
            purses.c.node == bindparam("node"),
            purses.c.epoch == bindparam("epoch"),
            purses.c.units > purses.c.held,
        )
        .order_by(purses.c.asset)
    )
)
_STORE = Statement(lambda: select(tills.c.store).where(tills.c.id == bindparam("node")))


@dataclass(frozen=True, slots=True)
class MoveHere:
    """A move as this node knows it. `parts`: (asset, units); the ids of its halves are empty where one is not here."""

    move: str
    from_node: str
    from_epoch: str
    to_node: str
    to_epoch: str
    parts: tuple[tuple[str, int], ...]
    sent_by: str
    received_by: str


@dataclass(frozen=True, slots=True)
class Lying:
    """Units of an asset at one holder, or with `under_way` on their way to it. `store` is empty for a head office."""

    node: str
    epoch: str
    store: str
    units: int
    held: int = 0
    under_way: bool = False


def any_waiting(transaction: Transaction, node: str, epoch: str) -> bool:
    """Whether a move to this holder has left and was not received."""
    return transaction.one(_ANY_WAITING, node=node, epoch=epoch) is not None


def waiting(transaction: Transaction, node: str, epoch: str, *, most: int) -> list[MoveHere]:
    """Moves addressed to this holder, node and epoch, that have left and were not received: so many at most."""
    return _moves(transaction.all(_WAITING, node=node, epoch=epoch, most=most))


def move(transaction: Transaction, move_id: str) -> MoveHere | None:
    """A move by its id, with whichever halves are here."""
    found = _moves(transaction.all(_OF_MOVE, move=move_id))
    return found[0] if found else None


def moves_of(transaction: Transaction, asset: str) -> list[MoveHere]:
    """Every move of this asset, with its part of it alone."""
    return _moves(transaction.all(_OF_ASSET, asset=asset))


def under_way(transaction: Transaction, asset: str) -> int:
    """Units of an asset that have left one purse and, as far as this node knows, reached no other."""
    return sum(row.units for row in transaction.all(_HALVES, asset=asset) if not row.received_by)


def everywhere(transaction: Transaction, asset: str) -> int:
    """All units of an asset, in purses and under way, as this node knows them; what is stranded and covered counts once."""
    twice = doubled(transaction, asset)
    if transaction.one(_HALVES, asset=asset) is None:
        return int(transaction.value(_IN_PURSES, asset=asset)) - twice
    return sum(one.units for one in lying(transaction, asset)) - twice


def lying(transaction: Transaction, asset: str) -> list[Lying]:
    """Where the units of an asset lie, by holder; those under way stand under the holder that they go to.

    What has arrived and, as far as this node knows, not left is taken off its sender, who has not less than nothing: that
    the sender got it may be unknown here as well.
    """
    at = {(row.node, row.epoch): row for row in transaction.all(_PURSES, asset=asset)}
    units = {holder: int(row.units) for holder, row in at.items()}
    coming: dict[tuple[str, str], int] = {}
    for row in transaction.all(_HALVES, asset=asset):
        if row.received_by:
            left = (row.from_node, row.from_epoch)
            units[left] = max(units.get(left, 0) - row.units, 0)
        else:
            to = (row.to_node, row.to_epoch)
            coming[to] = coming.get(to, 0) + row.units
    found = [
        Lying(*holder, store_of(transaction, holder[0]), number, at[holder].held if holder in at else 0)
        for holder, number in units.items()
        if number
    ]
    return found + [
        Lying(*holder, store_of(transaction, holder[0]), number, under_way=True)
        for holder, number in coming.items()
    ]


def sendable(transaction: Transaction, node: str, epoch: str) -> list[tuple[str, int]]:
    """(asset, units) that this holder may send: what lies in its purses and is not held for a payment."""
    return [(row.asset, row.units) for row in transaction.all(_SENDABLE, node=node, epoch=epoch)]


def store_of(transaction: Transaction, node: str) -> str:
    """The store that a node stands in; empty for a head office, and for a till that nobody described yet."""
    return str(transaction.value(_STORE, node=node) or "")


def _moves(rows: Sequence[Any]) -> list[MoveHere]:
    """Rows of whole moves, in the order of their ids, as moves."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.move, []).append(row)
    return [
        MoveHere(
            move=name,
            from_node=parts[0].from_node,
            from_epoch=parts[0].from_epoch,
            to_node=parts[0].to_node,
            to_epoch=parts[0].to_epoch,
            parts=tuple((part.asset, part.units) for part in parts),
            sent_by=parts[0].sent_by,
            received_by=parts[0].received_by,
        )
        for name, parts in found.items()
    ]
