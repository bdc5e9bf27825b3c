"""The anchor beside the journal: it has to contain the newest operations, and may be one entry ahead.

It is read before the snapshot and, when something does not fit, once more after it: another process may be recording,
and an entry is in the anchor before it is in the database.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from salon_desk.operations.envelope import GENESIS, Envelope
from salon_desk.storage.anchor import START, AnchorDamaged, entries_from, is_damaged, require_magic
from salon_desk.storage.anchor_entries import Entry, Mark, read_entry
from salon_desk.storage.guard import follows
from salon_desk.storage.reading import ANCHOR
from salon_desk.storage.verification.problems import Problems

_BLOCK = 1024 * 1024
_HASH_BYTES = 32


class OwnHashes:
    """The hashes of one chain by seq, 32 bytes each: a long journal must not fill the memory."""

    def __init__(self) -> None:
        self._first = 0
        self._data = bytearray()

    @property
    def last(self) -> int:
        """The last seq, 0 when there is none."""
        return self._first + len(self._data) // _HASH_BYTES - 1 if self._data else 0

    @property
    def last_hash(self) -> str:
        """The last hash in hex; that of no operation when there is none."""
        return self._data[-_HASH_BYTES:].hex() if self._data else GENESIS

    def add(self, seq: int, hash_: str) -> bool:
        """Add the next one; False when its seq is not the next. A hash that is none is kept as zeros."""
        if self._data and seq != self.last + 1:
            return False
        if not self._data:
            self._first = seq
        try:
            self._data += bytes.fromhex(hash_).rjust(_HASH_BYTES, b"\0")[:_HASH_BYTES]
        except ValueError:
            self._data += bytes(_HASH_BYTES)
        return True

    def differing(self, other: OwnHashes) -> int | None:
        """The first seq that both have with another hash."""
        first, last = max(self._first, other._first), min(self.last, other.last)
        if first > last or self._slice(first, last) == other._slice(first, last):
            return None
        return next(seq for seq in range(first, last + 1) if self._slice(seq, seq) != other._slice(seq, seq))

    def _slice(self, first: int, last: int) -> bytes:
        return bytes(self._data[(first - self._first) * _HASH_BYTES : (last - self._first + 1) * _HASH_BYTES])


@dataclass(slots=True)
class AnchorReading:
    """What an anchor holds: its chain, its last entries, or why it cannot be read."""

    fault: str = ""
    chains: set[tuple[str, str]] = field(default_factory=set)
    hashes: OwnHashes = field(default_factory=OwnHashes)
    last: deque[list[Envelope]] = field(default_factory=lambda: deque(maxlen=3))
    trimmed_to: int = 0
    """The seq up to which the parent held everything when it was trimmed; 0 for one that never was."""

    def ahead(self, seq: int) -> list[list[Envelope]]:
        """Of its last three entries, those behind this seq."""
        return [entry for entry in self.last if entry[-1].header.seq > seq]


def read_anchor(folder: Path) -> AnchorReading:
    """Everything in a folder's anchor, also while another process writes it."""
    reading = AnchorReading()
    try:
        with open(folder / ANCHOR, "rb", buffering=_BLOCK) as file:
            require_magic(file)
            last = START
            for offset, payload in entries_from(file):
                _take(reading, read_entry(payload))
                last = offset
        if is_damaged(folder / ANCHOR, last):
            reading.fault = "a damaged entry before its end"
    except FileNotFoundError:
        reading.fault = "missing"
    except (AnchorDamaged, OSError) as error:
        reading.fault = f"cannot be read: {error}"
    return reading


def _take(reading: AnchorReading, entry: Entry) -> None:
    if isinstance(entry, Mark):
        if reading.chains:
            raise AnchorDamaged("it says twice how far it was trimmed")
        reading.chains.add((entry.node, entry.epoch))
        reading.hashes.add(entry.seq, entry.hash)
        reading.trimmed_to = entry.seq
        return
    for one in entry:
        reading.chains.add((one.header.node, one.header.epoch))
        if not reading.hashes.add(one.header.seq, one.hash):
            raise AnchorDamaged(f"seq {one.header.seq} follows {reading.hashes.last}")
    reading.last.append(entry)


def check_anchor(
    before: AnchorReading,
    again: Callable[[], AnchorReading],
    own: tuple[str, str],
    *,
    hashes: OwnHashes,
    problems: Problems,
) -> None:
    """Compare the anchor with this node's own chain in the journal; `hashes` are the journal's."""
    if not before.fault and before.chains == {own} and len(before.ahead(hashes.last)) > 1:
        found = f"has operations up to seq {before.hashes.last}, the journal up to {hashes.last}"
    elif found := _fault(before, own, hashes):
        found = _fault(again(), own, hashes)
    if found:
        problems.add(f"{ANCHOR}: {found}")


def _fault(anchor: AnchorReading, own: tuple[str, str], hashes: OwnHashes) -> str:
    if anchor.fault:
        return anchor.fault
    if anchor.chains - {own}:
        return "holds operations of another till or epoch"
    if anchor.trimmed_to > hashes.last:
        return f"was trimmed up to seq {anchor.trimmed_to}, the journal ends at {hashes.last}"
    differing = anchor.hashes.differing(hashes)
    if differing is not None:
        return f"seq {differing} has another hash than in the journal"
    if anchor.hashes.last < hashes.last:
        return f"ends at seq {anchor.hashes.last}, the journal at {hashes.last}"
    ahead = anchor.ahead(hashes.last)
    if len(ahead) == 1 and not follows(ahead[0], own[0], hashes.last, hashes.last_hash):
        return f"seq {ahead[0][0].header.seq} does not follow the journal"
    return ""
