"""Coupons: single-use rights of a member to a promotion, each an asset of one unit.

What a coupon is worth stands in its promotion (`promotion.py`). A coupon may lapse only where its text was given (RULES 2), and
one bought by a group counts once enough of them have it (拼团).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

COUPON = "coupon/"


class CouponReason(StrEnum):
    """Why a coupon was given."""

    GIFT = "gift"
    TOP_UP = "top_up"
    BIRTHDAY = "birthday"
    REFERRAL = "referral"
    TRIAL = "trial"
    HOLIDAY = "holiday"
    MEMBER_DAY = "member_day"
    GROUP = "group"
    POINTS = "points"


class Giving(StrEnum):
    """What brings a coupon about by itself (`occasion.py`); by `HAND` nothing does.

    With `SEASONS` the coupons of a top-up offer begin one after the other, a season apart.
    """

    HAND = ""
    BIRTHDAY = "birthday"
    MEMBER_DAY = "member_day"
    HOLIDAY = "holiday"
    NEWCOMER = "newcomer"
    SEASONS = "seasons"


@dataclass(frozen=True, slots=True)
class HeldCoupon:
    """A coupon that was not used yet. Days are ISO dates, both inclusive, empty = open.

    `here`: it can be used at this till now. `joined`: how many have a coupon of the same group, itself included.
    """

    coupon_id: str
    promotion: str
    from_day: str = ""
    to_day: str = ""
    here: bool = True
    joined: int = 1

    def lapsed(self, day: str) -> bool:
        """Whether it cannot be used any more on a business day."""
        return bool(self.to_day) and day > self.to_day

    def begun(self, day: str) -> bool:
        """Whether it can be used already on a business day."""
        return day >= self.from_day

    @property
    def expiry(self) -> tuple[str, str]:
        """By which the one that lapses first comes first; without an end, last."""
        return self.to_day or "9999-99-99", self.coupon_id


def coupon_asset(coupon_id: str) -> str:
    """The asset `coupon/<id>`, of one unit."""
    return COUPON + coupon_id


def coupon_of(asset: str) -> str:
    """The coupon that an asset is; empty for any other asset."""
    return asset.removeprefix(COUPON) if asset.startswith(COUPON) else ""
