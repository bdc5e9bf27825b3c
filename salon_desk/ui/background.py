"""Brings work of the one database worker back to the UI thread.

No presenter imports this: they know `tasks.Tasks`. The signal that delivers a result belongs to a
QObject that lives on the UI thread (PITFALLS 2); only frozen data crosses.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from salon_desk.domain.errors import DomainError

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Submits(Protocol):
    """What work is handed to: the database worker, or any executor in tests."""

    def submit(self, work: Callable[[], T], /) -> Future[T]:
        """Run `work` on the one database thread."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """One run: what to call on the UI thread with what came of it."""

    future: Future[Any]
    done: Callable[[Any], None]
    failed: Callable[[DomainError], None] | None
    replaces: str | None


class TaskRunner(QObject):
    """Runs work on `executor` and answers on the UI thread, in the order the worker finished.

    Signals: `busy_changed(int)` with the number pending, `idle()` when the last has answered,
    `refused(object)` with a DomainError nobody asked for.
    """

    busy_changed = Signal(int)
    idle = Signal()
    refused = Signal(object)
    _finished = Signal(object)

    def __init__(self, executor: Submits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor
        self._pending: dict[Future[Any], _Asked] = {}
        self._latest: dict[str, Future[Any]] = {}
        self._closed = False
        self._thread = threading.get_ident()
        self._finished.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """How many runs have not answered yet."""
        return len(self._pending)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DomainError], None] | None = None,
        *,
        replaces: str | None = None,
    ) -> None:
        """See `Tasks.run`. UI thread only; never blocks. After `close` nothing is accepted."""
        self._assert_ui_thread()
        if self._closed:
            return
        if replaces is not None and (earlier := self._latest.get(replaces)):
            earlier.cancel()
        future = self._executor.submit(work)
        self._pending[future] = _Asked(future, done, failed, replaces)
        if replaces is not None:
            self._latest[replaces] = future
        self.busy_changed.emit(self.pending)
        future.add_done_callback(self._deliver)

    def close(self) -> None:
        """Drop what has not answered; no callback runs after this. The executor is its owner's to stop."""
        self._assert_ui_thread()
        self._closed = True
        for future in self._pending:
            future.cancel()
        self._pending.clear()

    def _deliver(self, future: Future[Any]) -> None:
        """On the worker's thread: hand the future over, unless the window is gone already."""
        try:
            self._finished.emit(future)
        except RuntimeError:
            _log.info("a result came after the window was closed")

    @Slot(object)
    def _answer(self, future: Future[Any]) -> None:
        self._assert_ui_thread()
        asked = self._pending.pop(future, None)
        if asked is None:
            return
        outdated = asked.replaces is not None and self._latest.get(asked.replaces) is not future
        if asked.replaces is not None and not outdated:
            del self._latest[asked.replaces]
        try:
            self._call_back(asked, outdated)
        finally:
            self.busy_changed.emit(self.pending)
            if not self._pending:
                self.idle.emit()

    def _call_back(self, asked: _Asked, outdated: bool) -> None:
        """Tell the asker what came of it; whatever is no refusal goes to the excepthook."""
        try:
            result = asked.future.result()
        except CancelledError:
            return
        except DomainError as refusal:
            if not outdated:
                (asked.failed or self.refused.emit)(refusal)
            return
        except Exception as bug:
            sys.excepthook(type(bug), bug, bug.__traceback__)
            return
        if not outdated:
            asked.done(result)

    def _assert_ui_thread(self) -> None:
        if threading.get_ident() != self._thread:
            raise RuntimeError("TaskRunner belongs to the UI thread")
