"""The guard at start: database and anchor are compared, and it is said what has to follow (PROTOCOL 5).

Nothing is written here; `opening.py` and `epochs.py` act on what was found. What cannot be closed by the anchor, or by
the parent up to the anchor's mark, is never guessed: it ends the epoch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salon_desk.operations.envelope import GENESIS, Envelope, faults
from salon_desk.operations.node import EpochOpened, WhyAnew
from salon_desk.operations.registry import decode_known
from salon_desk.storage.anchor import Anchor, AnchorDamaged
from salon_desk.storage.anchor_entries import Entry, Mark, read_entry
from salon_desk.storage.apply.chains import FIND
from salon_desk.storage.store import Store

Tail = list[list[Envelope]]
"""Entries of an anchor, oldest first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What has to follow: record `tail` again, after `missing_upto` was reached if it is there; or open a new epoch.

    `begun`: the tail is of a new epoch, whose opening a crash cut off between the anchor and the commit.
    """

    tail: Tail
    missing_upto: Mark | None = None
    anew: WhyAnew | None = None
    begun: bool = False


def compare(store: Store, anchor: Anchor) -> Finding:
    """Compare an open anchor with the database that was loaded; the anchor can be written behind its last whole entry then.

    Raises OSError.
    """
    try:
        found = _walk(store, anchor, anchor.scan())
    except AnchorDamaged:
        return Finding([], anew=WhyAnew.ANCHOR_DAMAGED)
    if found.anew is None:
        anchor.cut_torn_end()
    return found


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


def _walk(store: Store, anchor: Anchor, offsets: Sequence[int]) -> Finding:
    """From the end of the anchor backwards to the entry that the database ends with. Raises AnchorDamaged."""
    here = (store.head.seq, store.head.hash)
    tail: Tail = []
    for offset in reversed(offsets):
        entry = read_entry(anchor.entry(offset))
        mark = entry if isinstance(entry, Mark) else _end_of(entry)
        if mark.node != store.node:
            return Finding([], anew=WhyAnew.ANCHOR_FOREIGN)
        if mark.epoch != store.epoch:
            return _begun(store, [read_entry(anchor.entry(one)) for one in offsets])
        if mark.seq <= here[0]:
            if (mark.seq, mark.hash) == here:
                return _checked(store, tail[::-1], *here)
            older = mark.seq < here[0] and not tail
            return Finding([], anew=WhyAnew.ANCHOR_OLD if older else WhyAnew.UNCHAINED)
        if isinstance(entry, Mark):
            found = _checked(store, tail[::-1], mark.seq, mark.hash)
            return Finding(found.tail, missing_upto=mark) if found.anew is None else found
        tail.append(entry)
    if here[0] and not tail:
        return Finding([], anew=WhyAnew.ANCHOR_OLD)
    return _checked(store, tail[::-1], *here)


def _begun(store: Store, entries: Sequence[Entry]) -> Finding:
    """An anchor of another epoch: one that begins with the opening of the epoch after this one is whole, any other is old."""
    tail = [one for one in entries if not isinstance(one, Mark)]
    first = tail[0][0] if len(tail) == len(entries) else None
    if first is None:
        return Finding([], anew=WhyAnew.ANCHOR_OLD)
    opened = decode_known(first.header.kind, first.header.version, first.body)
    epochs = {one.header.epoch for entry in tail for one in entry}
    with store.database.read() as transaction:
        known = transaction.one(FIND, node=store.node, epoch=first.header.epoch) is not None
    if not isinstance(opened, EpochOpened) or opened.old_epoch != store.epoch or len(epochs) > 1 or known:
        return Finding([], anew=WhyAnew.ANCHOR_OLD)
    found = _checked(store, tail, 0, GENESIS)
    return found if found.anew is not None else Finding(found.tail, begun=True)


def _checked(store: Store, tail: Tail, seq: int, head: str) -> Finding:
    """The tail if it chains to this operation, entry by entry."""
    for entry in tail:
        if not follows(entry, store.node, seq, head):
            return Finding([], anew=WhyAnew.UNCHAINED)
        seq, head = entry[-1].header.seq, entry[-1].hash
    return Finding(tail)


def _end_of(entry: Sequence[Envelope]) -> Mark:
    last = entry[-1]
    return Mark(last.header.node, last.header.epoch, last.header.seq, last.hash)
