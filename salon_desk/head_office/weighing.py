"""Where the value of a card had better lie: stores weighed by what is known, units shared out among them, moves damped.

Nothing is read, recorded or sent here (`placement.py` does), and a mistake here costs a sale, never money
(PROTOCOL 6). Days are numbers counted from anywhere, units are cents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

HEAD_OFFICE = ""
"""The place of what lies at no store."""

CHECKED_IN = 1_000.0
BOOKED, BOOKED_HALVES_IN = 100.0, 12.0
VISITED, VISITED_HALVES_IN = 1.0, 60.0
LAST = 0.5
HOME = 2.0
"""Weights. A booking outweighs all habit until it is weeks away; the habit of months outweighs the home store."""

PAST_BOOKING = 0.5
"""Days for which a booking counts when its time has come: the customer may be late."""
TYPICAL_TICKET = 12_000
WHOLE_UP_TO = 1.5
"""A balance of so many typical tickets goes whole to the best store: splitting small cards is the worst of all policies."""
WORTH_A_SHARE = 0.02
"""A store gets a ticket's worth of a larger balance when it weighs so much of the best one."""
GOOD_ENOUGH = 0.8
"""Value stays where it lies when it is of so much use there as it would be where it belongs."""
USUAL_LINK, LEAST_LINK, MOST_LINK = 0.03, 0.7, 1.5
"""The part of the time that a link is usually down, and how far a steady or a flaky one changes a weight."""


class Signal(StrEnum):
    """What speaks for a store."""

    CHECKED_IN = "checked-in"
    BOOKED = "booked"
    VISITED = "visited"
    LAST = "last"
    HOME = "home"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class At:
    """Something at a store on a day: a visit that was, a booking that will be."""

    store: str
    day: float


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of a card: visits oldest first, bookings, home store and the store where somebody is checked in."""

    home: str = ""
    visits: Sequence[At] = ()
    bookings: Sequence[At] = ()
    checked_in: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One signal and what it adds to the weight of a store; of a link what it multiplies the weight by."""

    signal: Signal
    weight: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A store, how strongly it should have the value of a card, and why."""

    store: str
    weight: float
    why: tuple[Reason, ...] = field(default=())


def weigh(
    habits: Habits, day: float, reach: Collection[str], down: Mapping[str, float] | None = None
) -> list[Weighed]:
    """The stores in `reach` that anything speaks for, the best first, on a day.

    `down`: by store, the part of the time for which its link was down lately; where nothing is said it is as usual.
    """
    why: dict[str, list[Reason]] = {}

    def speak(store: str, signal: Signal, weight: float) -> None:
        if store in reach:
            why.setdefault(store, []).append(Reason(signal, weight))

    if habits.checked_in:
        speak(habits.checked_in, Signal.CHECKED_IN, CHECKED_IN)
    for one in habits.bookings:
        ahead = one.day - day
        if ahead >= -PAST_BOOKING:
            speak(one.store, Signal.BOOKED, BOOKED * 0.5 ** (max(ahead, 0.0) / BOOKED_HALVES_IN))
    for one in habits.visits:
        speak(one.store, Signal.VISITED, VISITED * 0.5 ** (max(day - one.day, 0.0) / VISITED_HALVES_IN))
    if habits.visits:
        speak(habits.visits[-1].store, Signal.LAST, LAST)
    if habits.home:
        speak(habits.home, Signal.HOME, HOME)
    found = [_weighed(store, reasons, down) for store, reasons in why.items()]
    return sorted(found, key=lambda one: (-one.weight, one.store))


def share(units: int, ranked: Sequence[Weighed], ticket: int = TYPICAL_TICKET) -> dict[str, int]:
    """How many of `units` each store should have: a small balance whole to the best one, else a ticket's worth to each
    that is worth it, in order, and the rest to the best. Nothing where no store is known.
    """
    if not ranked or units <= 0:
        return {}
    best = ranked[0]
    if units <= ticket * WHOLE_UP_TO:
        return {best.store: units}
    shares, left = {best.store: ticket}, units - ticket
    for one in ranked[1:]:
        if left < ticket or one.weight < best.weight * WORTH_A_SHARE:
            break
        shares[one.store] = ticket
        left -= ticket
    shares[best.store] += left
    return shares


def layout(
    lying: Mapping[str, int], ranked: Sequence[Weighed], ticket: int = TYPICAL_TICKET
) -> dict[str, int]:
    """By store, the units that should lie there, given where those that can be moved lie now.

    What lies at head office always finds a place if any store is known. Where nothing does, and it all is of nearly as
    much use where it lies, it stays: moves are damped.
    """
    target = share(sum(lying.values()), ranked, ticket)
    if not target or lying.get(HEAD_OFFICE):
        return target or {store: units for store, units in lying.items() if store != HEAD_OFFICE}
    weights = {one.store: one.weight for one in ranked}
    if _use(lying, weights, target) >= GOOD_ENOUGH * _use(target, weights, target):
        return dict(lying)
    return target


def _use(lying: Mapping[str, int], weights: Mapping[str, float], target: Mapping[str, int]) -> float:
    """How much good units do where they lie; beyond what a store should have they do none."""
    return sum(
        min(units, target.get(store, units)) * weights.get(store, 0.0) for store, units in lying.items()
    )


def _weighed(store: str, reasons: list[Reason], down: Mapping[str, float] | None) -> Weighed:
    weight = sum(one.weight for one in reasons)
    if down is not None and store in down:
        factor = min(max((down[store] + USUAL_LINK) / (2 * USUAL_LINK), LEAST_LINK), MOST_LINK)
        return Weighed(store, weight * factor, (*reasons, Reason(Signal.LINK, factor)))
    return Weighed(store, weight, tuple(reasons))
