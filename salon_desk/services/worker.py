"""The one database worker: everything that reads or writes the store runs here, one after the other.

No work lives here. When nobody waits, the write-ahead log is folded into the database, so that no cashier's commit ever
pays for it (PITFALLS 13). Results are futures; the UI wraps them for Qt.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

IDLE_MILLISECONDS = 500


class Worker:
    """A single thread with a bounded queue of work."""

    MOST_WAITING = 1_000

    def __init__(self, idle: Callable[[], None] | None = None) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._idle = idle
        self._lock = threading.Lock()
        self._waiting = 0
        self._thread: threading.Thread | None = None
        self._timer: threading.Timer | None = None
        self._closed = False

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Run `work` on the database thread. Raises RuntimeError when closed or when far too much waits."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the database worker is closed")
            if self._waiting >= self.MOST_WAITING:
                raise RuntimeError("the database worker has too much to do")
            self._waiting += 1
        return self._executor.submit(self._run, work)

    def run(self, work: Callable[[], T]) -> T:
        """Run `work` on the database thread and wait for it; for scripts, never on the UI thread."""
        return self.submit(work).result()

    def assert_here(self) -> None:
        """Assert that the caller is the database thread."""
        assert threading.current_thread() is self._thread

    def close(self) -> None:
        """Finish what was submitted and end the thread."""
        with self._lock:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()
        self._executor.shutdown(wait=True)

    def _run(self, work: Callable[[], T]) -> T:
        self._thread = threading.current_thread()
        try:
            return work()
        finally:
            with self._lock:
                self._waiting -= 1
                if not self._waiting:
                    self._rest()

    def _rest(self) -> None:
        if self._idle is None or self._closed:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(IDLE_MILLISECONDS / 1000, self._when_idle)
        self._timer.daemon = True
        self._timer.start()

    def _when_idle(self) -> None:
        with self._lock:
            if not (self._closed or self._waiting or self._idle is None):
                self._executor.submit(self._idle)
