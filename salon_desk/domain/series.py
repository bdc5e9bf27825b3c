"""Series (次卡, 疗程): how a price falls on visits, what a visit is called as an asset, which visits are used first.

A visit's asset names what was paid for it, so that the sum of what is owed follows from the visits alone, on however many tills
they lie: $400 for 12 is four at $33.34 and eight at $33.33. Visits given besides were paid nothing for; they are used first, as all
that is complimentary (RULES 3). What was paid for never expires: there is no such field (RULES 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain.errors import SeriesOfferInvalid
from salon_desk.domain.money import Money, allocate_units
from salon_desk.domain.names import Names

SERIES = "series/"
_NO_NAMES = Names("")
MOST_UNITS = 10_000
"""Visits or minutes of one part."""


class Unit(StrEnum):
    """What a series is counted in."""

    VISIT = "visit"
    MINUTE = "minute"


class TaxPoint(StrEnum):
    """When a series is taxed, by the law of the place where it was sold (RULES 6)."""

    SALE = "sale"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """One of the things that a series holds: so many paid and given units of any of these services.

    `weight`: its share of the price, in cents of list price; `items` or `category` say what it may be used for; `tax_class` is
    that of the first of them, for a series that is taxed at its sale.
    """

    part: str
    unit: Unit
    paid: int
    given: int
    items: tuple[str, ...] = ()
    category: str = ""
    weight: int = 0
    tax_class: str = ""

    @property
    def units(self) -> int:
        """Paid and given together."""
        return self.paid + self.given

    def fits(self, item: str, category: str) -> bool:
        """Whether a visit may be used for this service."""
        return item in self.items or (bool(self.category) and category == self.category)


@dataclass(frozen=True, slots=True)
class SeriesOffer:
    """A series that the shop sells: for `price` these parts, on business days from and to (ISO dates, None = open)."""

    offer_id: str
    names: Names
    price: Money
    parts: tuple[SeriesPart, ...]
    from_day: str | None = None
    to_day: str | None = None


@dataclass(frozen=True, slots=True)
class VisitUse:
    """The units of a series that pay a line: by asset how many, what was paid for them, and whether tax was paid with the series."""

    series: str
    part: str
    units: tuple[tuple[str, int], ...]
    worth: Money
    taxed: bool
    names: Names = _NO_NAMES


@dataclass(frozen=True, slots=True)
class Visit:
    """The asset of one unit: what it is a unit of, and what was paid for it."""

    series: str
    part: str
    price: Money


def visit_asset(visit: Visit) -> str:
    """The asset `series/<id>/<part>/<currency>/<cents>`, in visits or minutes (PROTOCOL 1)."""
    return f"{visits_of(visit.series)}{visit.part}/{visit.price.currency}/{visit.price.cents}"


def visits_of(series: str) -> str:
    """What the assets of a series begin with."""
    return f"{SERIES}{series}/"


def visit_of(asset: str) -> Visit | None:
    """The visit that an asset is; None for any other asset."""
    if not asset.startswith(SERIES):
        return None
    parts = asset.removeprefix(SERIES).rsplit("/", 3)
    if len(parts) != 4 or not parts[3].isdecimal():
        return None
    return Visit(parts[0], parts[1], Money(int(parts[3]), parts[2]))


def issued(series: str, parts: Iterable[SeriesPart], price: Money) -> dict[str, int]:
    """By asset, the units that a series of this price begins with: their prices add up to what was paid.

    The price falls on the parts by their weights, then evenly on the paid units, the first ones a cent dearer where it must be.
    """
    held = tuple(parts)
    weights = [max(one.weight, 0) for one in held]
    units: dict[str, int] = {}
    for one, share in zip(held, price.allocate(weights), strict=True):
        for cents in allocate_units(share.cents, [1] * one.paid) if one.paid else ():
            _add(units, visit_asset(Visit(series, one.part, Money(cents, price.currency))), 1)
        _add(units, visit_asset(Visit(series, one.part, Money.zero(price.currency))), one.given)
    return units


def taken(here: Mapping[str, int], part: str, units: int) -> dict[str, int]:
    """By asset, `units` of a part out of what is here: what was given first, then the dearest; fewer when there are not enough."""
    found = [(visit, asset) for asset in here if (visit := visit_of(asset)) and visit.part == part]
    order = sorted(found, key=lambda one: (bool(one[0].price), -one[0].price.cents, one[1]))
    left, got = units, dict[str, int]()
    for _visit, asset in order:
        number = min(max(here[asset], 0), left)
        left -= number
        got |= {asset: number} if number else {}
    return got


def worth(units: Mapping[str, int], currency: str) -> Money:
    """What was paid for these units: what is owed for them while they are not used, and given back for them (退卡)."""
    cents = sum(visit.price.cents * number for asset, number in units.items() if (visit := visit_of(asset)))
    return Money(cents, currency)


def part_text(part: SeriesPart) -> str:
    """A part of an offer as its description keeps it: "a;visit;10;2;gel,pedicure;"."""
    return f"{part.part};{part.unit.value};{part.paid};{part.given};{','.join(part.items)};{part.category}"


def part_of(text: str) -> SeriesPart:
    """The part that `part_text` wrote. Raises SeriesOfferInvalid for a text that is none."""
    fields = text.split(";")
    if len(fields) != 6 or not (fields[2].isdecimal() and fields[3].isdecimal()):
        raise SeriesOfferInvalid(text)
    name, unit, paid, given, items, category = fields
    named = tuple(one for one in items.split(",") if one)
    if unit not in set(Unit) or not name.isalnum() or not (named or category):
        raise SeriesOfferInvalid(text)
    return SeriesPart(name, Unit(unit), int(paid), int(given), named, category)


def check_series(offer: SeriesOffer, business_day: str) -> None:
    """Let an offer be sold on a business day, or refuse it: it must hold something that is paid for, and be in its dates.

    Raises SeriesOfferInvalid.
    """
    names = [one.part for one in offer.parts]
    whole = all(0 < one.paid <= MOST_UNITS and 0 <= one.given <= MOST_UNITS for one in offer.parts)
    early = offer.from_day is not None and business_day < offer.from_day
    late = offer.to_day is not None and business_day > offer.to_day
    if not names or len(set(names)) != len(names) or not whole or offer.price.cents <= 0 or early or late:
        raise SeriesOfferInvalid(offer.offer_id)


def _add(units: dict[str, int], asset: str, number: int) -> None:
    if number:
        units[asset] = units.get(asset, 0) + number
