"""Sales tax: rates, the tax of a whole ticket per rate, and each line's share of it.

No figure lives here (see `rule_pack` and `resources/rules`). Tax is rounded half up once per rate over
the whole ticket, before any cash rounding (RULES 7); a line may bear several rates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from salon_desk.domain.errors import RuleMissing
from salon_desk.domain.money import Money, round_half_up, total
from salon_desk.domain.names import Names


@dataclass(frozen=True, slots=True)
class TaxRate:
    """One tax with its own line on the receipt; `rate` is decimal text such as "0.045"."""

    rate_id: str
    names: Names
    rate: str

    @property
    def fraction(self) -> Fraction:
        """The rate as an exact number."""
        return Fraction(self.rate)


@dataclass(frozen=True, slots=True)
class TaxPart:
    """What one rate takes from a ticket: the taxed base and the tax."""

    rate_id: str
    names: Names
    rate: str
    base: Money
    tax: Money


LineRates = tuple[Money, Sequence[TaxRate]]
"""A line's net amount with the rates that it bears (none: not taxed)."""


@dataclass(frozen=True, slots=True)
class TaxTable:
    """The rates by tax class at one place and day; a class falls back along its dots to its parent."""

    by_class: Mapping[str, tuple[TaxRate, ...]]
    jurisdiction: str = ""
    day: str = ""

    def rates(self, tax_class: str) -> tuple[TaxRate, ...]:
        """The rates a class bears, empty when it is not taxed. RuleMissing when nothing says."""
        name = tax_class
        while name:
            if name in self.by_class:
                return self.by_class[name]
            name = name.rpartition(".")[0]
        raise RuleMissing(self.jurisdiction, f"tax.{tax_class}", self.day)


def tax_parts(nets: Sequence[LineRates], currency: str) -> tuple[TaxPart, ...]:
    """The tax of a ticket per rate, in the order in which the rates first appear.

    Bases may be negative (a refund); halves round away from zero either way.
    """
    bases: dict[TaxRate, Money] = {}
    for net, rates in nets:
        for rate in rates:
            bases[rate] = bases.get(rate, Money.zero(currency)) + net
    return tuple(
        TaxPart(rate.rate_id, rate.names, rate.rate, base, base.times(rate.fraction))
        for rate, base in bases.items()
    )


def allocate_tax(nets: Sequence[LineRates], currency: str) -> tuple[tuple[tuple[str, Money], ...], ...]:
    """Each line's share (rate_id, tax) of `tax_parts(nets)`, in the order of the lines.

    Largest remainder, the earlier line first: per rate the shares add up to the part's tax.
    """
    shares: list[dict[str, Money]] = [{} for _ in nets]
    for rate in dict.fromkeys(rate for _, rates in nets for rate in rates):
        bearers = [index for index, (_, rates) in enumerate(nets) if rate in rates]
        cents = _shares([nets[index][0].cents * rate.fraction for index in bearers])
        for index, share in zip(bearers, cents, strict=True):
            shares[index][rate.rate_id] = Money(share, currency)
    return tuple(tuple(line.items()) for line in shares)


def tax_total(parts: Sequence[TaxPart], currency: str) -> Money:
    """All parts together."""
    return total((part.tax for part in parts), currency)


def _shares(exact: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole cents near each exact share that add up to the rounded sum; a refund mirrors its sale."""
    whole = sum(exact, Fraction(0))
    if whole < 0:
        return tuple(-share for share in _shares([-share for share in exact]))
    parts = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: parts[i] - exact[i])
    for index in by_remainder[: round_half_up(whole) - sum(parts)]:
        parts[index] += 1
    return tuple(parts)
