"""Traces made up for tuning and measuring: cards with habits, bookings before visits, top-ups, links that drop.

The same seed gives the same trace. Nothing here looks at the traces by which the product is judged; the figures are guesses
at a chain of five salons, and `Setting` says them all.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from salon_desk.simulation.traces import Event, Kind, Outage, Trace, stores_of

FUNDS = (2_500, 5_000, 5_000, 7_500, 7_500, 10_000, 10_000, 10_000, 10_000, 15_000, 15_000, 20_000, 30_000)
LEAST_TICKET, MOST_TICKET = 1_500, 40_000


@dataclass(frozen=True, slots=True)
class Setting:
    """How a chain lives. Days are days, outages have a median length and a spread of its logarithm (a heavy tail)."""

    cards: int = 2_000
    stores: int = 5
    days: float = 180.0
    faithful: float = 0.82
    """How often a member goes to the usual store, on average over members."""
    visits_per_day: float = 4.8 / 180
    booked: float = 0.70
    lead_days: float = 9.6
    top_up: float = 0.22
    """Top-ups after the first, a card, in the time of the trace."""
    ticket_median: int = 6_600
    ticket_spread: float = 0.55
    outages_per_day: float = 34 / 180
    outage_median: float = 0.05
    outage_spread: float = 1.55


TYPICAL = Setting()
STRESS = Setting(outages_per_day=19 / 180, outage_median=1.5, outage_spread=1.1)


def make_trace(seed: int, setting: Setting = TYPICAL) -> Trace:
    """A trace; the same for the same seed and setting."""
    chance = random.Random(f"salon-desk-trace/{seed}")
    stores = [str(number) for number in range(setting.stores)]
    events: list[Event] = []
    for number in range(setting.cards):
        events += _life(chance, setting, stores, str(number))
    order = {Kind.HOME: 0, Kind.FUND: 1, Kind.BOOK: 2, Kind.VISIT: 3}
    events.sort(key=lambda one: (one.day, order[one.kind], int(one.card)))
    outages = [one for store in stores for one in _outages(chance, setting, store)]
    outages.sort(key=lambda one: (one.from_day, one.store))
    return Trace(tuple(events), tuple(outages), stores_of(events, outages))


def _life(chance: random.Random, setting: Setting, stores: list[str], card: str) -> list[Event]:
    """One member: home, top-ups, and visits by habit, most of them booked some days before."""
    home = chance.choice(stores)
    second = chance.choice([one for one in stores if one != home] or [home])
    faithful = min(max(chance.gauss(setting.faithful, 0.14), 0.3), 1.0)
    rate = setting.visits_per_day * min(max(chance.gauss(1.0, 0.3), 0.3), 2.0)

    def somewhere() -> str:
        if chance.random() < faithful:
            return home
        return second if chance.random() < 0.6 else chance.choice(stores)

    begins = chance.uniform(0, setting.days * 0.66)
    bought_at = home if chance.random() < 0.2 else somewhere()
    events = [
        Event(_rounded(begins), Kind.HOME, card, home),
        Event(_rounded(begins), Kind.FUND, card, bought_at, chance.choice(FUNDS)),
    ]
    if chance.random() < setting.top_up:
        again = chance.uniform(begins, setting.days)
        events.append(Event(_rounded(again), Kind.FUND, card, somewhere(), chance.choice(FUNDS)))
    day = chance.expovariate(rate)
    while day < setting.days:
        store, cents = somewhere(), _ticket(chance, setting)
        if chance.random() < setting.booked:
            ahead = max(day - chance.expovariate(1 / setting.lead_days), 0.0)
            events.append(Event(_rounded(ahead), Kind.BOOK, card, store, 0, _rounded(day)))
        events.append(Event(_rounded(day), Kind.VISIT, card, store, cents))
        day += chance.expovariate(rate)
    return events


def _ticket(chance: random.Random, setting: Setting) -> int:
    cents = round(chance.lognormvariate(math.log(setting.ticket_median), setting.ticket_spread))
    return min(max(cents, LEAST_TICKET), MOST_TICKET)


def _outages(chance: random.Random, setting: Setting, store: str) -> list[Outage]:
    found, day = [], chance.expovariate(setting.outages_per_day)
    while day < setting.days:
        length = chance.lognormvariate(math.log(setting.outage_median), setting.outage_spread)
        end = min(day + max(length, 0.002), setting.days)
        if _rounded(end) > _rounded(day):
            found.append(Outage(store, _rounded(day), _rounded(end)))
        day = end + chance.expovariate(setting.outages_per_day) + 0.001
    return found


def _rounded(day: float) -> float:
    return round(day, 5)
