"""When a message may be sent to a person: inside the hours of every place and clock where the person may be (RULES 20).

No figure of law stands here: hours are rows of the rule pack. The strictest counts: an instant is good when it is good by all
clocks at once. Instants become local times and never the other way round, so that a change of the clocks needs no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from salon_desk.domain.rules import RulePack

HOURS = "messages.hours."
WEEKDAY, SATURDAY, SUNDAY = (HOURS + day for day in ("weekday", "saturday", "sunday"))
"""Keys of the rule pack."""
_DAYS_AHEAD = (2, 9)
"""First what is near, then every clock's week with a day to spare on both sides: what opens in none of them never does."""
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of a local day, from `opens` on and before `closes`; two alike: not at all."""

    opens: int
    closes: int

    def hold(self, minute: int) -> bool:
        """Whether a minute of the day lies inside."""
        return self.opens <= minute < self.closes


Week = tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
"""Monday to Sunday."""


@dataclass(frozen=True, slots=True)
class Place:
    """A state or province, as in a rule pack ("US-TX"), and the clocks that a person there may keep (time zones)."""

    jurisdiction: str
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Local:
    """A clock on somebody's wall, and the hours that hold by it."""

    zone: str
    week: Week


@dataclass(frozen=True, slots=True)
class Quiet:
    """Whether a message may be sent now, and from which instant on it may when not; none: never, no hour suits all clocks.

    `zone_known`: False where nobody knows where the person is, so that all places had to agree.
    """

    allowed: bool
    opens: datetime | None = None
    zone_known: bool = True


def parse_hours(text: str) -> Hours:
    """Hours from "09:00-20:00", until "24:00" at most; an empty text: not at all. ValueError for anything else."""
    if not text:
        return Hours(0, 0)
    opens, closes = (_minute(part) for part in text.split("-"))
    if opens >= closes:
        raise ValueError(text)
    return Hours(opens, closes)


def week(rules: RulePack, jurisdiction: str, day: str) -> Week:
    """The hours of a place as they are law on an ISO date. Raises RuleMissing."""
    weekday, saturday, sunday = (
        parse_hours(str(rules.lookup(jurisdiction, key, day))) for key in (WEEKDAY, SATURDAY, SUNDAY)
    )
    return (weekday, weekday, weekday, weekday, weekday, saturday, sunday)


def clocks(rules: RulePack, places: Iterable[Place], day: str) -> tuple[Local, ...]:
    """Every clock of some places with its hours as they are law on an ISO date, each once. Raises RuleMissing."""
    found: dict[Local, None] = {}
    for place in places:
        hours = week(rules, place.jurisdiction, day)
        found |= dict.fromkeys(Local(zone, hours) for zone in place.zones)
    return tuple(found)


def quiet_hours(now: datetime, by: Sequence[Local], *, zone_known: bool = True) -> Quiet:
    """Whether a message may be sent now by all of these clocks, or from when on. `now` is aware; `opens` is UTC."""
    if _allowed(now, by):
        return Quiet(True, zone_known=zone_known)
    opens = None
    for days in _DAYS_AHEAD:
        turns = sorted({instant for instant in _turns(now, by, days) if instant > now})
        opens = next((instant for instant in turns if _allowed(instant, by)), None)
        if opens is not None and opens - now < timedelta(days=1):
            break
    return Quiet(False, opens, zone_known)


@cache
def _zone(name: str) -> ZoneInfo:
    """A time zone, kept: `zoneinfo` itself keeps eight and would read the others from the disk each time."""
    return ZoneInfo(name)


def _allowed(instant: datetime, by: Iterable[Local]) -> bool:
    for one in by:
        local = instant.astimezone(_zone(one.zone))
        if not one.week[local.weekday()].hold(local.hour * 60 + local.minute):
            return False
    return True


def _turns(now: datetime, by: Iterable[Local], days: int) -> Iterator[datetime]:
    """Every instant within some days at which a clock may begin to allow: its hours open, or it is put forward or back."""
    for one in by:
        zone = _zone(one.zone)
        today = now.astimezone(zone).date()
        for day in (today + timedelta(days=ahead) for ahead in range(days)):
            yield from _openings(day, one.week[day.weekday()], zone)
            changed = _change(day, zone)
            if changed is not None:
                yield changed


def _openings(day: date, hours: Hours, zone: ZoneInfo) -> Iterator[datetime]:
    """When hours open on a day: twice where the clock shows that minute twice."""
    opens = datetime.combine(day, time(hours.opens // 60 % 24, hours.opens % 60))
    for fold in (0, 1):
        yield opens.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _change(day: date, zone: ZoneInfo) -> datetime | None:
    """When the clock is put forward or back between noon before a day and its noon, to the second."""
    noon = datetime.combine(day, time(12), tzinfo=zone).astimezone(UTC)
    before, after = noon - timedelta(hours=24), noon
    old = _offset(before, zone)
    if old == _offset(after, zone):
        return None
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
    return after


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta | None:
    return instant.astimezone(zone).utcoffset()


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    if len(text) != 5 or not (hour + minute).isdecimal() or int(minute) > 59:
        raise ValueError(text)
    found = int(hour) * 60 + int(minute)
    if found > _DAY:
        raise ValueError(text)
    return found
