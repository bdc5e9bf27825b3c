"""Units that lie where nobody can spend them: in an epoch that its node has left, at a till declared dead, on the way to either.

Nothing is decided here, and nobody may take these units but by a proven end of that epoch (PROTOCOL 4 and 5). What is done for
the customer meanwhile is in `head_office/covering.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select

from salon_desk.domain.clock import instant_text
from salon_desk.operations.cover import TillDeclaredDead, TillFound
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.operations.node import EpochOpened
from salon_desk.operations.operation import Operation
from salon_desk.operations.registry import decode_known
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries import ends
from salon_desk.storage.tables.cards import moves, purses
from salon_desk.storage.tables.chains import chains
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.network import children

Holder = tuple[str, str]
"""Node and epoch."""

_OF_KIND = Statement(
    lambda: (
        select(
            journal.c.node, journal.c.epoch, journal.c.at, journal.c.kind, journal.c.version, journal.c.body
        )
        .where(journal.c.kind == bindparam("kind"))
        .order_by(journal.c.at, journal.c.op_id)
    )
)
_LEFT = Statement(
    lambda: (
        select(chains.c.node, chains.c.epoch)
        .join(children, children.c.node == chains.c.node)
        .where(children.c.epoch != chains.c.epoch)
    )
)
_LEFT_HERE = Statement(
    lambda: select(chains.c.node, chains.c.epoch).where(
        chains.c.node == bindparam("node"), chains.c.epoch != bindparam("epoch")
    )
)
_PURSES = Statement(
    lambda: (
        select(purses.c.asset, purses.c.units)
        .where(purses.c.node == bindparam("node"), purses.c.epoch == bindparam("epoch"), purses.c.units > 0)
        .order_by(purses.c.asset)
    )
)
_ON_THE_WAY = Statement(
    lambda: (
        select(moves.c.asset, moves.c.units)
        .where(
            moves.c.to_node == bindparam("node"),
            moves.c.to_epoch == bindparam("epoch"),
            moves.c.received_by == "",
            moves.c.sent_by != "",
        )
        .order_by(moves.c.asset)
    )
)
_ARRIVED = Statement(
    lambda: (
        select(moves.c.asset, moves.c.units)
        .where(
            moves.c.from_node == bindparam("node"),
            moves.c.from_epoch == bindparam("epoch"),
            moves.c.received_by != "",
            moves.c.sent_by == "",
        )
        .order_by(moves.c.asset)
    )
)
"""What others got from a holder that lost the operation by which it left: it lies there no more."""
_OF_ASSET = Statement(
    lambda: select(purses.c.units).where(
        purses.c.asset == bindparam("asset"),
        purses.c.node == bindparam("node"),
        purses.c.epoch == bindparam("epoch"),
    )
)
_OF_ASSET_ARRIVED = Statement(
    lambda: select(moves.c.units).where(
        moves.c.asset == bindparam("asset"),
        moves.c.from_node == bindparam("node"),
        moves.c.from_epoch == bindparam("epoch"),
        moves.c.received_by != "",
        moves.c.sent_by == "",
    )
)
_OF_ASSET_ON_THE_WAY = Statement(
    lambda: select(moves.c.units).where(
        moves.c.asset == bindparam("asset"),
        moves.c.to_node == bindparam("node"),
        moves.c.to_epoch == bindparam("epoch"),
        moves.c.received_by == "",
        moves.c.sent_by != "",
    )
)


class WhyStranded(StrEnum):
    """Why nobody can ask a holder for what it has."""

    NEW_EPOCH = "new-epoch"
    DEAD = "dead"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Lost:
    """A holder that cannot be asked: since when (an instant as operations keep it, empty where nobody knows), and why.

    `reason`: what was found when the epoch was left (a WhyAnew), or what the owner said of a dead till. `proven`: the epoch that
    came after it can prove where it ended, so that its parent will close it and send on what lies there (`ends.py`).
    """

    why: WhyStranded
    since: str = ""
    reason: str = ""
    proven: bool = False


@dataclass(frozen=True, slots=True)
class StrandedUnits:
    """Units of an asset at a holder that cannot be asked; with `under_way` on their way to it."""

    asset: str
    units: int
    node: str
    epoch: str
    since: str
    why: WhyStranded
    under_way: bool = False
    reason: str = ""
    proven: bool = False


def stranded(transaction: Transaction, node: str, epoch: str) -> Sequence[StrandedUnits]:
    """All that is stranded as far as this holder (`node`, `epoch`) knows, what lies before what is on its way, by holder."""
    found: list[StrandedUnits] = []
    for holder, lost in sorted(lost_holders(transaction, node, epoch).items()):
        lying, coming = _units(transaction, _PURSES, holder), _units(transaction, _ON_THE_WAY, holder)
        for asset, units in _units(transaction, _ARRIVED, holder).items():
            lying[asset] = max(lying.get(asset, 0) - units, 0)
        for under_way, units_of in ((False, lying), (True, coming)):
            found += [
                StrandedUnits(
                    asset, units, *holder, lost.since, lost.why, under_way, lost.reason, lost.proven
                )
                for asset, units in units_of.items()
                if units
            ]
    return found


def still_there(transaction: Transaction, asset: str, node: str, epoch: str) -> int:
    """Units of an asset that lie at a holder or are on their way to it, whether it can be asked or not.

    What others got from it counts as gone, although the holder may have lost the operation that says so.
    """
    of = {"asset": asset, "node": node, "epoch": epoch}
    lying, arrived, coming = (
        sum(int(row.units) for row in transaction.all(statement, **of))
        for statement in (_OF_ASSET, _OF_ASSET_ARRIVED, _OF_ASSET_ON_THE_WAY)
    )
    return max(lying - arrived, 0) + coming


def lost_holders(transaction: Transaction, node: str, epoch: str) -> dict[Holder, Lost]:
    """Every holder that cannot be asked, as far as this one (`node`, `epoch`) knows.

    An epoch is left when a later one of its node names it, and when this node's device or it itself is in another.
    """
    dead = declared_dead(transaction)
    dead_nodes = {of_node for of_node, _epoch in dead}
    found = {
        (row.node, row.epoch): Lost(WhyStranded.NEW_EPOCH if row.node != node else WhyStranded.RESTORED)
        for row in [*transaction.all(_LEFT), *transaction.all(_LEFT_HERE, node=node, epoch=epoch)]
    }
    for row, operation in of_kind(transaction, EpochOpened.KIND):
        if isinstance(operation, EpochOpened) and operation.old_epoch not in ("", row.epoch):
            why = WhyStranded.NEW_EPOCH if row.node != node else WhyStranded.RESTORED
            proven = bool(operation.end_hash) and row.node not in dead_nodes
            proven = proven and ends.may_be_closed(transaction, row.node, operation.old_epoch, dead_nodes)
            found[row.node, operation.old_epoch] = Lost(why, _instant(row), operation.reason, proven)
    for holder, lost in dead.items():
        found.setdefault(holder, lost)
    found.pop((node, epoch), None)
    return found


def declared_dead(transaction: Transaction) -> dict[Holder, Lost]:
    """The tills that the owner does not expect back, by the epoch that was meant."""
    said = [*of_kind(transaction, TillDeclaredDead.KIND), *of_kind(transaction, TillFound.KIND)]
    found: dict[Holder, Lost] = {}
    for row, operation in sorted(said, key=lambda one: one[0].at):
        match operation:
            case TillDeclaredDead():
                holder = (operation.node, operation.epoch)
                found.setdefault(holder, Lost(WhyStranded.DEAD, _instant(row), operation.reason))
            case TillFound():
                found.pop((operation.node, operation.epoch), None)
            case _:
                pass
    return found


def _units(transaction: Transaction, statement: Statement, holder: Holder) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in transaction.all(statement, node=holder[0], epoch=holder[1]):
        found[row.asset] = found.get(row.asset, 0) + row.units
    return found


def of_kind(transaction: Transaction, kind: str) -> list[tuple[Any, Operation]]:
    """Journal rows of one kind with their operations, by their clocks; what says nothing to this program is left out."""
    found = [
        (row, decode_known(row.kind, row.version, row.body)) for row in transaction.all(_OF_KIND, kind=kind)
    ]
    return [(row, operation) for row, operation in found if operation is not None]


def _instant(row: Any) -> str:
    return instant_text(instant_of(row.at))
