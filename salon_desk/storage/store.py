"""An open till's folder: database, anchor, lock, identity and the head of its chain.

Opening it lives in `opening.py`, writing in `journal.py`. A Store is used from the database worker only; after a
failure that could not be settled it refuses everything until the till is started again.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn, Protocol

from sqlalchemy import bindparam, delete, insert

from salon_desk.domain.clock import Clock
from salon_desk.domain.ids import NewId
from salon_desk.operations.envelope import GENESIS, Envelope, Header
from salon_desk.operations.hybrid_clock import HIGHEST
from salon_desk.operations.node import EpochClosed, WhyAnew
from salon_desk.operations.operation import Operation
from salon_desk.storage import heads
from salon_desk.storage.engine import Database, Statement, Transaction
from salon_desk.storage.errors import CannotRecord, OwnRecordsMissing, StoreStopped, TillClosed
from salon_desk.storage.tables.local import settings

_REFUSED = "last-refused"
_FORGET_REFUSED = Statement(lambda: delete(settings).where(settings.c.name == bindparam("of_name")))
_NOTE_REFUSED = Statement(lambda: insert(settings))

_log = logging.getLogger(__name__)

Effects = Callable[[Transaction, Header, Operation], None]


def nothing(_transaction: Transaction, _header: Header, _operation: Operation) -> None:
    """No effect besides the projections: a replay, and a head office, print nothing."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of this node's own chain, and the last position and clock reading of the whole journal."""

    position: int
    seq: int
    hash: str
    at: int


@dataclass(frozen=True, slots=True)
class CatchingUp:
    """What is waited for: own operations up to `seq` with `hash`, which the parent holds, and then the anchor's tail."""

    seq: int
    hash: str
    tail: list[list[Envelope]]


class Ahead(Protocol):
    """What is on disk before the database commits: a till's anchor (`anchor.py`)."""

    @property
    def end(self) -> int:
        """Where the next entry will be written."""

    def append(self, payload: bytes) -> None:
        """Write one entry and flush it."""

    def withdraw(self) -> None:
        """Take the last entry back durably."""

    def close(self) -> None:
        """Close it."""


class Held(Protocol):
    """What keeps other writers out of a folder (`lock.py`)."""

    def release(self) -> None:
        """Let them in."""


class Store:
    """A till's folder opened for recording. Use from the database worker only."""

    def __init__(
        self,
        database: Database,
        anchor: Ahead,
        lock: Held,
        *,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self.database = database
        self.anchor = anchor
        self.clock = clock
        self.new_id = new_id
        self.salt: Callable[[int], bytes] = os.urandom
        self.node = ""
        self.epoch = ""
        self.head = Head(0, 0, GENESIS, 0)
        self.replayed: tuple[Envelope, ...] = ()
        self.restored = False
        """Whether more was replayed than a crash can lose: an older database was put back."""
        self.catching_up: CatchingUp | None = None
        """What has to come from the parent before anything of this node's own may be recorded (`epochs.py`)."""
        self.opened_anew: WhyAnew | None = None
        """Why this process opened a new epoch, if it did."""
        self.entered = False
        """Whether the present epoch was found in the anchor, by a database that did not know it."""
        self.on_anew: Callable[[], None] = _nobody
        """Called on this thread after a new epoch was opened."""
        self.closed = False
        """Whether the epoch's chain has its last entry."""
        self.wake: Callable[[], None] = _nobody
        """Called on this thread after every commit that leaves work for others: printing and sync."""
        self.urge: Callable[[], None] = _nobody
        """Called on this thread when a message waits for which somebody stands at the counter."""
        self.effects: Effects = nothing
        """What an operation causes on this machine besides the projections (`effects.py`)."""
        self.relays = False
        """Whether this node stands between others and its own parent: a hub, which passes on what its children record."""
        self._lock = lock
        self._stopped = ""

    def load(self) -> None:
        """Read identity and head from the database."""
        with self.database.read() as transaction:
            row = transaction.one(heads.IDENTITY)
            if row is not None:
                self.node, self.epoch = row.node, row.epoch
            self.head = self._read_head(transaction)
            last = transaction.value(heads.OWN_LAST_KIND, node=self.node, epoch=self.epoch)
            self.closed = last == EpochClosed.KIND

    def refresh(self, transaction: Transaction) -> None:
        """Inside a writing transaction, before anything else: nothing, for a till's folder has one writer."""

    def _read_head(self, transaction: Transaction) -> Head:
        found = transaction.one(heads.HEAD, node=self.node, epoch=self.epoch)
        assert found is not None
        return Head(found.position, found.seq or 0, found.hash or GENESIS, found.at)

    def advance(self, sealed: Sequence[Envelope]) -> None:
        """Note what was just committed as the new head."""
        last = sealed[-1]
        self.closed = last.header.kind == EpochClosed.KIND
        self.head = Head(self.head.position + len(sealed), last.header.seq, last.hash, last.header.at)
        self.wake()

    def observe(self, received: Sequence[Envelope]) -> None:
        """Note what was just committed of other nodes: positions, and the highest clock reading seen."""
        highest = min(max(one.header.at for one in received), HIGHEST)
        self.head = replace(
            self.head, position=self.head.position + len(received), at=max(self.head.at, highest)
        )
        self.wake()

    def settle_failed_commit(self, sealed: Sequence[Envelope], *, anchored: bool, may_stand: bool) -> bool:
        """After an error around the commit: read what stands (PROTOCOL 5). True if the operations are there.

        `may_stand`: the commit itself failed and may lie in the log, so the database is reopened first, and an absence
        is made durable. The anchor's entry is withdrawn durably. Raises StoreStopped when any of it fails.
        """
        try:
            if may_stand:
                self.database.reopen()
            with self.database.read() as transaction:
                if sealed and self._has(transaction, sealed[-1]):
                    return True
            if may_stand:
                self._bury(sealed)
            if anchored:
                self.anchor.withdraw()
        except self.database.failures as error:
            self.stop(error)
        except OSError as error:
            self.stop(error)
        return False

    def _has(self, transaction: Transaction, sealed: Envelope) -> bool:
        """Whether this very operation stands; another process may have gone on behind it."""
        header = sealed.header
        found = transaction.value(heads.HASH_AT, node=header.node, epoch=header.epoch, seq=header.seq)
        return bool(found == sealed.hash)

    def _bury(self, sealed: Sequence[Envelope]) -> None:
        """Write over whatever the failed commit left in the log, so that a later start cannot bring it back."""
        refused = f"{sealed[-1].header.seq} {sealed[-1].hash}" if sealed else ""
        with self.database.write() as transaction:
            transaction.run(_FORGET_REFUSED, of_name=_REFUSED)
            transaction.run(_NOTE_REFUSED, name=_REFUSED, value=refused)

    def stop(self, error: Exception) -> NoReturn:
        """Refuse everything from now on, because nobody knows what stands. Raises StoreStopped."""
        self._stopped = str(error) or type(error).__name__
        raise StoreStopped(reason=self._stopped) from error

    def require_recording(self) -> None:
        """Raise unless this node may record something of its own: StoreStopped, OwnRecordsMissing, TillClosed."""
        self.require_running()
        if self.catching_up is not None:
            raise OwnRecordsMissing(self.catching_up.seq - self.head.seq)
        if self.closed:
            raise TillClosed

    def require_running(self) -> None:
        """Raise StoreStopped after a failure that could not be settled."""
        if self._stopped:
            raise StoreStopped(reason=self._stopped)

    @contextlib.contextmanager
    def local(self) -> Iterator[Transaction]:
        """A transaction that writes local rows alone: print jobs, settings, attempts.

        Raises CannotRecord when the disk refuses, StoreStopped. Facts go through `journal.record`.
        """
        self.require_running()
        try:
            with self.database.write() as transaction:
                yield transaction
        except self.database.failures as error:
            trouble = self.database.trouble(error)
            if trouble is None:
                raise
            raise CannotRecord(reason=trouble) from error

    def idle(self) -> None:
        """What is done when nobody waits: fold the write-ahead log into the database."""
        try:
            self.database.checkpoint()
        except self.database.failures as error:
            _log.warning("the write-ahead log could not be folded: %s", error)

    def close(self) -> None:
        """Close everything and let go of the folder."""
        self.database.close()
        self.anchor.close()
        self._lock.release()


def _nobody() -> None:
    """Nobody waits to be woken."""
