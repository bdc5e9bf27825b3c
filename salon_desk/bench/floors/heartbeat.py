"""A heartbeat on the UI thread: the longest time for which nothing could be painted. And hands that do something there.

Nothing of the product is imported. Every millisecond the event loop is asked to come by; whatever keeps it (a slow
slot, or another thread with the interpreter's lock) is a gap. A machine that is busy with others makes gaps too, in which
this process has no processor: `own` tells them apart.
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
        self._last = self._used = 0
        self._gaps: list[float] = []
        self.own: list[float] = []
        """Of each gap, the milliseconds in which at least one thread of this process may have had a processor."""

    def start(self) -> None:
        """Begin to listen."""
        self._gaps, self.own = [], []
        self._last, self._used = time.perf_counter_ns(), time.process_time_ns()
        self._timer.start()

    def stop(self) -> list[float]:
        """Stop; gives every gap in milliseconds."""
        self._timer.stop()
        self._beat()
        return self._gaps

    @Slot()
    def _beat(self) -> None:
        now, used = time.perf_counter_ns(), time.process_time_ns()
        self._gaps.append((now - self._last) / 1e6)
        self.own.append(min(now - self._last, used - self._used) / 1e6)
        self._last, self._used = now, used


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
