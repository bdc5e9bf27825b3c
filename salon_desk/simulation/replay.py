"""A trace lived through by a chain, and what is counted meanwhile (PROTOCOL 9).

No value is moved here: the chain does that. The oracle beside it is never disconnected, and what it pays of a visit is the
legitimate demand. Of things at one instant outages end before anything happens, and begin after.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from heapq import merge

from salon_desk.simulation.chain import Chain, Till
from salon_desk.simulation.traces import Event, Kind, Trace


@dataclass(slots=True)
class Figures:
    """What came out; the names are the contract's."""

    overspend_cents: int = 0
    offline_legit: int = 0
    offline_accepted_full: int = 0
    offline_legit_cents: int = 0
    offline_accepted_cents: int = 0
    online_legit: int = 0
    online_accepted_full: int = 0
    oracle_cents: int = 0
    accepted_cents: int = 0
    overdraft_used_cents: int = 0
    overdraft_lost_cents: int = 0
    stranded_cents: int = 0
    seconds: float = 0.0

    def as_json(self) -> dict[str, int | float]:
        """By name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Asked:
    """How the trace is lived through. `bridge`: the part of outages in which a telephone has data."""

    tills_per_store: int = 1
    bridge: float = 0.0
    seed: int = 0


class Replay:
    """One trace and one chain."""

    def __init__(self, trace: Trace, chain: Chain, asked: Asked) -> None:
        self._trace = trace
        self._chain = chain
        self._tills = asked.tills_per_store
        self._bridge = asked.bridge
        self._at_counter = random.Random(f"counter/{asked.seed}")
        self._phone = random.Random(f"phone/{asked.seed}")
        self._dark: dict[str, bool] = {}
        """By store that is cut off, whether a telephone has data there."""
        self._oracle: dict[str, int] = {}
        self._issued: dict[str, int] = {}
        self._accepted: dict[str, int] = {}
        self.figures = Figures()
        self.lost: list[tuple[Event, int, int]] = []
        """Visits that were not paid in full: what the card should have paid, and what it did."""

    def run(self, ticks: Callable[[], float] = time.perf_counter) -> Figures:
        """Live through it."""
        began = ticks()
        for day, _order, change in _timeline(self._trace):
            self._chain.turn_to(day)
            if isinstance(change, Event):
                self._happens(change)
            elif change[0]:
                self._dark[change[1]] = self._phone.random() < self._bridge
                self._chain.cut(change[1])
            else:
                del self._dark[change[1]]
                self._chain.link(change[1])
        self._count_up()
        self.figures.seconds = round(ticks() - began, 3)
        return self.figures

    def _happens(self, event: Event) -> None:
        match event.kind:
            case Kind.HOME:
                self._chain.belongs(event)
            case Kind.BOOK:
                self._chain.booked(event)
            case Kind.FUND:
                for book in (self._oracle, self._issued):
                    book[event.card] = book.get(event.card, 0) + event.cents
                self._chain.funded(event, self._till(event))
            case Kind.VISIT:
                self._visit(event)

    def _visit(self, event: Event) -> None:
        legit = min(event.cents, self._oracle.get(event.card, 0))
        if legit:
            self._oracle[event.card] -= legit
        by_phone = self._dark.get(event.store, False)
        paid, overdraft = self._chain.visited(event, self._till(event), by_phone=by_phone)
        self._accepted[event.card] = self._accepted.get(event.card, 0) + paid
        figures = self.figures
        figures.oracle_cents += legit
        figures.accepted_cents += paid
        figures.overdraft_used_cents += overdraft
        offline = event.store in self._dark
        if offline:
            figures.offline_accepted_cents += paid
            figures.offline_legit_cents += legit
        if not legit:
            return
        if offline:
            figures.offline_legit += 1
            figures.offline_accepted_full += paid >= legit
        else:
            figures.online_legit += 1
            figures.online_accepted_full += paid >= legit
        if paid < legit:
            self.lost.append((event, legit, paid))

    def _till(self, event: Event) -> Till:
        return (event.store, self._at_counter.randrange(self._tills) if self._tills > 1 else 0)

    def _count_up(self) -> None:
        owed = self._chain.outstanding()
        figures = self.figures
        figures.overdraft_lost_cents = sum(owed.values())
        figures.stranded_cents = sum(
            cents
            for places in self._chain.lying().values()
            for place, cents in places.items()
            if place in self._dark
        )
        for card, accepted in self._accepted.items():
            beyond = accepted - self._issued.get(card, 0) - owed.get(card, 0)
            figures.overspend_cents += max(beyond, 0)


Change = Event | tuple[bool, str]
"""Something that happens, or (whether it drops, whose link)."""


def _timeline(trace: Trace) -> Iterator[tuple[float, int, Change]]:
    ends: list[tuple[float, int, Change]] = [(one.to_day, 0, (False, one.store)) for one in trace.outages]
    begins: list[tuple[float, int, Change]] = [(one.from_day, 2, (True, one.store)) for one in trace.outages]
    events: Iterator[tuple[float, int, Change]] = ((one.day, 1, one) for one in trace.events)
    last = trace.last_day
    for day, order, change in merge(_by_time(ends), events, _by_time(begins), key=_time):
        if day <= last:
            yield day, order, change


def _by_time(changes: list[tuple[float, int, Change]]) -> list[tuple[float, int, Change]]:
    return sorted(changes, key=_time)


def _time(change: tuple[float, int, Change]) -> tuple[float, int]:
    return change[:2]
