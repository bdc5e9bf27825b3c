"""What the real nodes of a simulated chain are made with: one clock that is turned, ids that repeat, a diary of bookings.

`bootstrap` fills a Workshop with what it alone knows. There is no operation for a booking yet, so the diary stands in for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from salon_desk.domain.rule_pack import RulePack
from salon_desk.head_office.planning import day_of
from salon_desk.head_office.weighing import At
from salon_desk.simulation.traces import Event
from salon_desk.storage.engine import Transaction
from salon_desk.storage.store import Store

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


class VirtualClock:
    """The one clock of all nodes; days are turned to, never waited for."""

    def __init__(self) -> None:
        self.day = 0.0

    def now(self) -> datetime:
        """The present instant."""
        return BEGINNING + timedelta(days=self.day)


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


class Diary:
    """The bookings that head office knows of: there is no operation for them yet, so the simulation hands them in."""

    def __init__(self) -> None:
        self._of: dict[str, list[At]] = {}
        self._at: dict[str, set[str]] = {}

    def add(self, event: Event) -> None:
        """A booking was made."""
        ahead = BEGINNING + timedelta(days=event.for_day)
        self._of.setdefault(event.card, []).append(At(event.store, day_of(ahead)))
        self._at.setdefault(event.store, set()).add(event.card)

    def of(self, _transaction: Transaction, card: str, _member: str) -> Sequence[At]:
        """Of a card."""
        return self._of.get(card, ())

    def at(self, _transaction: Transaction, store: str) -> Collection[str]:
        """At a store."""
        return self._at.get(store, ())
