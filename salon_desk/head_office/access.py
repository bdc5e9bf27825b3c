"""The way from the server's event loop to the database: one thread that writes, a few that read.

No rule lives here. Only frozen data crosses: a function goes in, what it returns comes out. Trouble of the database comes
out as DatabaseTrouble, so that nobody else needs to know the drivers' errors.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from salon_desk.domain.clock import Clock
from salon_desk.domain.ids import NewId
from salon_desk.services.worker import Worker
from salon_desk.storage import trimming
from salon_desk.storage.engine import CommitFailed, Database, Transaction, disk_trouble
from salon_desk.storage.errors import (
    CannotRecord,
    DatabaseUnreachable,
    DatabaseUnusable,
    FolderUnusable,
    StoreDamaged,
    StoreStopped,
)
from salon_desk.storage.office import Office, Place, open_for_reading, open_office

T = TypeVar("T")

READERS = 4
IDLE_SECONDS = 0.5

_TROUBLE = (CannotRecord, StoreStopped, StoreDamaged, FolderUnusable, DatabaseUnreachable, DatabaseUnusable)


class DatabaseTrouble(Exception):
    """The database cannot answer now; nothing was recorded. `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Opening(Protocol):
    """How the data is opened and what is done with it in idle moments: a head office's, or a hub's."""

    def office(self) -> Office:
        """For recording, once. Writer thread."""
        ...

    def reader(self) -> Database:
        """For one thread that reads beside."""
        ...

    def rest(self, office: Office) -> None:
        """Nobody has written for a moment. Writer thread."""
        ...


@dataclass(frozen=True, slots=True)
class OfficeAt:
    """A head office's data at a place."""

    place: Place
    clock: Clock
    new_id: NewId

    def office(self) -> Office:
        """See `Opening`. Raises FolderUnusable, StoreDamaged, StoreNewer, CannotRecord."""
        return open_office(self.place, self.clock, self.new_id)

    def reader(self) -> Database:
        """See `Opening`."""
        return open_for_reading(self.place)

    def rest(self, office: Office) -> None:
        """Fold the write-ahead log, after what an erasure has left to do."""
        trimming.rest(office)


class Access:
    """A head office's data, opened for one process. `write` and `read` are called on the event loop."""

    def __init__(self, opening: Opening, *, readers: int = READERS) -> None:
        """Open it, or begin a new head office or hub. Raises what `opening.office` raises."""
        opened: list[Office] = []
        self._opening = opening
        self.worker = Worker()
        """The writer thread, for whoever shares it: a hub's link."""
        try:
            opened.append(self.worker.run(opening.office))
        except BaseException:
            self.worker.close()
            raise
        self.office = opened[0]
        """Used on the writer thread only, but for `node`, `epoch` and `clock`; of these a hub's epoch alone may change."""
        self._local = threading.local()
        self._written_at = 0.0
        self._readers = ThreadPoolExecutor(max_workers=readers, thread_name_prefix="reader")
        self._opened: list[Database] = []
        self._lock = threading.Lock()

    async def write(self, work: Callable[[Office], T]) -> T:
        """Run on the writer thread. Raises what `work` raises, DatabaseTrouble."""
        self._written_at = time.monotonic()
        try:
            future = self.worker.submit(lambda: work(self.office))
        except RuntimeError as error:
            raise DatabaseTrouble("too-much-to-do") from error
        return await _outcome(future)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run on a reader thread in one snapshot. Raises what `work` raises, DatabaseTrouble."""
        try:
            future = self._readers.submit(self._read, work)
        except RuntimeError as error:
            raise DatabaseTrouble("closed") from error
        return await _outcome(future)

    def later(self, work: Callable[[Office], object]) -> None:
        """Run on the writer thread when its turn comes; nobody waits for it, its errors are its own."""
        with contextlib.suppress(RuntimeError):
            self.worker.submit(lambda: work(self.office))

    async def fold(self) -> None:
        """Fold the write-ahead log whenever nobody writes for a moment; runs as long as the server does.

        The worker's own way starts a timer after each piece of work, which a server has thousands of in a second.
        """
        folded_at = 0.0
        while True:
            await asyncio.sleep(IDLE_SECONDS)
            if folded_at < self._written_at < time.monotonic() - IDLE_SECONDS:
                folded_at = self._written_at
                self.later(self._opening.rest)

    def run(self, work: Callable[[Office], T]) -> T:
        """Run on the writer thread and wait; for the time before the server serves, never on the event loop."""
        return self.worker.run(lambda: work(self.office))

    def close(self) -> None:
        """Finish what was begun, end the threads, close the connections."""
        self._readers.shutdown(wait=True)
        self.worker.submit(self.office.idle)
        self.worker.close()
        for database in self._opened:
            database.close()
        self.office.close()

    def _read(self, work: Callable[[Transaction], T]) -> T:
        with self._reader().read() as transaction:
            return work(transaction)

    def _reader(self) -> Database:
        """This thread's own connection."""
        database: Database | None = getattr(self._local, "database", None)
        if database is None:
            database = self._local.database = self._opening.reader()
            with self._lock:
                self._opened.append(database)
        return database


def is_trouble(error: BaseException) -> bool:
    """Whether the database is to blame, so that the same may succeed later."""
    return isinstance(error, (*_TROUBLE, CommitFailed)) or disk_trouble(error) is not None


async def _outcome(future: Future[T]) -> T:
    """What a thread made of it; the work goes on to its end even when nobody waits for it any more."""
    try:
        return await asyncio.shield(asyncio.wrap_future(future))
    except _TROUBLE as error:
        raise DatabaseTrouble(type(error).__name__) from error
    except CommitFailed as error:
        raise DatabaseTrouble("disk-error") from error
    except Exception as error:
        trouble = disk_trouble(error)
        if trouble is None:
            raise
        raise DatabaseTrouble(trouble) from error
