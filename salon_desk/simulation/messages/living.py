"""How the made-up members live: when they come, top up, book, stay away, change their mind, move house, and are merged or erased.

Each moment gives the operations of what happens then; sending is the product's. All chance comes from one seed.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from salon_desk.domain.clock import instant_text
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.operations.booking import BookingCancelled, BookingMade
from salon_desk.operations.card import CardIssued
from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.erasure import WhyErased
from salon_desk.operations.member import MembersMerged
from salon_desk.operations.operation import Operation
from salon_desk.services.describe import described
from salon_desk.services.erasing import erasure
from salon_desk.simulation.messages.counter import Counter as Desk
from salon_desk.simulation.messages.people import HOMES, Agreed, Person

VISIT_HOURS = (15, 18, 21, 27)
"""UTC, of the day; the last one is late in the evening in the west."""
OFTEN_MERGED, OFTEN_ERASED = 15_000, 20_000
"""Of so many members one, each day."""
_SMS = Channel.SMS
Event = Callable[[Desk], Iterator[Operation]]


class Living:
    """All members; `people` by their ids, `phones` as they are now, `done` counts what happened."""

    def __init__(self, people: Sequence[Person], chance: random.Random, first: date) -> None:
        self.people = {one.id: one for one in people}
        self.phones = {one.id: one.phone for one in people}
        self.done: Counter[str] = Counter()
        self._chance = chance
        self._first = first
        self._due: dict[tuple[int, int], list[Event]] = defaultdict(list)
        for one in people:
            self._at(one.joins, self._of(one, self._join))

    def moment(self, day: int, hour: int, desk: Desk) -> list[Operation]:
        """What happens by an hour of a day, the first one being 0; inside the recording transaction."""
        found: list[Operation] = []
        for event in self._due.pop((day, hour), ()):
            found += event(desk)
        return found

    def strange(self, day: int, desk: Desk) -> list[Operation]:
        """What befalls a few on a day whatever they do: a second description is found, somebody wants to be forgotten."""
        found: list[Operation] = []
        for _time in range(self._rarely(len(self.people) / OFTEN_MERGED)):
            one, other = self._chance.sample(sorted(self.people), 2)
            found += self._merged(desk, self.people[one], self.people[other], day)
        for _time in range(self._rarely(len(self.people) / OFTEN_ERASED)):
            found += self._erased(desk, self.people[self._chance.choice(sorted(self.people))])
        return found

    def _merged(self, desk: Desk, one: Person, other: Person, day: int) -> Iterator[Operation]:
        pair = (one, other)
        if any(person.erased or len(person.ids) > 1 or person.joins >= day for person in pair):
            return
        one.ids += other.ids
        other.ids = one.ids
        self.done["merged"] += 1
        yield MembersMerged(merge=desk.till.new_id(), member=one.id, duplicate=other.id)

    def _erased(self, desk: Desk, person: Person) -> Iterator[Operation]:
        if person.erased or not person.joined:
            return
        for id_ in person.ids:
            self.people[id_].erased = True
        self.done["erased"] += 1
        yield from erasure(desk.transaction, person.id, WhyErased.ASKED)

    def _join(self, desk: Desk, person: Person, day: int) -> Iterator[Operation]:
        person.joined = True
        self.done["joined"] += 1
        values = {
            "name": person.name,
            "latin_name": person.name if person.name.isascii() else "",
            "phone": person.phone,
            "email": person.email,
            "language": person.language,
            "birthday": person.birthday,
            "home_store": person.shop.id if self._chance.random() < 0.7 else "",
        }
        yield described(desk.transaction, MemberDescribed, person.id, values)
        yield CardIssued(card=person.card, code=person.card, currency=person.shop.currency, member=person.id)
        for one in person.agreed:
            if person.phone if one.channel is _SMS else person.email:
                yield desk.agreed(person, one)
        if self._chance.random() < 0.6:
            yield desk.topped_up(person, 30_000, 3_000, self._chance.choice((40, 90, 180)))
        self._comes_again(person, day, self._chance.random())

    def _visit(self, desk: Desk, person: Person, day: int) -> Iterator[Operation]:
        if person.erased:
            return
        chance, cents = self._chance, round(person.ticket * self._chance.uniform(0.8, 1.25))
        self.done["visits"] += 1
        yield desk.sold(person, cents)
        if desk.balance(person) < 3 * cents and chance.random() < 0.3:
            self.done["top_ups"] += 1
            yield desk.topped_up(person, 20_000, chance.choice((0, 2_000)), chance.choice((40, 90, 180)))
        if chance.random() < 0.08:
            self.done["coupons"] += 1
            yield desk.gift(person)
        if chance.random() < 0.02:
            yield from self._said(desk, person)
        if chance.random() < 0.04:
            person.cycle = min(person.cycle * 2.2, 120)
        if chance.random() < 0.03:
            person.ticket = max(person.ticket // 2, 2_000)
        if chance.random() < 0.05:
            self.done["dropped_out"] += 1
            if chance.random() < 0.5:
                self._at(day + chance.randint(95, 200), self._of(person, self._visit))
            return
        yield from self._booked(desk, person, day, self._comes_again(person, day, 1))

    def _said(self, desk: Desk, person: Person) -> Iterator[Operation]:
        """Changes a mind, or a telephone."""
        chance = self._chance
        kind = chance.choice(("withdraw", "withdraw", "agree", "move"))
        self.done[kind] += 1
        if kind == "withdraw":
            yield desk.withdrawn(person, chance.choice((_SMS, Channel.EMAIL)), chance.choice(tuple(Purpose)))
        elif kind == "agree" and person.phone:
            yield desk.agreed(person, Agreed(_SMS, chance.choice(tuple(Purpose))))
        elif kind == "move":
            person.phone = f"+1{chance.choice(tuple(HOMES))}{chance.randint(2_000_000, 9_999_999)}"
            self.phones[person.id] = person.phone
            yield described(desk.transaction, MemberDescribed, person.id, {"phone": person.phone})

    def _comes_again(self, person: Person, day: int, part: float) -> int:
        gap = max(1, round(part * person.cycle * self._chance.lognormvariate(0, 0.2)))
        self._at(day + gap, self._of(person, self._visit))
        return day + gap

    def _booked(self, desk: Desk, person: Person, day: int, comes: int) -> Iterator[Operation]:
        chance = self._chance
        if chance.random() > 0.3:
            return
        comes += 0 if chance.random() < 0.85 else chance.randint(1, 5)
        starts = datetime.combine(self._first, time(), UTC) + timedelta(
            days=comes, hours=chance.randint(14, 26)
        )
        booking = desk.till.new_id()
        self.done["bookings"] += 1
        yield BookingMade(
            booking=booking, member=person.id, store=person.shop.id, starts_at=instant_text(starts)
        )
        if chance.random() < 0.15:
            off = BookingCancelled(booking=booking, member=person.id)
            at = chance.randint(day + 1, max(comes, day + 1))
            self._at(at, lambda _desk: iter(() if person.erased else (off,)))

    def _of(self, person: Person, what: Callable[[Desk, Person, int], Iterator[Operation]]) -> Event:
        def event(desk: Desk) -> Iterator[Operation]:
            today = date.fromisoformat(desk.day).toordinal() - self._first.toordinal()
            return what(desk, person, today)

        return event

    def _at(self, day: int, event: Event) -> None:
        self._due[day, self._chance.choice(VISIT_HOURS)].append(event)

    def _rarely(self, expected: float) -> int:
        whole = int(expected)
        return whole + (self._chance.random() < expected - whole)
