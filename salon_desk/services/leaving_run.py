"""Reckoning who is about to leave beside a till that goes on selling: a thread, how far it is, and the way to stop it.

Only slices of some milliseconds run on the database worker, between the cashier's work. A head office reckons on its own outbound
thread and needs none of this (`leaving.reckon`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from salon_desk.services.leaving import Leaving, reckon
from salon_desk.services.leaving_list import keep
from salon_desk.services.leaving_visits import Progress, Stage, Watch
from salon_desk.storage.engine import Transaction
from salon_desk.storage.store import Store

T = TypeVar("T")


class Runs(Protocol):
    """Runs work on the database worker and waits for it."""

    def run(self, work: Callable[[], T]) -> T:
        """What the work gave back."""
        ...


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
        def slice_() -> T:
            with self._store.database.read() as transaction:
                return work(transaction)

        return self._worker.run(slice_)

    def _told(self, progress: Progress) -> None:
        self._progress = progress
