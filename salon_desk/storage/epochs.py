"""Opening a new epoch, and recording again what the anchor or the parent has and the database lacks (PROTOCOL 5).

When that has to be is found out in `guard.py` and by the sync. The one rule: the new epoch's id and its first operation
are recorded in one commit, before anything else, and it owns nothing.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
from sqlalchemy import bindparam, update

from salon_desk.operations.envelope import GENESIS, Envelope
from salon_desk.operations.node import EpochOpened, WhyAnew
from salon_desk.operations.registry import UnknownOperation
from salon_desk.storage import journal, parent
from salon_desk.storage.anchor import Anchor, set_aside
from salon_desk.storage.effects import effects_of
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.errors import StoreDamaged
from salon_desk.storage.guard import Finding, Tail, follows
from salon_desk.storage.store import CatchingUp, Store
from salon_desk.storage.tables.local import identity

NOBODY = ""
"""No node: what is recorded on its behalf prints nothing."""

_ENTER = Statement(lambda: update(identity).values(epoch=bindparam("new_epoch")))


def follow(store: Store, finding: Finding, folder: Path) -> None:
    """Do what the guard found at a start. Raises StoreDamaged, CannotRecord, OSError."""
    if finding.missing_upto is not None:
        mark = finding.missing_upto
        with store.database.read() as transaction:
            link = parent.read(transaction)
        if link is not None:
            store.catching_up, store.restored = CatchingUp(mark.seq, mark.hash, finding.tail), True
            return
        open_anew(store, WhyAnew.UNCHAINED)
        return
    store.replayed = replay(store, finding.tail, folder)
    store.restored = len(finding.tail) > 1
    if finding.anew is not None:
        open_anew(store, finding.anew)


def replay(store: Store, tail: Tail, folder: Path) -> tuple[Envelope, ...]:
    """Record again what only the anchor has; oldest first. Raises StoreDamaged when it cannot be, CannotRecord.

    A crash loses one commit at most, and its papers were not printed; what a restored backup lost was printed long ago.
    """
    with contextlib.nullcontext() if len(tail) == 1 else quietly(store):
        for entry in tail:
            try:
                journal.append(store, entry)
            except (UnknownOperation, msgspec.MsgspecError, sqlite3.IntegrityError) as error:
                raise StoreDamaged(folder=str(folder), what=f"till.anchor: {error}") from error
    return tuple(one for entry in tail for one in entry)


def take_own(store: Store, given: Sequence[Envelope]) -> bool:
    """While catching up: record own operations that the parent gave back; whether everything is here now.

    What does not lead to the anchor's mark ends the epoch. Database worker. Raises CannotRecord, StoreDamaged, StoreStopped.
    """
    waited = store.catching_up
    if waited is None:
        return True
    wanted = [one for one in given if store.head.seq < one.header.seq <= waited.seq]
    if wanted:
        epochs = {one.header.epoch for one in wanted}
        if epochs != {store.epoch} or not follows(wanted, store.node, store.head.seq, store.head.hash):
            open_anew(store, WhyAnew.UNCHAINED)
            return True
        with quietly(store):
            journal.append(store, wanted)
    if store.head.seq < waited.seq:
        return False
    if store.head.hash != waited.hash:
        open_anew(store, WhyAnew.UNCHAINED)
        return True
    store.catching_up = None
    anchor = store.anchor
    folder = anchor.path.parent if isinstance(anchor, Anchor) else Path()
    with quietly(store):
        for entry in waited.tail:
            replay(store, [entry], folder)
    return True


def open_anew(store: Store, why: WhyAnew) -> None:
    """End the present epoch and open a new one, which owns no purse; the old anchor is kept aside. Database worker.

    Raises CannotRecord, StoreStopped, OSError; then a new start opens one.
    """
    old_epoch, old_head, old_anchor = store.epoch, store.head, store.anchor
    assert isinstance(old_anchor, Anchor)
    path = old_anchor.path
    old_anchor.close()
    set_aside(path)
    store.anchor = fresh = Anchor(path, create=True)
    fresh.scan()
    store.epoch, store.catching_up = store.new_id(), None
    store.head = replace(old_head, seq=0, hash=GENESIS)

    def opened(transaction: Transaction) -> EpochOpened:
        transaction.run(_ENTER, new_epoch=store.epoch)
        parent.forget_held(transaction)
        return EpochOpened(
            old_epoch=old_epoch, old_head=old_head.hash, old_seq=old_head.seq, reason=why.value
        )

    journal.record(store, journal.Command(f"{store.epoch}/open", actor="", business_day=""), opened)
    store.opened_anew = why


def open_anew_now(store: Store, why: WhyAnew) -> None:
    """The same while the till runs: a failure in the middle stops it until it is started again. Raises StoreStopped."""
    store.require_running()
    try:
        open_anew(store, why)
    except Exception as error:
        store.stop(error)


@contextlib.contextmanager
def quietly(store: Store) -> Iterator[None]:
    """What is recorded meanwhile prints nothing: it was printed when it happened."""
    before, store.effects = store.effects, effects_of(NOBODY)
    try:
        yield
    finally:
        store.effects = before
