"""Where epochs ended and what is left to do about it: proofs, claims, closings, purses and moves that an end concerns.

Nothing is decided here. The one rule: an end counts only for who holds the whole chain up to it, with nothing of it set aside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from salon_desk.operations.card import ValueHeld
from salon_desk.operations.node import EpochClosedByParent
from salon_desk.operations.registry import decode
from salon_desk.storage.apply.chains import FIND
from salon_desk.storage.apply.ends import END
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries import openings
from salon_desk.storage.tables.cards import holds, moves, purses
from salon_desk.storage.tables.chains import epoch_ends, set_aside
from salon_desk.storage.tables.journal import journal

_SAID = Statement(
    lambda: (
        select(epoch_ends)
        .where(epoch_ends.c.closer == bindparam("closer"), epoch_ends.c.closer_epoch == bindparam("epoch"))
        .order_by(epoch_ends.c.node, epoch_ends.c.epoch)
    )
)
_ASIDE = Statement(
    lambda: (
        select(func.count())
        .select_from(set_aside)
        .where(
            set_aside.c.node == bindparam("node"),
            set_aside.c.epoch == bindparam("epoch"),
            set_aside.c.seq <= bindparam("upto"),
        )
    )
)
_HOLDS = Statement(
    lambda: (
        select(holds.c.hold)
        .where(holds.c.node == bindparam("node"), holds.c.epoch == bindparam("epoch"))
        .order_by(holds.c.hold)
    )
)
_CLOSING = Statement(
    lambda: (
        select(journal)
        .join(epoch_ends, epoch_ends.c.closed_by == journal.c.op_id)
        .where(epoch_ends.c.node == bindparam("node"), epoch_ends.c.epoch == bindparam("epoch"))
    )
)
_WAS_HELD = Statement(
    lambda: (
        select(journal)
        .where(
            journal.c.kind == ValueHeld.KIND,
            journal.c.node == bindparam("node"),
            journal.c.epoch == bindparam("epoch"),
        )
        .order_by(journal.c.seq)
    )
)
_PURSES = Statement(
    lambda: (
        select(purses.c.asset, purses.c.units)
        .where(purses.c.node == bindparam("node"), purses.c.epoch == bindparam("epoch"), purses.c.units > 0)
        .order_by(purses.c.asset)
    )
)
_OVER = Statement(
    lambda: (
        select(epoch_ends.c.node, epoch_ends.c.epoch)
        .where((epoch_ends.c.heir == "") | (epoch_ends.c.closed_by != ""))
        .order_by(epoch_ends.c.node, epoch_ends.c.epoch)
    )
)
_DEAD_MOVES = Statement(
    lambda: (
        select(moves, journal.c.node.label("sent_by_node"), journal.c.epoch.label("sent_in"))
        .join(journal, journal.c.op_id == moves.c.sent_by)
        .where(
            moves.c.to_node == bindparam("node"),
            moves.c.to_epoch == bindparam("epoch"),
            moves.c.received_by == "",
        )
    )
)


@dataclass(frozen=True, slots=True)
class End:
    """Where an epoch ended: its last operation; the later epoch that said so, empty where it did so itself; who may close it."""

    node: str
    epoch: str
    seq: int
    hash: str
    heir: str
    closer: str
    closer_epoch: str
    closed: bool

    @property
    def over(self) -> bool:
        """Whether nothing more can come of it: it ended itself, or was closed."""
        return self.closed or not self.heir


@dataclass(frozen=True, slots=True)
class DeadMove:
    """A move that cannot arrive any more. `parts`: (asset, units)."""

    move: str
    to_node: str
    to_epoch: str
    parts: tuple[tuple[str, int], ...]


def end(transaction: Transaction, node: str, epoch: str) -> End | None:
    """What was said of an epoch's end."""
    row = transaction.one(END, node=node, epoch=epoch)
    return None if row is None else _end(row)


def said_to(transaction: Transaction, closer: str, closer_epoch: str) -> Sequence[End]:
    """The ends of which this holder is told that it alone may close them, closed or not."""
    return [_end(row) for row in transaction.all(_SAID, closer=closer, epoch=closer_epoch)]


def may_be_closed(transaction: Transaction, node: str, epoch: str, dead: Collection[str] = ()) -> bool:
    """Whether an epoch with a proven end can still be closed, as far as this node knows.

    Not when whoever was named is `dead` or has left the epoch that was named, nor when the chain here contradicts what was said.
    """
    said, chain = end(transaction, node, epoch), transaction.one(FIND, node=node, epoch=epoch)
    if said is None or said.closed:
        return True
    if said.closer in dead or said.closer_epoch in openings.left(transaction, said.closer):
        return False
    return chain is None or chain.seq < said.seq or (chain.seq, chain.hash) == (said.seq, said.hash)


def is_here(transaction: Transaction, node: str, epoch: str, *, seq: int, hash_: str) -> bool:
    """Whether a chain is here exactly up to this operation, and all of it was applied."""
    chain = transaction.one(FIND, node=node, epoch=epoch)
    return (
        chain is not None
        and (chain.seq, chain.hash) == (seq, hash_)
        and _whole(transaction, node, epoch, seq)
    )


def proven_past(transaction: Transaction, node: str, epoch: str) -> Iterator[tuple[str, int, str]]:
    """The earlier epochs whose end this one can prove, with that end, the youngest first, as far as proof follows proof.

    Only those whose chain is here: what it said and took back itself has to be known.
    """
    opened = {one.epoch: one for one in openings.openings(transaction, node)}
    while (found := opened.pop(epoch, None)) is not None and found.end_hash:
        epoch = found.old_epoch
        if not is_here(transaction, node, epoch, seq=found.end_seq, hash_=found.end_hash):
            return
        yield epoch, found.end_seq, found.end_hash


def holds_of(transaction: Transaction, node: str, epoch: str) -> tuple[str, ...]:
    """What is still held in a holder's purses."""
    return tuple(row.hold for row in transaction.all(_HOLDS, node=node, epoch=epoch))


def held_at_the_end(transaction: Transaction, node: str, epoch: str) -> list[ValueHeld]:
    """What was still held in an epoch when its parent closed it; nothing where that is not known here."""
    row = transaction.one(_CLOSING, node=node, epoch=epoch)
    closing = decode(row.kind, row.version, row.body) if row is not None and row.body is not None else None
    if not isinstance(closing, EpochClosedByParent) or not closing.holds:
        return []
    rows = transaction.all(_WAS_HELD, node=node, epoch=epoch)
    held = [decode(one.kind, one.version, one.body) for one in rows if one.body is not None]
    return [one for one in held if isinstance(one, ValueHeld) and one.hold in closing.holds]


def purses_of(transaction: Transaction, node: str, epoch: str) -> list[tuple[str, int]]:
    """(asset, units) of a holder's purses that are not empty, held or not."""
    return [(row.asset, row.units) for row in transaction.all(_PURSES, node=node, epoch=epoch)]


def unclaimed(transaction: Transaction, node: str, epoch: str) -> Iterator[str]:
    """The earlier epochs whose end this one can prove, be their chains here or not, and of which nobody has said anything."""
    opened = {one.epoch: one for one in openings.openings(transaction, node)}
    while (found := opened.pop(epoch, None)) is not None and found.end_hash:
        epoch = found.old_epoch
        if end(transaction, node, epoch) is None:
            yield epoch


def may_take_back(transaction: Transaction, node: str, epoch: str) -> set[tuple[str, str]]:
    """The holders whose moves this one may take back: itself, its earlier epochs with proof, those who closed and named it.

    Of these only whose whole chain is here, with the earlier epochs that they can prove.
    """
    named = [one for one in said_to(transaction, node, epoch) if not one.heir]
    here = [one for one in named if is_here(transaction, one.node, one.epoch, seq=one.seq, hash_=one.hash)]
    found = {(node, epoch), *((one.node, one.epoch) for one in here)}
    for of_node, of_epoch in tuple(found):
        found |= {(of_node, past) for past, _seq, _hash in proven_past(transaction, of_node, of_epoch)}
    return found


def dead_moves(transaction: Transaction, node: str, epoch: str) -> list[DeadMove]:
    """The moves that reached nobody and cannot any more, as their receiver's whole chain shows, and that this holder may take back.

    A look-up for each epoch that is over.
    """
    found: dict[str, list[Any]] = {}
    for over in transaction.all(_OVER):
        for row in transaction.all(_DEAD_MOVES, node=over.node, epoch=over.epoch):
            found.setdefault(row.move, []).append(row)
    senders = may_take_back(transaction, node, epoch) if found else set()
    return [
        DeadMove(move, rows[0].to_node, rows[0].to_epoch, tuple((row.asset, row.units) for row in rows))
        for move, rows in sorted(found.items())
        if (rows[0].sent_by_node, rows[0].sent_in) in senders
        and _is_over_here(transaction, rows[0].to_node, rows[0].to_epoch)
    ]


def _is_over_here(transaction: Transaction, node: str, epoch: str) -> bool:
    """Whether an epoch is over and its whole chain up to the end is here."""
    found, chain = end(transaction, node, epoch), transaction.one(FIND, node=node, epoch=epoch)
    if found is None or not found.over or chain is None or chain.seq < found.seq:
        return False
    return _whole(transaction, node, epoch, found.seq)


def _whole(transaction: Transaction, node: str, epoch: str, upto: int) -> bool:
    return not transaction.value(_ASIDE, node=node, epoch=epoch, upto=upto)


def _end(row: object) -> End:
    kept = {name: getattr(row, name) for name in End.__slots__ if name != "closed"}
    return End(**kept, closed=bool(row.closed_by))  # type: ignore[attr-defined]
