"""The flow of value in a chain as plain dictionaries: for baselines, and for tuning and pooling where the real code is too slow.

It follows the same steps as the product does (want, recall, placing, overdraft, recovery), one till a store; a test holds it
to the same figures as the real code. `Rules` are what the baselines do otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from salon_desk.head_office import sweeping
from salon_desk.head_office.weighing import HEAD_OFFICE, At, Habits, layout, weigh
from salon_desk.simulation.chain import Shape, Till
from salon_desk.simulation.traces import Event, Kind
from salon_desk.storage import link_gaps

_DAY = timedelta(days=1)
_BEHIND, _AHEAD = sweeping.BEHIND / _DAY, sweeping.AHEAD / _DAY
_WINDOW, _KNOWN_FOR = link_gaps.WINDOW / _DAY, link_gaps.KNOWN_FOR / _DAY

Lying = dict[str, int]
Place = Callable[[Lying, Habits, float, Collection[str], Mapping[str, float]], Lying]
"""Where units in reach should lie, from where they lie, what is known, the day, the stores in reach and their links."""


def by_habit(
    lying: Lying, habits: Habits, day: float, reach: Collection[str], down: Mapping[str, float]
) -> Lying:
    """As the product places."""
    return layout(lying, weigh(habits, day, reach, down or None))


@dataclass(frozen=True, slots=True)
class Rules:
    """How value is placed. `beyond`: cut-off tills also take what they last knew to lie elsewhere, and book nothing."""

    place: Place = by_habit
    beyond: bool = False


@dataclass(slots=True)
class Known:
    """What head office knows of a card's member."""

    home: str = ""
    visits: list[At] = field(default_factory=list)
    bookings: list[At] = field(default_factory=list)


class Fold:
    """A chain without code of the product."""

    def __init__(self, shape: Shape, rules: Rules | None = None) -> None:
        self._shape = shape
        self._rules = rules or Rules()
        self._day = 0.0
        self._reach = set(shape.stores)
        self._lies: dict[str, Lying] = {}
        self._owed: dict[str, Lying] = {}
        """By card, overdraft that was not recovered, where its units lie."""
        self._known: dict[str, Known] = {}
        self._issued: set[str] = set()
        """The cards that head office knows."""
        self._named: dict[str, set[str]] = {store: set() for store in shape.stores}
        self._unheard: dict[str, list[Event]] = {}
        self._seen: dict[str, Lying] = {}
        """By store that is cut off, what head office believes to lie there."""
        self._balance: dict[str, Lying] = {}
        """By store that is cut off, what it believes each card to be worth."""
        self._down: dict[str, float] = {}
        self._cut_at: dict[str, float] = {}
        self._gaps: dict[str, list[tuple[float, float]]] = {store: [] for store in shape.stores}

    def turn_to(self, day: float) -> None:
        """It is that day now; each midnight there is a round."""
        if int(day) > int(self._day):
            self._day = float(int(day))
            self._links()
            for card in sorted(self._lies):
                if self._near(card):
                    self._settle(card)
        self._day = day
        self._links()

    def cut(self, store: str) -> None:
        """The link of a store drops."""
        self._cut_at[store] = self._day
        balances = {card: self._believed(card) for card in self._issued}
        self._reach.discard(store)
        self._seen[store] = {card: places.get(store, 0) for card, places in self._lies.items()}
        self._balance[store] = balances
        self._unheard[store] = []

    def link(self, store: str) -> None:
        """Head office hears what happened there and places anew what this store has to do with."""
        self._reach.add(store)
        self._gaps[store].append((self._cut_at.pop(store), self._day))
        self._links()
        del self._seen[store], self._balance[store]
        touched = {card for card, places in self._lies.items() if places.get(store)}
        touched |= {card for card, places in self._owed.items() if places.get(store)}
        for event in self._unheard.pop(store):
            self._learn(event)
            touched.add(event.card)
        for card in touched | self._named[store]:
            self._settle(card)

    def belongs(self, event: Event) -> None:
        """A member says which store is theirs."""
        self._hear(event)

    def booked(self, event: Event) -> None:
        """A booking is made."""
        self._hear(event)

    def funded(self, event: Event, _till: Till) -> None:
        """Value is bought."""
        self._add(event.card, event.store, event.cents)
        if event.store in self._balance:
            self._balance[event.store][event.card] = (
                self._balance[event.store].get(event.card, 0) + event.cents
            )
        self._hear(event)

    def visited(self, event: Event, _till: Till, *, by_phone: bool) -> tuple[int, int]:
        """As much as the card allows, and what of it is overdraft."""
        card, store = event.card, event.store
        places = self._lies.setdefault(card, {})
        offline = store not in self._reach
        missing = self._missing(card, store, event.cents)
        if missing > 0 and (by_phone or not offline):
            self._fetch(card, store, missing)
        here = min(event.cents, places.get(store, 0))
        overdraft = self._overdraft(card, store, event.cents - here, here) if offline else 0
        self._add(card, store, -here)
        if overdraft:
            self._owed.setdefault(card, {})
            self._owed[card][store] = self._owed[card].get(store, 0) + overdraft
        beyond = 0
        if offline:
            believed = self._balance[store]
            if self._rules.beyond:
                beyond = min(event.cents - here, max(believed.get(card, 0) - here, 0))
            believed[card] = believed.get(card, 0) - here - overdraft - beyond
        self._hear(event)
        return here + overdraft + beyond, overdraft

    def outstanding(self) -> Lying:
        """By card, the overdraft that was not recovered."""
        return {card: owed for card, places in self._owed.items() if (owed := sum(places.values()))}

    def lying(self) -> dict[str, Lying]:
        """By card, the cents at each place."""
        return self._lies

    def close(self) -> None:
        """Nothing to close."""

    def _hear(self, event: Event) -> None:
        """Head office learns of it at once, or when the link is back."""
        if event.store in self._unheard:
            self._unheard[event.store].append(event)
            return
        self._learn(event)
        self._settle(event.card)

    def _learn(self, event: Event) -> None:
        known = self._known.setdefault(event.card, Known())
        self._named[event.store].add(event.card)
        match event.kind:
            case Kind.HOME:
                known.home = event.store
            case Kind.BOOK:
                known.bookings.append(At(event.store, event.for_day))
            case Kind.VISIT:
                known.visits.append(At(event.store, event.day))
                known.visits.sort(key=lambda one: one.day)
            case Kind.FUND:
                self._issued.add(event.card)

    def _near(self, card: str) -> bool:
        """Whether somebody with this card is expected soon, or was just now."""
        known = self._known.get(card)
        if known is None or not known.bookings:
            return False
        known.bookings = [one for one in known.bookings if one.day - self._day >= -_BEHIND]
        return any(one.day - self._day <= _AHEAD for one in known.bookings)

    def _links(self) -> None:
        """What is known of each link."""
        known_for, since = min(self._day, _WINDOW), self._day - _WINDOW
        if known_for >= _KNOWN_FOR:
            for store, gaps in self._gaps.items():
                while gaps and gaps[0][1] < since:
                    gaps.pop(0)
                self._down[store] = sum(end - max(begin, since) for begin, end in gaps) / known_for

    def _missing(self, card: str, store: str, cents: int) -> int:
        """What to ask for: no more than is believed to lie elsewhere."""
        here = self._lies[card].get(store, 0)
        if store in self._balance:
            return min(cents, self._balance[store].get(card, 0)) - here
        return cents - here

    def _fetch(self, card: str, store: str, missing: int) -> None:
        """What a want does: first what lies at head office, then of those in reach who have most."""
        places = self._lies[card]
        others = [one for one in sorted(places) if one in self._reach and one != store and places[one]]
        for place in [HEAD_OFFICE, *sorted(others, key=lambda one: -places[one])]:
            taken = min(missing, places.get(place, 0))
            if taken:
                self._add(card, place, -taken)
                self._add(card, store, taken)
                missing -= taken
                if store in self._seen:
                    self._seen[store][card] = self._seen[store].get(card, 0) + taken

    def _overdraft(self, card: str, store: str, missing: int, paying: int) -> int:
        most = self._shape.overdraft_cents
        if not most or missing <= 0:
            return 0
        here = self._owed.get(card, {}).get(store, 0)
        given = sum(places.get(store, 0) for places in self._owed.values())
        believed = self._balance[store].get(card, 0) - paying
        return max(min(missing, most - here, 10 * most - given, believed), 0)

    def _settle(self, card: str) -> None:
        """Recover what is owed, and let what can be moved find its place."""
        places = self._lies.setdefault(card, {})
        if card in self._owed:
            self._recover(card, places)
        movable = {
            place: units
            for place, units in places.items()
            if units and (place in self._reach or place == HEAD_OFFICE)
        }
        if not movable:
            return
        known = self._known.get(card) or Known()
        habits = Habits(home=known.home, visits=known.visits, bookings=known.bookings)
        target = self._rules.place(movable, habits, self._day, self._reach, self._down)
        left = sum(movable.values()) - sum(target.values())
        for place in movable:
            places[place] = 0
        for place, units in target.items():
            places[place] = places.get(place, 0) + units
        places[HEAD_OFFICE] = places.get(HEAD_OFFICE, 0) + left

    def _recover(self, card: str, places: Lying) -> None:
        owed = self._owed[card]
        for at in [one for one in owed if one in self._reach]:
            owed[HEAD_OFFICE] = owed.get(HEAD_OFFICE, 0) + owed.pop(at)
        due = owed.get(HEAD_OFFICE, 0)
        for place in sorted(places, key=lambda one: (one != HEAD_OFFICE, -places[one], one)):
            if due and (place in self._reach or place == HEAD_OFFICE):
                taken = min(due, places[place])
                places[place] -= taken
                due -= taken
        owed[HEAD_OFFICE] = due

    def _believed(self, card: str) -> int:
        """What head office believes a card to be worth."""
        places = self._lies[card]
        if not self._seen and card not in self._owed:
            return sum(places.values())
        at_hand = sum(units for place, units in places.items() if place not in self._seen)
        owed = sum(units for place, units in self._owed.get(card, {}).items() if place not in self._seen)
        return at_hand + sum(seen.get(card, 0) for seen in self._seen.values()) - owed

    def _add(self, card: str, place: str, units: int) -> None:
        places = self._lies.setdefault(card, {})
        places[place] = places.get(place, 0) + units
