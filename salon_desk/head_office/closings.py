"""Closing epochs of children: once, by the one parent that was named, which holds the chain exactly up to its proven end.

Proof and claim are the child's (`services/ending.py`). What lay in the old purses goes on as moves, to the epoch that claimed it
while its device is in that and not to be closed, else to this node, which places it anew. Never by time, never by hearsay.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.head_office import restored
from salon_desk.head_office.recording import business_day
from salon_desk.operations.node import EpochClosedByParent, EpochPurseSent
from salon_desk.operations.operation import Operation
from salon_desk.services.moves import Holder, by_card
from salon_desk.services.taking_back import take_back
from salon_desk.storage import children, journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import closing, ends
from salon_desk.storage.queries.ends import End
from salon_desk.storage.store import Store

MOST_AT_ONCE = 100
"""Moves in one transaction."""


def close_proven(office: Store) -> int:
    """Close what may be closed now: how many epochs. One look-up where nothing is said. The thread that writes.

    Raises CannotRecord, StoreStopped.
    """
    with office.database.read() as transaction:
        said = ends.said_to(transaction, office.node, office.epoch)
        ready = [one for one in said if _may_close(office, transaction, one)]
    return sum(_close(office, one) for one in ready)


def catch_up(office: Store) -> int:
    """At a start: what a crash cut off between a closing and the last of its moves; how many epochs were closed."""
    with office.database.read() as transaction:
        said = ends.said_to(transaction, office.node, office.epoch)
    for one in said:
        if one.closed:
            _send_on(office, one)
    return close_proven(office)


def take_back_dead(office: Store) -> set[str]:
    """Take back what this node sent to epochs that are over; the assets that came back. The thread that writes."""
    came = take_back(office, business_day(office))
    return {change.asset for one in came for change in one.purse_changes}


def _may_close(office: Store, transaction: Transaction, end: End) -> bool:
    return (
        not end.closed
        and restored.may_send(transaction, office.epoch)
        and ends.is_here(transaction, end.node, end.epoch, seq=end.seq, hash_=end.hash)
    )


def _close(office: Store, end: End) -> bool:
    def decide(transaction: Transaction) -> list[Operation]:
        if not _may_close(office, transaction, end):
            return []
        closed = EpochClosedByParent(
            node=end.node,
            epoch=end.epoch,
            end_seq=end.seq,
            end_hash=end.hash,
            holds=ends.holds_of(transaction, end.node, end.epoch),
        )
        return [closed, *_moves(office, transaction, end)]

    command = Command(f"close/{end.node}/{end.epoch}", "", business_day(office))
    done = journal.record(office, command, decide)
    _send_on(office, end)
    return bool(done.operations) and not done.repeated


def _send_on(office: Store, end: End) -> None:
    """The purses of a closed epoch that are still to go, some at a time."""

    def decide(transaction: Transaction) -> Sequence[Operation]:
        now = ends.end(transaction, end.node, end.epoch)
        may = now is not None and now.closed and restored.may_send(transaction, office.epoch)
        return _moves(office, transaction, end) if may else []

    while True:
        with office.database.read() as transaction:
            if not decide(transaction):
                return
        command = Command(f"close/{end.node}/{end.epoch}/{office.new_id()}", "", business_day(office))
        if not journal.record(office, command, decide).operations:
            return


def _moves(office: Store, transaction: Transaction, end: End) -> list[EpochPurseSent]:
    to = _heir(office, transaction, end)
    parts = list(by_card(ends.purses_of(transaction, end.node, end.epoch)))[:MOST_AT_ONCE]
    return [
        EpochPurseSent(
            move=office.new_id(),
            from_node=end.node,
            from_epoch=end.epoch,
            to_node=to.node,
            to_epoch=to.epoch,
            parts=tuple(sorted(group)),
        )
        for group in parts
    ]


def _heir(office: Store, transaction: Transaction, end: End) -> Holder:
    child = children.by_node(transaction, end.node)
    if (
        end.heir
        and child is not None
        and child.confirmed
        and child.epoch == end.heir
        and ends.end(transaction, end.node, end.heir) is None
        and not closing.is_retiring(transaction, end.node)
    ):
        return Holder(end.node, end.heir)
    return Holder(office.node, office.epoch)
