"""What the screen of groups asks for a reckoning of who is about to leave: a Protocol, and the one that runs in the background.

The reckoning itself is `services/leaving_run.py`. No Qt; asked on the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from salon_desk.services.leaving_run import LeavingRun
from salon_desk.services.leaving_visits import Progress, Stage

_NOT_BEGUN = Progress(Stage.READING, 0, 1)


class Reckons(Protocol):
    """One reckoning at a time."""

    @property
    def progress(self) -> Progress:
        """How far it is."""
        ...

    def start(self, today: str) -> None:
        """Begin one for a business day (ISO date)."""
        ...

    def stop(self) -> None:
        """Let it end at its next slice."""
        ...

    def over(self) -> bool:
        """Whether none is under way; raises what the last one raised."""
        ...


class Reckoning:
    """A reckoning on a thread of its own."""

    def __init__(self, make: Callable[[str], LeavingRun]) -> None:
        self._make = make
        self._run: LeavingRun | None = None

    @property
    def progress(self) -> Progress:
        """See `Reckons`."""
        return self._run.progress if self._run else _NOT_BEGUN

    def start(self, today: str) -> None:
        """See `Reckons`."""
        self._run = self._make(today)
        self._run.start()

    def stop(self) -> None:
        """See `Reckons`."""
        if self._run:
            self._run.stop()

    def over(self) -> bool:
        """See `Reckons`."""
        if self._run is None:
            return True
        if not self._run.finished.done():
            return False
        finished, self._run = self._run.finished, None
        finished.result()
        return True
