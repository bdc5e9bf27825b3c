"""What stands in the form of a group: typed numbers and tapped choices, and the conditions they come to. No Qt and no word.

What is valid is known by the service; here only what is no number is refused. Conditions that the form has no place for are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Final

from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.segment import Compare, Condition, Figure, Segment
from salon_desk.domain.trigger_errors import SegmentInvalid
from salon_desk.ui.counter.typed_numbers import amount, amount_text, count_text, whole

ANY = "any"
MONEY: Final = ("balance", "spend")
_NUMBERS: Final = {
    "balance": (Figure.BALANCE, Compare.AT_LEAST),
    "away": (Figure.LAST_VISIT, Compare.AT_LEAST),
    "here": (Figure.LAST_VISIT, Compare.AT_MOST),
    "visits": (Figure.VISITS, Compare.AT_LEAST),
    "spend": (Figure.SPEND, Compare.AT_LEAST),
}
_WITH_DAYS: Final = ("visits", "spend")
_WORDS: Final = {
    "tag": Figure.TAG,
    "tier": Figure.TIER,
    "month": Figure.BIRTHDAY_MONTH,
    "may": Figure.MAY_WRITE,
}


@dataclass(frozen=True, slots=True)
class TypedSegment:
    """The words in the fields, as they were typed."""

    name: str = ""
    name_zh: str = ""
    balance: str = ""
    away: str = ""
    here: str = ""
    visits: str = ""
    visits_days: str = ""
    spend: str = ""
    spend_days: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class PickedSegment:
    """What is tapped, empty for any; `others`: conditions that the form has no place for."""

    tier: str = ""
    month: str = ""
    may: str = ""
    others: tuple[Condition, ...] = ()

    def tapped(self, group: str, key: str) -> PickedSegment:
        """The same after a tap on `key` of a group."""
        value = "" if key == ANY else key
        match group:
            case "tier":
                return replace(self, tier=value)
            case "month":
                return replace(self, month=value)
            case _:
                return replace(self, may=value)


def opened(segment: Segment) -> tuple[TypedSegment, PickedSegment]:
    """The form of a group that is there."""
    typed: dict[str, str] = {}
    picked: dict[str, str] = {}
    others: list[Condition] = []
    for one in segment.conditions:
        place = _place(one)
        if not place or place in typed or place in picked:
            others.append(one)
        elif place in _WORDS and place != "tag":
            picked[place] = one.value
        else:
            typed[place] = amount_text(Money(one.number, "USD")) if place in MONEY else one.value
            if place in _WITH_DAYS:
                typed[f"{place}_days"] = count_text(one.days)
    names = segment.names
    return (
        TypedSegment(name=names.en, name_zh=names.zh_CN, **typed),
        PickedSegment(others=tuple(others), **picked),
    )


def conditions_of(typed: TypedSegment, picked: PickedSegment, currency: str) -> tuple[Condition, ...]:
    """What the form says. Raises SegmentInvalid for what is no number."""
    return tuple(_conditions(typed, picked, currency))


def segment_of(
    before: str, typed: TypedSegment, picked: PickedSegment, currency: str, *, called: Names
) -> Segment:
    """The group as the form says it; `called`: its name where none is typed. Raises SegmentInvalid for what is no number."""
    names = Names(typed.name, typed.name_zh) if typed.name or typed.name_zh else called
    return Segment(before, names, conditions_of(typed, picked, currency))


def _conditions(typed: TypedSegment, picked: PickedSegment, currency: str) -> Iterator[Condition]:
    said = {one.name: getattr(typed, one.name) for one in fields(TypedSegment)}
    for place, (figure, compare) in _NUMBERS.items():
        if not said[place]:
            continue
        try:
            number = amount(said[place], currency).cents if place in MONEY else whole(said[place])
        except ValueError:
            raise SegmentInvalid("value") from None
        try:
            days = whole(said[f"{place}_days"]) if place in _WITH_DAYS else 0
        except ValueError:
            raise SegmentInvalid("days") from None
        yield Condition(figure, compare, str(number), days)
    for place, figure in _WORDS.items():
        value = typed.tag if place == "tag" else getattr(picked, place)
        if value:
            yield Condition(figure, Compare.IS, value)
    yield from picked.others


def _place(one: Condition) -> str:
    """The part of the form that a condition stands in, empty where there is none."""
    for place, pair in _NUMBERS.items():
        if (one.figure, one.compare) == pair:
            return place
    fits = one.compare is Compare.IS and one.value and one.value.removesuffix("/transactional") == one.value
    return next((place for place, figure in _WORDS.items() if figure is one.figure), "") if fits else ""
