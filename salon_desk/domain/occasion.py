"""Occasions on which a coupon gives itself: a birthday, a member day, a holiday; and what its coupon is called.

The name follows from promotion, member and occasion alone. It makes nothing unique by itself: whoever gives has to be the only
one who may (`services/occasions.py`), or two tills that were cut off would give one each.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote

from salon_desk.domain.coupon import CouponReason, Giving
from salon_desk.domain.promotion import Birthday, Promotion
from salon_desk.domain.promotion_conditions import is_birthday

MONTHS_OF_A_SEASON = 3
NEWCOMER = "new"
REASONS = {
    Giving.BIRTHDAY: CouponReason.BIRTHDAY,
    Giving.MEMBER_DAY: CouponReason.MEMBER_DAY,
    Giving.HOLIDAY: CouponReason.HOLIDAY,
    Giving.NEWCOMER: CouponReason.TRIAL,
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a coupon is given for, once: its name, and the first day (ISO date) on which it could have been given."""

    name: str
    since: str


@dataclass(frozen=True, slots=True)
class OccasionCoupon:
    """A coupon of an occasion, by what its id says."""

    promotion: str
    member: str
    occasion: str

    @property
    def coupon_id(self) -> str:
        """The id `<promotion>/<member>/<occasion>`."""
        return "/".join(quote(part, safe="") for part in (self.promotion, self.member, self.occasion))


def occasion(rule: Promotion, birthday: str, day: str) -> Occasion | None:
    """What this business day (ISO date) is for somebody with this birthday, as the rule sees it; None when it is nothing.

    A birthday is once in a year, however often it is put on another day; a member day once a day, a holiday once.
    """
    asked = rule.conditions
    if day < asked.from_day or (asked.to_day and day > asked.to_day):
        return None
    match rule.gives:
        case Giving.BIRTHDAY:
            wanted = asked.birthday or Birthday.MONTH
            if not birthday or not is_birthday(birthday, wanted, day):
                return None
            return Occasion(day[:4], day if wanted is Birthday.DAY else f"{day[:7]}-01")
        case Giving.MEMBER_DAY:
            today = date.fromisoformat(day)
            of_week = not asked.weekdays or today.isoweekday() in asked.weekdays
            of_month = not asked.month_days or today.day in asked.month_days
            return Occasion(day, day) if of_week and of_month else None
        case Giving.HOLIDAY:
            return Occasion(asked.from_day, asked.from_day)
        case _:
            return None


def occasion_coupon(coupon_id: str) -> OccasionCoupon | None:
    """What the id of a coupon says; None for one that was given by hand or with a document."""
    parts = [unquote(part) for part in coupon_id.split("/")]
    return OccasionCoupon(*parts) if len(parts) == 3 and all(parts) else None


def season_begins(day: str, number: int) -> str:
    """The first day of the `number`th season after a day (ISO dates): three months on, at a shorter month's end."""
    start = date.fromisoformat(day)
    months = start.month - 1 + number * MONTHS_OF_A_SEASON
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1])).isoformat()
