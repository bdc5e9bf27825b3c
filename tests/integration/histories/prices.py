"""What a ticket comes to, reckoned once more from the worked examples: whole cents and fractions, nothing of the product.

Line discounts first, then the ticket's; each takes from what is left, largest remainder, the earlier line first. Tax is
half up once per rate over the ticket (RULES 7): the city's 4.5 % on services, 8.875 % on goods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

RATES = {"service": Fraction(45, 1000), "product": Fraction(8875, 100_000)}


@dataclass
class Off:
    """A discount: cents or a percentage, of lines of a kind ("" = all)."""

    name: str
    cents: int = 0
    percent: int = 0
    of: str = ""


@dataclass
class Line:
    """A line of an open ticket."""

    name: str
    kind: str
    unit: int
    quantity: int
    technician: str
    off: list[Off] = field(default_factory=list)

    @property
    def listed(self) -> int:
        return self.unit * self.quantity


@dataclass(frozen=True)
class Priced:
    """Net and tax of each line in order, and their sums."""

    nets: tuple[int, ...]
    taxes: tuple[int, ...]
    listed: int

    @property
    def net(self) -> int:
        return sum(self.nets)

    @property
    def tax(self) -> int:
        return sum(self.taxes)

    @property
    def total(self) -> int:
        return self.net + self.tax


def half_up(value: Fraction) -> int:
    """The nearest whole number, a half upwards; for amounts of zero or more."""
    return int(value + Fraction(1, 2))


def shared(cents: int, exact: Sequence[Fraction]) -> list[int]:
    """Whole cents near exact shares that add up to `cents`: the largest remainders get the rest, the earlier first."""
    parts = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: cents - sum(parts)]:
        parts[place] += 1
    return parts


def split(cents: int, weights: Sequence[int]) -> list[int]:
    """An amount split by weights; evenly where all of them are nothing."""
    whole = sum(weights)
    if not whole:
        return split(cents, [1] * len(weights))
    return shared(cents, [Fraction(cents * weight, whole) for weight in weights])


def price(lines: Sequence[Line], off: Sequence[Off]) -> Priced:
    """The ticket's net and tax by line."""
    left = [line.listed for line in lines]
    for place, line in enumerate(lines):
        for one in line.off:
            _take(one, [place], left)
    for one in off:
        _take(one, [place for place, line in enumerate(lines) if one.of in ("", line.kind)], left)
    taxes = [0] * len(lines)
    for kind, rate in RATES.items():
        bearers = [place for place, line in enumerate(lines) if line.kind == kind]
        exact = [left[place] * rate for place in bearers]
        for place, tax in zip(bearers, shared(half_up(sum(exact, Fraction(0))), exact), strict=True):
            taxes[place] = tax
    return Priced(tuple(left), tuple(taxes), sum(line.listed for line in lines))


def _take(off: Off, places: Sequence[int], left: list[int]) -> None:
    whole = sum(left[place] for place in places)
    if not whole:
        return
    wanted = off.cents or half_up(Fraction(whole * off.percent, 100))
    parts = split(min(wanted, whole), [left[place] for place in places])
    for place, part in zip(places, parts, strict=True):
        left[place] -= part
