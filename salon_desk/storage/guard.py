"""The guard at start: database and anchor are compared, and what the database lost is recorded again.

New epochs, copies and restored backups are a later chapter of the protocol; until then whatever cannot be closed by
the anchor is refused as damage, and nothing is guessed (PROTOCOL 5).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import msgspec

from salon_desk.operations.envelope import Envelope, faults, unpack
from salon_desk.operations.registry import UnknownOperation
from salon_desk.storage import journal
from salon_desk.storage.anchor import Anchor, AnchorDamaged
from salon_desk.storage.errors import StoreDamaged
from salon_desk.storage.store import Store


def replay_tail(store: Store, anchor: Anchor, folder: Path) -> list[Envelope]:
    """Record again what the anchor has and the database lacks; returns it, oldest first.

    Raises StoreDamaged when the anchor is not readable, lacks what the database has, or does not chain to it;
    CannotRecord when the disk refuses.
    """
    try:
        tail = _tail(store, anchor)
    except (AnchorDamaged, msgspec.MsgspecError, OSError) as error:
        raise StoreDamaged(folder=str(folder), what=f"till.anchor: {error}") from error
    anchor.cut_torn_end()
    for entry in tail:
        if not follows(entry, store.node, store.head.seq, store.head.hash):
            raise StoreDamaged(folder=str(folder), what="till.anchor: its tail does not follow the database")
        try:
            journal.append(store, entry)
        except (UnknownOperation, msgspec.MsgspecError, sqlite3.IntegrityError) as error:
            raise StoreDamaged(folder=str(folder), what=f"till.anchor: {error}") from error
    return [one for entry in tail for one in entry]


def follows(entry: Sequence[Envelope], node: str, seq: int, head: str) -> bool:
    """Whether the operations of one entry are whole, this node's own, and chain to the operation `seq` with hash `head`."""
    for one in entry:
        seq += 1
        header = one.header
        if (
            (header.node, header.seq, header.prev_hash) != (node, seq, head)
            or faults(one)
            or one.body is None
        ):
            return False
        head = one.hash
    return True


def _tail(store: Store, anchor: Anchor) -> list[list[Envelope]]:
    """The entries behind the database's head, found from the end of the anchor backwards."""
    tail: list[list[Envelope]] = []
    for offset in reversed(anchor.scan()):
        entry = unpack(anchor.entry(offset))
        if not entry:
            raise AnchorDamaged("an entry without an operation")
        last = entry[-1]
        if last.header.epoch != store.epoch:
            raise AnchorDamaged("it belongs to another epoch")
        if last.header.seq <= store.head.seq:
            if (last.header.seq, last.hash) != (store.head.seq, store.head.hash):
                raise AnchorDamaged("the database has what it lacks")
            return tail[::-1]
        tail.append(entry)
    if store.head.seq:
        raise AnchorDamaged("the database has what it lacks")
    return tail[::-1]
