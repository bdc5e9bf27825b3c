"""Money: integer cents with their currency, and the only places where cents are rounded or split.

No tax rule and no tender rule lives here. Never a float; a rate is a Decimal or a Fraction; a split
always adds up to what was split.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from salon_desk.domain.errors import CurrencyMismatch


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole cents of one currency; may be negative. Arithmetic refuses mixed currencies."""

    cents: int
    currency: str

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in this currency."""
        return cls(0, currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + self._same(other).cents, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - self._same(other).cents, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.cents, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.cents * count, self.currency)

    def __bool__(self) -> bool:
        return self.cents != 0

    def __lt__(self, other: Money) -> bool:
        return self.cents < self._same(other).cents

    def __le__(self, other: Money) -> bool:
        return self.cents <= self._same(other).cents

    def __gt__(self, other: Money) -> bool:
        return self.cents > self._same(other).cents

    def __ge__(self, other: Money) -> bool:
        return self.cents >= self._same(other).cents

    def times(self, rate: Decimal | Fraction) -> Money:
        """This amount times a rate, rounded half away from zero to a cent (RULES 7: half up per rate)."""
        return Money(round_half_up(self.cents * Fraction(rate)), self.currency)

    def allocate(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Split by weights (>= 0) with the largest-remainder method; the parts add up to the whole.

        Leftover cents go to the largest remainders, the earlier part first. All-zero weights split evenly.
        """
        return tuple(Money(cents, self.currency) for cents in allocate_units(self.cents, weights))

    def split(self, parts: int) -> tuple[Money, ...]:
        """Split evenly into `parts` >= 1; the first parts carry the extra cents ($100 / 3: 33.34, 33.33, 33.33)."""
        return self.allocate([1] * parts)

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts that all are of `currency`; zero for none."""
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result


def round_half_up(value: Fraction) -> int:
    """The nearest integer, halves away from zero."""
    sign = -1 if value < 0 else 1
    return sign * int((abs(value) * 2 + 1) // 2)


def allocate_units(units: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split whole units by weights with the largest-remainder method; see `Money.allocate`."""
    if not weights or any(weight < 0 for weight in weights):
        raise ValueError(f"weights must be given and not negative: {weights!r}")
    if units < 0:
        return tuple(-part for part in allocate_units(-units, weights))
    whole = sum(weights)
    shares = list(weights) if whole else [1] * len(weights)
    whole = whole or len(weights)
    parts = [units * share // whole for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: -(units * shares[i] % whole))
    for index in by_remainder[: units - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def parse_money(text: str, currency: str) -> Money:
    """Money from typed digits such as "12", "12.3" or "12.30"; ValueError for anything else."""
    value = Decimal(text)
    if not value.is_finite() or value != value.quantize(Decimal("0.01")):
        raise ValueError(f"not an amount of money: {text!r}")
    return Money(int((value * 100).to_integral_value(ROUND_HALF_UP)), currency)
