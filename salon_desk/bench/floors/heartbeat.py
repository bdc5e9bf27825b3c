"""A heartbeat on the UI thread: the longest time for which nothing could be painted. And hands that do something there.

Nothing of the product is imported. Every millisecond the event loop is asked to come by; whatever keeps it (a slow
slot, or another thread with the interpreter's lock) is a gap.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot

_BEAT_MS = 1


class Heartbeat(QObject):
    """Counts the gaps between its beats while it runs."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._last = 0
        self._gaps: list[float] = []

    def start(self) -> None:
        """Begin to listen."""
        self._gaps = []
        self._last = time.perf_counter_ns()
        self._timer.start()

    def stop(self) -> list[float]:
        """Stop; gives every gap in milliseconds."""
        self._timer.stop()
        self._beat()
        return self._gaps

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter_ns()
        self._gaps.append((now - self._last) / 1e6)
        self._last = now


class Hands(QObject):
    """Does one thing after the other on the UI thread, as a cashier would, with a pause between."""

    def __init__(self, doings: Iterable[Callable[[], None]], pause_ms: int) -> None:
        super().__init__()
        self._doings = iter(doings)
        self._timer = QTimer(self)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    def stop(self) -> None:
        """Stop; the rest is not done."""
        self._timer.stop()

    @Slot()
    def _next(self) -> None:
        doing = next(self._doings, None)
        if doing is None:
            self._timer.stop()
        else:
            doing()


def turn_loop(until: Callable[[], bool], *, poll_ms: int = 20) -> None:
    """Run the event loop until something is so."""
    loop = QEventLoop()
    poll = QTimer()
    poll.setInterval(poll_ms)
    poll.timeout.connect(lambda: loop.quit() if until() else None)
    poll.start()
    loop.exec()
    poll.stop()
