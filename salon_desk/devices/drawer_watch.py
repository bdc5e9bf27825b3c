"""Whether the cash drawer stands open, by the level that the printer tells of its switch.

No port lives here. What a level means differs by drawer, and one without a switch says nothing: so the meaning is learnt
from kicks. The one rule to know: nothing is said before two kicks have shown the same, and a wrong guess is outvoted.
"""

from __future__ import annotations

from enum import StrEnum

LEARNT_WITHIN_S = 3.0
"""A level that changes so soon after a kick is the drawer springing open."""

_ENOUGH = 2
_SOON_S = 0.5
_NOW_AND_THEN_S = 2.0
_NO_SWITCH = 5
"""So many kicks that showed nothing: there is no switch, and nobody need look for it any more."""


class DrawerState(StrEnum):
    """How the drawer is. LEFT_OPEN: for longer than a payment takes."""

    UNKNOWN = "unknown"
    SHUT = "shut"
    OPEN = "open"
    LEFT_OPEN = "left_open"


class DrawerWatch:
    """The switch of one drawer. Times are seconds of one monotonic clock. Thread: the port's."""

    def __init__(self, left_open_s: float) -> None:
        self._left_open_s = left_open_s
        self._level: bool | None = None
        self._votes = {True: 0, False: 0}
        self._kicked_at: float | None = None
        self._waits_for: bool | None = None
        self._in_vain = 0
        self._open_since: float | None = None

    @property
    def open_level(self) -> bool | None:
        """The level that means open; None while it is not known."""
        high, low = self._votes[True], self._votes[False]
        return None if max(high, low) < _ENOUGH or high == low else high > low

    def kicked(self, now: float) -> None:
        """A pulse was sent: the other level than now, if it comes soon, means open."""
        if self._waits_for is not None:
            self._in_vain += 1
        self._kicked_at = now
        self._waits_for = None if self._level is None else not self._level
        if self._open_since is not None:
            self._open_since = now

    def seen(self, level: bool | None, now: float) -> DrawerState:
        """A level was read (None: the printer said nothing); how the drawer is by it."""
        if level is None:
            self._level, self._open_since = None, None
            return DrawerState.UNKNOWN
        if self._learning(now) and level is self._waits_for:
            self._votes[level] += 1
            self._in_vain = 0
            self._waits_for = None
        self._level = level
        meaning = self.open_level
        if meaning is None:
            return DrawerState.UNKNOWN
        if level is not meaning:
            self._open_since = None
            return DrawerState.SHUT
        if self._open_since is None:
            self._open_since = now
        left = now - self._open_since >= self._left_open_s
        return DrawerState.LEFT_OPEN if left else DrawerState.OPEN

    def look_again_s(self, now: float, idle_s: float) -> float:
        """How long the next look may wait: soon after a kick, now and then while it is open, else `idle_s`."""
        if self._learning(now) and self._in_vain < _NO_SWITCH:
            return min(idle_s, _SOON_S)
        return min(idle_s, _NOW_AND_THEN_S) if self._open_since is not None else idle_s

    def _learning(self, now: float) -> bool:
        kicked = self._kicked_at
        return self._waits_for is not None and kicked is not None and now - kicked <= LEARNT_WITHIN_S
