"""What the real nodes of a simulated chain are made with: one clock that is turned, ids that repeat.

`bootstrap` fills a Workshop with what it alone knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from salon_desk.domain.rule_pack import RulePack
from salon_desk.storage.store import Store

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def instant_of(day: float) -> datetime:
    """The instant of a day of a trace."""
    return BEGINNING + timedelta(days=day)


class VirtualClock:
    """The one clock of all nodes; days are turned to, never waited for."""

    def __init__(self) -> None:
        self.day = 0.0

    def now(self) -> datetime:
        """The present instant."""
        return instant_of(self.day)


class CountedIds:
    """Ids that are the same in every run."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> str:
        """A fresh id."""
        self._last += 1
        return f"{self._last:012d}"


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the real nodes are made with: `open_node(name)` gives an empty one, on `clock` with `new_id`."""

    open_node: Callable[[str], Store]
    rules: RulePack
    clock: VirtualClock
