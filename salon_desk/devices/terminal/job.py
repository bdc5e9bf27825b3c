"""One question that waits for a terminal's thread, with the future it ends in.

No thread lives here. The one rule to know: however it ends, the future is answered once, and an error of ours is told by
its kind only, for its text may hold what a terminal sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from salon_desk.domain.charge import ChargeProblem

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Job(Generic[T]):
    """A question. `otherwise`: its answer where it is never asked; `broken`: where our own code failed."""

    def __init__(self, work: Callable[[], T], otherwise: Callable[[ChargeProblem], T], broken: T) -> None:
        self.future: Future[T] = Future()
        self._work = work
        self._otherwise = otherwise
        self._broken = broken

    def run(self) -> T | None:
        """Ask and answer the future; None if nobody wants it any more. Thread: the terminal's."""
        if not self.future.set_running_or_notify_cancel():
            return None
        try:
            result = self._work()
        except Exception as error:
            _log.error("a terminal's driver failed: %s", type(error).__name__)
            result = self._broken
        self.future.set_result(result)
        return result

    def end(self, problem: ChargeProblem) -> None:
        """It is never asked. Any thread."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_result(self._otherwise(problem))
