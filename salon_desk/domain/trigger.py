"""Triggers: the rule by which each one says yes of a member, and about what, so that one thing is said once.

What a message says is `message_template.py`, whether it may be sent `message_gate.py`; nothing is read here. A rule of the day
says yes on the day on which it becomes true and never for what was true before it was looked at: `since` is the last day that
was. Days are ordinals (`date.toordinal`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from salon_desk.domain.consent import Purpose
from salon_desk.domain.habit import History, habit, usual_ticket
from salon_desk.domain.limits import MAX_REFERENCE, check_text
from salon_desk.domain.message import Trigger
from salon_desk.domain.trigger_errors import TriggerInvalid

WORTH_DAYS = 7
"""A message about a habit is not worth saying later than so many days after its day."""
WORTH_HOURS = 48
"""Nor one about a sale or a balance later than so many hours after the sale."""
LATEST_TICKETS = 3
LEAST_BEFORE = 4
"""What dropped is told from so many visits before, no fewer; the last tickets are so many."""
_NO_VALUE = "no-top-up"


class TaskFor(StrEnum):
    """Whose task a trigger makes: nobody's, a manager's, or the member's consultant's (the manager's where there is none)."""

    NOBODY = ""
    MANAGER = "manager"
    CONSULTANT = "consultant"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a shop uses a trigger. `sends`: a message of `template`; `makes_task`: a task besides or instead.

    `threshold`: visits left of BALANCE_LOW, per cent of a drop of LESS_OFTEN and SMALLER_TICKETS, else 0. `days`: before
    an appointment, a lapse or a birthday; after the last visit of ABSENT; after the usual gap of CYCLE_DUE; the length of
    the two spans that LESS_OFTEN compares; else 0.
    """

    trigger: Trigger
    enabled: bool = False
    sends: bool = True
    template: str = ""
    threshold: int = 0
    days: int = 0
    makes_task: TaskFor = TaskFor.NOBODY


@dataclass(frozen=True, slots=True)
class Range:
    """Least and most of a number that a trigger knows; 0 to 0: it has none."""

    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """What holds of a trigger whatever a shop chose. `every_sale`: looked at after each sale, the others once a day."""

    purpose: Purpose
    threshold: int = 0
    days: int = 0
    thresholds: Range = Range()
    spans: Range = Range()
    every_sale: bool = False


_ABOUT, _SELLS = Purpose.TRANSACTIONAL, Purpose.MARKETING
_PERCENT = Range(10, 90)
KINDS: Mapping[Trigger, Kind] = {
    Trigger.AFTER_SALE: Kind(_ABOUT, every_sale=True),
    Trigger.BALANCE_LOW: Kind(_ABOUT, threshold=2, thresholds=Range(1, 20), every_sale=True),
    Trigger.BEFORE_APPOINTMENT: Kind(_ABOUT, days=1, spans=Range(0, 14)),
    Trigger.LAPSING: Kind(_ABOUT, days=14, spans=Range(1, 90)),
    Trigger.BIRTHDAY: Kind(_SELLS, days=3, spans=Range(0, 30)),
    Trigger.ABSENT: Kind(_SELLS, days=90, spans=Range(14, 730)),
    Trigger.LESS_OFTEN: Kind(_SELLS, threshold=50, days=90, thresholds=_PERCENT, spans=Range(30, 365)),
    Trigger.SMALLER_TICKETS: Kind(_SELLS, threshold=30, thresholds=_PERCENT),
    Trigger.CYCLE_DUE: Kind(_SELLS, days=0, spans=Range(0, 60)),
}
"""Every trigger that a shop can use, in the order in which they are shown; a campaign is started by hand, a confirmation answers."""
EVERY_SALE = tuple(trigger for trigger, kind in KINDS.items() if kind.every_sale)
DAILY = tuple(trigger for trigger, kind in KINDS.items() if not kind.every_sale)


@dataclass(frozen=True, slots=True)
class Appointment:
    """That somebody is expected: on which day, since when that is known."""

    booking: str
    day: int
    made_on: int
    starts_at: str
    store: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """That bonus or a coupon is lost after a day, and when it was given."""

    day: int
    given_on: int


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules of the day ask of a member. `birthday`: "MM-DD", an ISO date, or empty."""

    member: str
    history: History
    birthday: str = ""
    appointments: Sequence[Appointment] = ()
    lapses: Sequence[Lapse] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """That a trigger says yes. `subject`: what about, the same whenever it is asked; `until`: the last day worth saying it."""

    trigger: Trigger
    subject: str
    until: int
    appointment: Appointment | None = None


Rule = Callable[[Settings, Person, int, int], Iterator[Due]]
"""What a trigger says of a person today, given the last day that was looked at."""


def defaults(trigger: Trigger) -> Settings:
    """A trigger as long as the shop said nothing: off. Its template has its name."""
    kind = KINDS[trigger]
    return Settings(trigger, template=trigger.value, threshold=kind.threshold, days=kind.days)


def check_settings(settings: Settings) -> None:
    """Refuse settings that cannot be meant. Raises TriggerInvalid, TextTooLong."""
    kind = KINDS.get(settings.trigger)
    if kind is None:
        raise TriggerInvalid(settings.trigger.value, "trigger")
    for field, number, allowed in (
        ("threshold", settings.threshold, kind.thresholds),
        ("days", settings.days, kind.spans),
    ):
        if not allowed.least <= number <= allowed.most:
            raise TriggerInvalid(settings.trigger.value, field)
    check_text("template", settings.template, MAX_REFERENCE)
    if settings.enabled and not (settings.makes_task or (settings.sends and settings.template)):
        raise TriggerInvalid(settings.trigger.value, "template")


def fitting(settings: Settings) -> Settings:
    """The settings with numbers that this program can mean in the place of those that it cannot."""
    kind = KINDS[settings.trigger]
    return replace(
        settings,
        threshold=_within(settings.threshold, kind.thresholds, kind.threshold),
        days=_within(settings.days, kind.spans, kind.days),
    )


def due_today(settings: Settings, person: Person, today: int, since: int) -> list[Due]:
    """What a trigger of the day says of a person on a business day, when `since` was the last that was looked at."""
    return list(_RULES[settings.trigger](settings, person, today, since))


def is_low(balance: int, usual: int | None, threshold: int) -> bool:
    """Whether a balance (cents) is down to so many usual tickets; never where no ticket is usual yet."""
    return usual is not None and balance <= threshold * usual


def visits_left(balance: int, usual: int | None) -> int | None:
    """How many usual tickets a balance (cents) pays in full; None where no ticket is usual yet."""
    return None if usual is None else max(balance, 0) // usual


def low_subject(history: History) -> str:
    """What a low balance is about: the last top-up, so that it is said once until the next one."""
    return history.top_up or _NO_VALUE


def next_birthday(birthday: str, today: int) -> int | None:
    """The day of the next birthday, today's included; 29 February is 28 February where there is none. None for no date."""
    year = date.fromordinal(today).year
    day = _birthday_in(birthday, year)
    return day if day is None or day >= today else _birthday_in(birthday, year + 1)


def _before_appointment(settings: Settings, person: Person, today: int, since: int) -> Iterator[Due]:
    for one in person.appointments:
        due = max(one.day - settings.days, min(one.made_on + 1, one.day))
        if since < due <= today <= one.day:
            yield Due(settings.trigger, one.booking, one.day, one)


def _lapsing(settings: Settings, person: Person, today: int, since: int) -> Iterator[Due]:
    first: dict[int, int] = {}
    for one in person.lapses:
        first[one.day] = min(first.get(one.day, one.given_on), one.given_on)
    for day, given_on in sorted(first.items()):
        if since < max(day - settings.days, given_on + 1) <= today <= day:
            yield Due(settings.trigger, date.fromordinal(day).isoformat(), day)


def _birthday(settings: Settings, person: Person, today: int, since: int) -> Iterator[Due]:
    day = next_birthday(person.birthday, today) if person.birthday else None
    if day is not None and since < day - settings.days <= today:
        yield Due(settings.trigger, str(date.fromordinal(day).year), day)


def _absent(settings: Settings, person: Person, today: int, since: int) -> Iterator[Due]:
    if person.history.visits and not _expected(person, today):
        last = person.history.visits[-1]
        yield from _on(settings, last.day + settings.days, last.sale, (today, since))


def _cycle_due(settings: Settings, person: Person, today: int, since: int) -> Iterator[Due]:
    if _expected(person, today):
        return
    found = habit(person.history.visits)
    if found.usual_gap is not None:
        yield from _on(
            settings, found.last + found.usual_gap + settings.days, found.last_sale, (today, since)
        )


def _less_often(settings: Settings, person: Person, today: int, since: int) -> Iterator[Due]:
    def dropped(past: History, day: int) -> bool:
        now = past.visits_within(day, settings.days)
        before = past.visits_within(day - settings.days, settings.days)
        return now > 0 and before >= LEAST_BEFORE and now * 100 <= before * (100 - settings.threshold)

    if not _expected(person, today):
        yield from _when_new(settings, person, dropped, (today, since))


def _smaller_tickets(settings: Settings, person: Person, today: int, since: int) -> Iterator[Due]:
    def dropped(past: History, day: int) -> bool:
        cost = [one for one in past.until(day) if one.cents > 0]
        latest, before = cost[-LATEST_TICKETS:], cost[:-LATEST_TICKETS]
        usual = usual_ticket(before) if len(before) >= LEAST_BEFORE else None
        if usual is None:
            return False
        now = sum(one.cents for one in latest)
        return now * 100 <= LATEST_TICKETS * usual * (100 - settings.threshold)

    yield from _when_new(settings, person, dropped, (today, since))


_RULES: Mapping[Trigger, Rule] = {
    Trigger.BEFORE_APPOINTMENT: _before_appointment,
    Trigger.LAPSING: _lapsing,
    Trigger.BIRTHDAY: _birthday,
    Trigger.ABSENT: _absent,
    Trigger.LESS_OFTEN: _less_often,
    Trigger.SMALLER_TICKETS: _smaller_tickets,
    Trigger.CYCLE_DUE: _cycle_due,
}


def _on(settings: Settings, day: int, sale: str, looked: tuple[int, int]) -> Iterator[Due]:
    """Yes on a day that follows from the last visit, about that visit."""
    today, since = looked
    if since < day <= today <= day + WORTH_DAYS:
        yield Due(settings.trigger, sale, day + WORTH_DAYS)


def _when_new(
    settings: Settings, person: Person, holds: Callable[[History, int], bool], looked: tuple[int, int]
) -> Iterator[Due]:
    """Yes when something holds that did not hold on the last day that was looked at, about the last visit.

    A day is looked at when it begins: a visit on that day itself was not known then.
    """
    today, since = looked
    before = max(since, today - WORTH_DAYS)
    known = person.history.until(today)
    if not known or not holds(person.history, today):
        return
    if not holds(History(tuple(person.history.until(before - 1))), before):
        yield Due(settings.trigger, known[-1].sale, today + WORTH_DAYS)


def _expected(person: Person, today: int) -> bool:
    return any(one.day >= today for one in person.appointments)


def _birthday_in(birthday: str, year: int) -> int | None:
    try:
        month, day = map(int, birthday[-5:].split("-"))
        if (month, day) == (2, 29):
            return date(year, 3, 1).toordinal() - 1
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def _within(number: int, allowed: Range, otherwise: int) -> int:
    return number if allowed.least <= number <= allowed.most else otherwise
