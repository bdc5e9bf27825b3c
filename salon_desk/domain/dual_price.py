"""Dual pricing: two posted prices, one by card and one in cash, and a sale paid partly in each.

No surcharge lives here: both prices are posted in money and there is never a fee line (RULES 16a).
Cash settles its share of the card price in proportion.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from salon_desk.domain.errors import NegativeAmount, TenderOver
from salon_desk.domain.money import Money


@dataclass(frozen=True, slots=True)
class DualPrice:
    """The same thing paid by card and paid in cash."""

    card: Money
    cash: Money


@dataclass(frozen=True, slots=True)
class DualSplit:
    """`cash` comes in and settles `settles` of the card price; `card` is what the card then pays."""

    cash: Money
    settles: Money
    card: Money


def split_dual_price(price: DualPrice, cash: Money) -> DualSplit:
    """Pay `cash` of a dual price in cash and the rest by card; half up to the cent.

    Raises NegativeAmount below zero, TenderOver when cash is more than the whole cash price.
    """
    if cash.cents < 0:
        raise NegativeAmount("cash", cash.cents)
    if cash > price.cash:
        raise TenderOver(price.cash.cents, cash.cents)
    share = Fraction(cash.cents, price.cash.cents) if price.cash else Fraction(1)
    settles = price.card.times(share)
    return DualSplit(cash, settles, price.card - settles)
