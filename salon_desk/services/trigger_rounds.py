"""The day's round of triggers over all members, a page at a time: whose day it is, and what the rules say of each.

What is done with it is `triggers.py`'s. A store's round belongs to its business day; a member belongs to the home store, else to where
the last visit was, else to the first store there is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import structs

from salon_desk.domain.card import card_assets
from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.habit import History, history
from salon_desk.domain.lapse import Lot
from salon_desk.domain.message import Trigger
from salon_desk.domain.trigger import Appointment, Due, Lapse, Person, Settings, due_today
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.services.till import business_day_at
from salon_desk.services.trigger_marks import Marks, Round
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import habits, lapses, stores
from salon_desk.storage.queries.habits import Whose
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.moves import everywhere

A_PAGE = 60
"""Members at a time: some ten milliseconds."""
_HABITS = frozenset((Trigger.ABSENT, Trigger.LESS_OFTEN, Trigger.SMALLER_TICKETS, Trigger.CYCLE_DUE))
_EXPECTED = frozenset((Trigger.BEFORE_APPOINTMENT, Trigger.ABSENT, Trigger.LESS_OFTEN, Trigger.CYCLE_DUE))


@dataclass(frozen=True, slots=True)
class Place:
    """A store's clock and money. `today`: its business day, an ordinal."""

    store: str
    time_zone: str
    day_cut_off: str
    currency: str
    today: int

    def end_of(self, day: int) -> datetime:
        """The instant at which a business day (an ordinal) is over."""
        hours, minutes = map(int, self.day_cut_off.split(":"))
        return datetime.combine(date.fromordinal(day + 1), time(hours, minutes), ZoneInfo(self.time_zone))

    def day_of(self, instant: datetime) -> int:
        """The business day of an instant, as an ordinal."""
        return _ordinal(business_day_at(instant, self.time_zone, self.day_cut_off))


@dataclass(frozen=True, slots=True)
class Found:
    """That a trigger says yes of a member, for which store."""

    member: str
    store: str
    due: Due

    def expires(self, place: Place) -> datetime:
        """The instant from which it is not worth saying: an appointment's beginning, else the end of its last day."""
        if self.due.appointment is not None:
            return parse_instant(self.due.appointment.starts_at)
        return place.end_of(self.due.until)


def iso(day: int) -> str:
    """A day as an ISO date."""
    return date.fromordinal(day).isoformat()


def places(transaction: Transaction, now: datetime) -> dict[str, Place]:
    """The stores by their ids, the first one first; a place without a name where nobody described a store yet."""
    found = {
        one.id: Place(
            one.id,
            one.time_zone,
            one.day_cut_off,
            one.currency,
            _ordinal(business_day_at(now, one.time_zone, one.day_cut_off)),
        )
        for one in stores.all_stores(transaction)
    }
    return found or {"": Place("", "UTC", "04:00", "USD", now.date().toordinal())}


def begun(marks: Marks, known: Mapping[str, Place]) -> Marks:
    """Begin a round for the stores whose day is a new one; a store that is seen for the first time begins tomorrow."""
    days = {name: marks.days.get(name, place.today) for name, place in known.items()}
    marks = structs.replace(marks, days=days)
    if marks.round is not None:
        return marks
    new = {name: place.today for name, place in known.items() if place.today > days[name]}
    return structs.replace(marks, round=Round(new)) if new else marks


def ended(marks: Marks) -> Marks:
    """The round is over: its days were looked at."""
    assert marks.round is not None
    return structs.replace(marks, days=marks.days | marks.round.days, round=None)


def page(
    transaction: Transaction,
    marks: Marks,
    settings: Sequence[Settings],
    known: Mapping[str, Place],
    now: datetime,
) -> tuple[list[Found], Marks]:
    """What the rules say of the next members, and how far the round is then."""
    assert marks.round is not None
    people = habits.page(transaction, marks.round.after, A_PAGE)
    found: list[Found] = []
    if people:
        whose = Whose(marks.round.after, people[-1].id)
        look = _Look(transaction, whose, settings, now)
        found = [one for row in people for one in look.at(row, marks, known)]
    if len(people) < A_PAGE:
        return found, ended(marks)
    return found, structs.replace(marks, round=structs.replace(marks.round, after=people[-1].id))


class _Look:
    """What is needed of a page of members, read once; and of a merged person besides, whatever page the ids are on."""

    def __init__(
        self, transaction: Transaction, whose: Whose, settings: Sequence[Settings], now: datetime
    ) -> None:
        self._transaction, self._settings, self._now = transaction, settings, now
        self._wanted = {one.trigger for one in settings}
        self._merged = set(habits.merged_in(transaction, whose))
        self._read = self._rows(whose)

    def at(self, row: Any, marks: Marks, known: Mapping[str, Place]) -> Iterator[Found]:
        """What the rules say of one member of the page."""
        assert marks.round is not None
        ids = group(self._transaction, row.id) if row.id in self._merged else (row.id,)
        if ids[0] != row.id:
            return
        documents, expected, coupons, bonus = (
            self._of(kind, ids) for kind in ("documents", "expected", "coupons", "bonus")
        )
        place = _place(row, documents, known)
        if place.store not in marks.round.days:
            return
        today = marks.round.days[place.store]
        person = Person(
            row.id,
            history(documents, place.currency) if self._wanted & _HABITS else History(),
            row.birthday,
            [_appointment(one, place) for one in expected],
            [
                *_lapses((c.to_day, c.issued_on) for c in coupons),
                *_lapses((b.until, b.given_on) for b in bonus),
            ],
        )
        for one in self._settings:
            since = max(marks.days[place.store], marks.on[one.trigger.value].day)
            for due in due_today(one, person, today, since):
                if one.trigger is not Trigger.LAPSING or self._is_left(due, coupons, bonus):
                    yield Found(row.id, place.store, due)

    def _rows(self, whose: Whose) -> dict[str, dict[str, list[Any]]]:
        """By kind and by member. Bonus and coupons from today on by the calendar of the west, a day more than enough."""
        today = (self._now - timedelta(days=1)).date().isoformat()
        transaction, lapsing = self._transaction, Trigger.LAPSING in self._wanted
        since = instant_text(self._now - timedelta(days=1))
        return {
            "documents": habits.documents(transaction, whose),
            "expected": habits.expected(transaction, whose, since) if self._wanted & _EXPECTED else {},
            "coupons": habits.coupons_left(transaction, whose, today) if lapsing else {},
            "bonus": habits.bonus_ending(transaction, whose, today) if lapsing else {},
        }

    def _of(self, kind: str, ids: Sequence[str]) -> list[Any]:
        """The rows of a person: those of the page, and those of other ids that were merged."""
        if len(ids) == 1:
            return self._read[kind].get(ids[0], [])
        return [row for one in ids for row in self._rows(Whose(member=one))[kind].get(one, ())]

    def _is_left(self, due: Due, coupons: Sequence[Any], bonus: Sequence[Any]) -> bool:
        """Whether anything that lapses on that day was not used yet."""
        if any(one.to_day == due.subject for one in coupons):
            return True
        cards = {(one.card, one.currency) for one in bonus if one.until == due.subject}
        return any(bonus_left(self._transaction, *one, due.subject) > 0 for one in sorted(cards))


def bonus_left(transaction: Transaction, card: str, currency: str, day: str) -> int:
    """Cents of a card's bonus that are lost after a day: what lapses first was spent first."""
    asset = card_assets(card, currency).bonus
    lots = lapses.lots(transaction, asset)
    return _left(everywhere(transaction, asset), lots, day)


def _left(whole: int, lots: Sequence[Lot], day: str) -> int:
    later = sum(one.units for one in lots if not one.until or one.until > day)
    given = sum(one.units for one in lots if one.until == day)
    return max(0, min(whole - later, given))


def _place(row: Any, documents: Sequence[Any], known: Mapping[str, Place]) -> Place:
    if row.home_store in known:
        return known[row.home_store]
    visits = [one for one in documents if one.kind == "sale" and not one.voided_by and one.store in known]
    if visits:
        return known[max(visits, key=lambda one: (one.business_day, one.sold_at, one.op_id)).store]
    return next(iter(known.values()))


def _appointment(row: Any, place: Place) -> Appointment:
    starts = parse_instant(row.starts_at)
    made = instant_of(row.made_at)
    return Appointment(row.id, place.day_of(starts), place.day_of(made), row.starts_at, row.store)


def _lapses(days: Iterable[tuple[str, str]]) -> Iterator[Lapse]:
    """What is lost after a day, and when it was given; what has no end, or none that can be read, is not."""
    for until, given_on in days:
        with contextlib.suppress(ValueError):
            yield Lapse(_ordinal(until), _ordinal(given_on))


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
