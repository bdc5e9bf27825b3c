"""Points of a member: the names of their assets, what a payment earns, and what a refund leaves of it.

What points buy is a promotion (`promotion.py`). Points are earned on what was paid with money, in whole points rounded down; what
is taken back and is not there any more is owed in points, and recovered from what is earned next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from salon_desk.domain.money import Money

POINTS = "points/"
POINTS_OWED = "points-owed/"
_RATE = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class Earned:
    """Points that a payment earned: `owed` of them went to what the member owed, the rest to the member."""

    points: int
    owed: int

    @property
    def kept(self) -> int:
        """What the member has of them."""
        return self.points - self.owed


def points_asset(member: str) -> str:
    """The asset `points/<member>`, in points."""
    return POINTS + member


def points_owed_asset(member: str) -> str:
    """The asset `points-owed/<member>`: points that were spent before they had to be taken back."""
    return POINTS_OWED + member


def member_of_points(asset: str) -> str:
    """The member whose points an asset is; empty for any other asset."""
    return asset.removeprefix(POINTS) if asset.startswith(POINTS) else ""


def is_rate(text: str) -> bool:
    """Whether a text is a rate: points for one unit of the currency, such as "1" or "0.5"."""
    return _RATE.fullmatch(text) is not None


def earned(paid: Money, rate: str) -> int:
    """The points that `paid` earns at `rate` points a unit of its currency, rounded down; none without a rate."""
    if not rate or paid.cents <= 0:
        return 0
    return int(Fraction(paid.cents, 100) * Fraction(rate))


def paid_with_money(net: Money, total: Money, money: Money) -> Money:
    """The part of what lines come to before tax that `money` paid, when it paid that much of their `total`; rounded down."""
    if total.cents <= 0:
        return Money.zero(net.currency)
    return Money(net.cents * max(min(money.cents, total.cents), 0) // total.cents, net.currency)


def kept_after(points: int, *, left: Money, whole: Money) -> int:
    """What stays of earned points when `left` of `whole` was not given back, rounded down; all of it where nothing cost anything."""
    return points * left.cents // whole.cents if whole else points
