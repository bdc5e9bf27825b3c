"""Knowing that nothing is pending either way: said by a round of the feed that began after the last thing was sent.

No message and no thread lives here. Calm at one moment is a fact about that moment; the next sale ends it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from salon_desk.services.outbox import Standing
from salon_desk.wire.messages import FeedAnswer


@dataclass(frozen=True, slots=True)
class CalmAt:
    """A round of the feed after which nothing was pending, and the own chain's length then."""

    round: int
    seq: int


class Calm:
    """The feed notes its rounds here; whoever waits for calm asks for rounds without a long poll. Any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._round = 0
        self._before: Standing | None = None
        self._seen: CalmAt | None = None
        self._waiting = 0

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits, so that the feed does not sleep in a long poll."""
        return self._waiting > 0

    def begin(self, standing: Standing) -> None:
        """A round of the feed begins, and this is what was pending before it asked. Feed thread."""
        with self._changed:
            self._round += 1
            self._before = standing

    def end(self, answer: FeedAnswer, standing: Standing, *, moved: int) -> None:
        """The round's answer was taken in; `moved`: arrivals and answers to recalls that it caused. Feed thread."""
        before = self._before
        calm = (
            before is not None
            and before.seq == standing.seq
            and before.pending_parent == 0
            and standing.pending_parent == standing.pending_root == 0
            and answer.position >= answer.last
            and standing.on_the_way == 0
            and moved == 0
        )
        with self._changed:
            self._seen = CalmAt(self._round, standing.seq) if calm else None
            self._changed.notify_all()

    def enter(self) -> int:
        """Somebody waits from now on; rounds up to the one given back began before."""
        with self._changed:
            self._waiting += 1
            return self._round

    def leave(self) -> None:
        """Nobody waits any more, for one of those who did."""
        with self._changed:
            self._waiting -= 1

    def wait(self, after: int, seconds: float) -> CalmAt | None:
        """Wait for a calm round that began after that one; None when the time is over."""

        def found() -> bool:
            return self._seen is not None and self._seen.round > after

        with self._changed:
            return self._seen if self._changed.wait_for(found, seconds) else None
