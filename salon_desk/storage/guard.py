"""The guard at start: database and anchor are compared, and it is said what has to follow (PROTOCOL 5).

Nothing is written here; `opening.py` and `epochs.py` act on what was found. What cannot be closed by the anchor, or by
the parent up to the anchor's mark, is never guessed: it ends the epoch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from salon_desk.operations.envelope import GENESIS, Envelope, faults
from salon_desk.operations.node import EpochOpened, WhyAnew
from salon_desk.operations.personal import PERSONAL
from salon_desk.operations.registry import decode_known
from salon_desk.storage.anchor import Anchor, AnchorDamaged
from salon_desk.storage.anchor_entries import Entry, Mark, read_entry
from salon_desk.storage.apply.chains import FIND
from salon_desk.storage.store import Store

Tail = list[list[Envelope]]
"""Entries of an anchor, oldest first."""


@dataclass(frozen=True, slots=True)
class Noted:
    """How far this machine remembers that this very folder had come (`home.py`)."""

    epoch: str
    seq: int


def nothing_noted() -> Noted | None:
    """Of a folder that this machine does not remember."""
    return None


@dataclass(frozen=True, slots=True)
class Finding:
    """What has to follow: record `tail` again, after `missing_upto` was reached if it is there; or open a new epoch.

    `begun`: the tail, or what is missing, is of a later epoch than the database's: a crash cut its opening off between the anchor
    and the commit, or an older database was put back beside this machine's own anchor.
    """

    tail: Tail
    missing_upto: Mark | None = None
    anew: WhyAnew | None = None
    begun: bool = False


def compare(store: Store, anchor: Anchor, noted: Callable[[], Noted | None] = nothing_noted) -> Finding:
    """Compare an open anchor with the database that was loaded; the anchor can be written behind its last whole entry then.

    `noted` is asked only where nothing else says whether an anchor of a later epoch is the last one. Raises OSError.
    """
    try:
        found = _walk(store, anchor, anchor.scan(), noted)
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
            or (one.body is None and header.kind not in PERSONAL)
        ):
            return False
        head = one.hash
    return True


def _walk(store: Store, anchor: Anchor, offsets: Sequence[int], noted: Callable[[], Noted | None]) -> Finding:
    """From the end of the anchor backwards to the entry that the database ends with. Raises AnchorDamaged."""
    here = (store.head.seq, store.head.hash)
    tail: Tail = []
    for offset in reversed(offsets):
        entry = read_entry(anchor.entry(offset))
        mark = entry if isinstance(entry, Mark) else _end_of(entry)
        if mark.node != store.node:
            return Finding([], anew=WhyAnew.ANCHOR_FOREIGN)
        if mark.epoch != store.epoch:
            return _later(store, [read_entry(anchor.entry(one)) for one in offsets], noted)
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


def _later(store: Store, entries: Sequence[Entry], noted: Callable[[], Noted | None]) -> Finding:
    """An anchor of another epoch: of a later one where it or this machine's own note says so, any other is old."""
    mark = entries[0] if isinstance(entries[0], Mark) else None
    tail = [one for one in entries if not isinstance(one, Mark)]
    end = _end_of(tail[-1]) if tail else mark
    whole = len(tail) + (mark is not None) == len(entries)
    if end is None or not whole or not _of_one_epoch(tail, mark, end) or store.closed:
        return Finding([], anew=WhyAnew.ANCHOR_OLD)
    with store.database.read() as transaction:
        if transaction.one(FIND, node=store.node, epoch=end.epoch) is not None:
            return Finding([], anew=WhyAnew.ANCHOR_OLD)  # it was left before the database was written
    found = _checked(store, tail, *((mark.seq, mark.hash) if mark is not None else (0, GENESIS)))
    if found.anew is not None:
        return found
    if _opened_after(tail) != store.epoch or mark is not None:
        remembered = noted()
        if remembered is None or not _confirms(remembered, end, _opened_after(tail)):
            return Finding([], anew=WhyAnew.ANCHOR_OLD)
    return Finding(tail, missing_upto=mark, begun=True)


def _of_one_epoch(tail: Tail, mark: Mark | None, end: Mark) -> bool:
    """Whether all of an anchor is of the node and epoch that its last entry is of."""
    found = {(one.header.node, one.header.epoch) for entry in tail for one in entry}
    if mark is not None:
        found.add((mark.node, mark.epoch))
    return found == {(end.node, end.epoch)}


def _confirms(noted: Noted, end: Mark, opened_after: str) -> bool:
    """Whether this machine had seen this folder in the anchor's epoch, no further than it goes; or in the one that it came after."""
    return noted.seq <= end.seq if noted.epoch == end.epoch else noted.epoch == opened_after


def _opened_after(tail: Tail) -> str:
    """The epoch that an anchor's first operation names as the one before, empty when it is no opening."""
    first = tail[0][0] if tail else None
    if first is None:
        return ""
    opened = decode_known(first.header.kind, first.header.version, first.body)
    return opened.old_epoch if isinstance(opened, EpochOpened) else ""


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
