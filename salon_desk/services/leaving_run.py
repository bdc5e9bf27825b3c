"""Reckoning who is about to leave beside those who go on selling: once a week by whoever sends, or now because somebody asks.

Only slices of some milliseconds run where the store is written, between the cashier's work. A screen asks on a thread that ends by
itself, sees how far it is, and can stop it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from salon_desk.services.leaving import Leaving, reckon
from salon_desk.services.leaving_list import is_stale, keep
from salon_desk.services.leaving_visits import Progress, Stage, Watch, reads
from salon_desk.storage.engine import Transaction
from salon_desk.storage.store import Store

LOOK_EVERY = 3_600

T = TypeVar("T")


class Runs(Protocol):
    """Runs work on the database worker and waits for it."""

    def run(self, work: Callable[[], T]) -> T:
        """What the work gave back."""
        ...


class OnStore(Protocol):
    """Runs work on the thread that writes to the store, and waits for it."""

    def __call__(self, work: Callable[[Store], T], /) -> T:
        """What the work gave back."""
        ...


def work(on_store: OnStore, stopping: Callable[[], bool]) -> int:
    """Reckon the list anew once a week; seconds until it wants to be asked again. Outbound thread of whoever sends.

    Raises what the store raises.
    """
    today = on_store(_day_if_stale)
    if not today:
        return LOOK_EVERY

    def read(slice_: Callable[[Transaction], T]) -> T:
        return on_store(lambda store: reads(store)(slice_))

    found = reckon(read, today, watch=Watch(stopped=stopping))
    if found is not None:
        made, store = found, on_store(lambda store: store)
        keep(store, made, lambda piece: on_store(lambda _store: piece()))
    return LOOK_EVERY


def _day_if_stale(store: Store) -> str:
    """Today's date where a new list is due, else nothing."""
    today = store.clock.now().date().isoformat()
    with store.database.read() as transaction:
        return today if is_stale(transaction, today) else ""


class LeavingRun:
    """One reckoning in the background. Any thread may ask how far it is, or stop it."""

    def __init__(self, worker: Runs, store: Store, today: str) -> None:
        """`today`: the business day (ISO date). Nothing runs before `start`."""
        self._worker, self._store, self._today = worker, store, today
        self._stop = threading.Event()
        self._progress = Progress(Stage.READING, 0, 1)
        self.finished: Future[Leaving | None] = Future()
        """Ends with the list, which is kept by then; with None when it was stopped; with what went wrong."""

    def start(self) -> None:
        """Begin, on a thread that ends by itself."""
        threading.Thread(target=self._reckon, name="outbound-leaving", daemon=True).start()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self._progress

    def stop(self) -> None:
        """Let it end at its next slice; the list that is kept stays."""
        self._stop.set()

    def _reckon(self) -> None:
        try:
            found = reckon(self._read, self._today, watch=Watch(self._told, self._stop.is_set))
            if found is not None:
                keep(self._store, found, self._worker.run)
            self.finished.set_result(found)
        except BaseException as error:
            self.finished.set_exception(error)

    def _read(self, work: Callable[[Transaction], T]) -> T:
        return self._worker.run(lambda: reads(self._store)(work))

    def _told(self, progress: Progress) -> None:
        self._progress = progress
