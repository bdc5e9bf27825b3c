"""Segments: members by conditions over their figures, the shop's own and those that come with the program.

No member is read here (`storage/queries/segments.py`); `meets` says of one member's figures what the queries say of everybody's.
All conditions of a segment hold. A condition that cannot be meant is refused when it is written, and never guessed at.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.limits import MAX_CENTS, MAX_NAME, MAX_REFERENCE, check_text
from salon_desk.domain.member import LANGUAGES
from salon_desk.domain.names import Names
from salon_desk.domain.trigger_errors import SegmentInvalid

MOST_CONDITIONS = 12
LONGEST_DAYS = 3_660
MOST_VISITS = 10_000
_SEPARATOR = "|"


class Figure(StrEnum):
    """What of a member a condition looks at.

    `BALANCE`, `SPEND`, `USUAL_TICKET` in cents; `LAST_VISIT` in days since, and whoever never came has not been here for
    longer than anybody; `LEAVING`: the chance in per cent that a member does not come back.
    """

    BALANCE = "balance"
    VISITS = "visits"
    SPEND = "spend"
    LAST_VISIT = "last_visit"
    USUAL_TICKET = "usual_ticket"
    LEAVING = "leaving"
    TIER = "tier"
    TAG = "tag"
    HOME_STORE = "home_store"
    BIRTHDAY_MONTH = "birthday_month"
    CONSULTANT = "consultant"
    LANGUAGE = "language"
    MAY_WRITE = "may_write"
    COUPON = "coupon"


class Compare(StrEnum):
    """How a figure is held against a value: numbers by the first two, everything else by the last two."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS = "is"
    IS_NOT = "is_not"


NUMBERS = {
    Figure.BALANCE: MAX_CENTS,
    Figure.VISITS: MOST_VISITS,
    Figure.SPEND: 100 * MAX_CENTS,
    Figure.LAST_VISIT: LONGEST_DAYS,
    Figure.USUAL_TICKET: MAX_CENTS,
    Figure.LEAVING: 100,
}
"""Figures that are numbers, each with the most that can be asked for."""
WITH_DAYS = (Figure.VISITS, Figure.SPEND)
"""Figures of the last so many days, today the last of them; 0 days: ever."""
IN_MONEY = (Figure.BALANCE, Figure.SPEND, Figure.USUAL_TICKET)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. `value`: a whole number for a number, else a word: an id, a tag, a month "1" to "12", a language,
    "sms/marketing" (channel and purpose), a coupon's promotion or empty for any. `days`: of VISITS and SPEND.
    """

    figure: Figure
    compare: Compare
    value: str
    days: int = 0

    @property
    def number(self) -> int:
        """The value of a number."""
        return int(self.value)

    @property
    def may(self) -> tuple[Channel, Purpose]:
        """The channel and purpose of MAY_WRITE."""
        channel, _, purpose = self.value.partition("/")
        return Channel(channel), Purpose(purpose)


@dataclass(frozen=True, slots=True)
class Segment:
    """A named group of members: whoever meets all conditions."""

    segment: str
    names: Names
    conditions: tuple[Condition, ...]
    built_in: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A member's figures on a day, as conditions ask for them. `last_visit`: an ordinal, 0 for nobody who ever came.

    `may_write`: channels and purposes by which something may be sent; `leaving`: per cent, None where nobody reckoned it.
    """

    member: str
    balance: int = 0
    last_visit: int = 0
    usual_ticket: int | None = None
    leaving: int | None = None
    tier: str = ""
    tags: Collection[str] = ()
    home_store: str = ""
    birthday: str = ""
    consultant: str = ""
    language: str = ""
    may_write: Collection[tuple[Channel, Purpose]] = ()
    coupons: Collection[str] = ()
    visits: Sequence[int] = ()
    spent: Sequence[tuple[int, int]] = ()

    def visits_within(self, today: int, days: int) -> int:
        """Visits of the last so many days; 0 days: ever."""
        return sum(not days or today - days < day <= today for day in self.visits)

    def spent_within(self, today: int, days: int) -> int:
        """Cents spent in the last so many days; 0 days: ever."""
        return sum(cents for day, cents in self.spent if not days or today - days < day <= today)


def check(segment: Segment) -> None:
    """Refuse a segment that cannot be meant. Raises SegmentInvalid, TextTooLong."""
    check_text("segment", segment.segment, MAX_REFERENCE)
    for name in (segment.names.en, segment.names.zh_CN, segment.names.zh_TW):
        check_text("name", name, MAX_NAME)
    if not segment.segment.strip():
        raise SegmentInvalid("segment")
    if not segment.names.in_language("zh_CN").strip():
        raise SegmentInvalid("name")
    if not 0 < len(segment.conditions) <= MOST_CONDITIONS:
        raise SegmentInvalid("conditions")
    for place, one in enumerate(segment.conditions):
        field = _wrong(one)
        if field:
            raise SegmentInvalid(field, place)


def written(condition: Condition) -> str:
    """A condition as descriptions keep it."""
    return _SEPARATOR.join((condition.figure, condition.compare, str(condition.days), condition.value))


def read(text: str) -> Condition | None:
    """The condition in a description; None for one that this program cannot mean."""
    parts = text.split(_SEPARATOR, 3)
    try:
        figure, compare, days, value = parts
        found = Condition(Figure(figure), Compare(compare), value, int(days))
    except ValueError:
        return None
    return None if _wrong(found) else found


def meets(figures: Figures, condition: Condition, today: int) -> bool:
    """Whether a member's figures meet a condition on a day (an ordinal)."""
    if condition.figure in NUMBERS:
        number = _number(figures, condition, today)
        if number is None:
            return False
        wanted = condition.number
        return number >= wanted if condition.compare is Compare.AT_LEAST else number <= wanted
    return _has(figures, condition) is (condition.compare is Compare.IS)


def needs_ticket(conditions: Collection[Condition]) -> bool:
    """Whether any condition asks for something that only a whole history says."""
    return any(one.figure is Figure.USUAL_TICKET for one in conditions)


def month_of(birthday: str) -> str:
    """The month of a birthday ("MM-DD" or an ISO date), "1" to "12"; empty where it is not known."""
    return birthday[-5:-3].lstrip("0")


def _number(figures: Figures, condition: Condition, today: int) -> int | None:
    found: dict[Figure, int | None] = {
        Figure.BALANCE: figures.balance,
        Figure.USUAL_TICKET: figures.usual_ticket,
        Figure.LEAVING: figures.leaving,
        Figure.LAST_VISIT: today - figures.last_visit if figures.last_visit else 10 * LONGEST_DAYS,
    }
    if condition.figure is Figure.VISITS:
        return figures.visits_within(today, condition.days)
    if condition.figure is Figure.SPEND:
        return figures.spent_within(today, condition.days)
    return found[condition.figure]


def _has(figures: Figures, condition: Condition) -> bool:
    if condition.figure is Figure.MAY_WRITE:
        return condition.may in figures.may_write
    if condition.figure is Figure.COUPON:
        return condition.value in figures.coupons if condition.value else bool(figures.coupons)
    if condition.figure is Figure.TAG:
        return condition.value in figures.tags
    words = {
        Figure.TIER: figures.tier,
        Figure.HOME_STORE: figures.home_store,
        Figure.BIRTHDAY_MONTH: month_of(figures.birthday),
        Figure.CONSULTANT: figures.consultant,
        Figure.LANGUAGE: figures.language or LANGUAGES[1],
    }
    return words[condition.figure] == condition.value


def _wrong(one: Condition) -> str:
    """The field of a condition that cannot be meant, empty where it can."""
    is_number = one.figure in NUMBERS
    if is_number is not (one.compare in (Compare.AT_LEAST, Compare.AT_MOST)):
        return "compare"
    if not 0 <= one.days <= (LONGEST_DAYS if one.figure in WITH_DAYS else 0):
        return "days"
    if is_number:
        good = one.value.isascii() and one.value.isdecimal() and len(one.value) <= 18
        return "" if good and one.number <= NUMBERS[one.figure] else "value"
    if len(one.value) > MAX_REFERENCE:
        return "value"
    if one.figure is Figure.MAY_WRITE:
        return "" if one.value in _MAY else "value"
    if one.figure is Figure.BIRTHDAY_MONTH:
        return "" if one.value in _MONTHS else "value"
    if one.figure is Figure.LANGUAGE:
        return "" if one.value in LANGUAGES else "value"
    return "value" if one.figure is Figure.TAG and not one.value.strip() else ""


_MAY = frozenset(f"{channel}/{purpose}" for channel in Channel for purpose in Purpose)
_MONTHS = frozenset(str(month) for month in range(1, 13))


def _at_least(figure: Figure, value: int, days: int = 0) -> Condition:
    return Condition(figure, Compare.AT_LEAST, str(value), days)


def _at_most(figure: Figure, value: int, days: int = 0) -> Condition:
    return Condition(figure, Compare.AT_MOST, str(value), days)


BUILT_IN: tuple[Segment, ...] = (
    Segment(
        "high-value",
        Names("High value", "高价值会员", "高價值會員"),
        (_at_least(Figure.SPEND, 100_000, 365), _at_most(Figure.LAST_VISIT, 90)),
        built_in=True,
    ),
    Segment(
        "sleeping",
        Names("Sleeping", "沉睡会员", "沉睡會員"),
        (_at_least(Figure.LAST_VISIT, 60), _at_most(Figure.LAST_VISIT, 179), _at_least(Figure.VISITS, 1)),
        built_in=True,
    ),
    Segment(
        "at-risk",
        Names("At risk", "流失风险", "流失風險"),
        (
            _at_least(Figure.VISITS, 4, 365),
            _at_least(Figure.LAST_VISIT, 60),
            _at_most(Figure.LAST_VISIT, 179),
        ),
        built_in=True,
    ),
    Segment(
        "lost",
        Names("Lost", "已流失", "已流失"),
        (_at_least(Figure.LAST_VISIT, 180), _at_least(Figure.VISITS, 1)),
        built_in=True,
    ),
)
"""The segments that come with the program, the figures behind them in plain sight; a shop copies one to change it."""
