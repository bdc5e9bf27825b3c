"""Promotions: the shop's rules for discounts as data, what is known of a guest, and why a rule applied or did not.

Which of them are taken together is found in `promotion_search.py`, whether one may be taken at all in
`promotion_conditions.py`. No sentence lives here: a verdict is a type with parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from salon_desk.domain.coupon import Giving, HeldCoupon
from salon_desk.domain.errors import DiscountInvalid, DomainError
from salon_desk.domain.limits import check_amount
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.ticket import Bearer, Discount, DiscountScope, check_discount

MOST_PER_TICKET = 100


class Birthday(StrEnum):
    """Whether the guest's birthday has to be on this day, or in this month."""

    ANY = ""
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a promotion applies; what is empty asks for nothing.

    Weekdays are 1 (Monday) to 7. `min_spend` is of list prices, of what the promotion is for. `quorum`: as many coupons of one
    group have to be given before the first can be used.
    """

    members_only: bool = False
    tiers: tuple[str, ...] = ()
    birthday: Birthday = Birthday.ANY
    weekdays: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    from_day: str = ""
    to_day: str = ""
    min_spend: Money | None = None
    first_visit: bool = False
    needs_coupon: bool = False
    quorum: int = 0


@dataclass(frozen=True, slots=True)
class Promotion:
    """One rule: `amount` or `percent` off, for a scope narrowed to items or categories where there are any.

    `block`: it costs so many points, each time for `amount`. Of one `exclusive` group one rule at most is taken, and one that
    stands `alone` goes with no other. `most`: times on one ticket; 0 = as many points as there are. `order`: the owner's.
    `gives`: what gives its coupons by itself.
    """

    rule_id: str
    names: Names
    bearer: Bearer = Bearer.SALON
    amount: Money | None = None
    percent: str | None = None
    scope: DiscountScope = DiscountScope.ALL
    items: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    conditions: Conditions = Conditions()
    block: int = 0
    exclusive: str = ""
    alone: bool = False
    most: int = 1
    order: int = 0
    gives: Giving = Giving.HAND

    def clashes(self, other: Promotion) -> bool:
        """Whether the two may not stand on one ticket."""
        if self.rule_id == other.rule_id:
            return False
        return self.alone or other.alone or bool(self.exclusive and self.exclusive == other.exclusive)


@dataclass(frozen=True, slots=True)
class Guest:
    """What the rules ask of who pays; a walk-in has no `member`. `points` are usable here, `points_elsewhere` not now."""

    member: str = ""
    tier: str = ""
    birthday: str = ""
    first_visit: bool = False
    coupons: tuple[HeldCoupon, ...] = ()
    points: int = 0
    points_elsewhere: int = 0


class Outcome(StrEnum):
    """Why a rule applied, or the first reason why it did not."""

    APPLIED = "applied"
    TAKEN_OFF = "taken_off"
    BETTER = "better"
    BY_HAND = "by_hand"
    NOTHING_LEFT = "nothing_left"
    NOTHING_FITS = "nothing_fits"
    NOT_ASKED = "not_asked"
    NO_MEMBER = "no_member"
    OTHER_TIER = "other_tier"
    NO_BIRTHDAY = "no_birthday"
    NOT_BIRTHDAY = "not_birthday"
    OTHER_WEEKDAY = "other_weekday"
    OTHER_MONTH_DAY = "other_month_day"
    NOT_YET = "not_yet"
    OVER = "over"
    NOT_FIRST_VISIT = "not_first_visit"
    BELOW_MINIMUM = "below_minimum"
    NO_COUPON = "no_coupon"
    COUPON_NOT_YET = "coupon_not_yet"
    COUPON_LAPSED = "coupon_lapsed"
    COUPON_ELSEWHERE = "coupon_elsewhere"
    QUORUM = "quorum"
    TOO_FEW_POINTS = "too_few_points"
    POINTS_ELSEWHERE = "points_elsewhere"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one rule.

    `amount`: what it takes off, or alone would have. `units`: coupons or points that it spends or could. `by`: the rule that was
    preferred. `missing`: money short of the minimum; `short`: points or people short. `day`: the one that decides.
    """

    rule: Promotion
    outcome: Outcome
    amount: Money
    units: int = 0
    by: Promotion | None = None
    missing: Money | None = None
    short: int = 0
    day: str = ""

    @property
    def may_be_chosen(self) -> bool:
        """Whether the cashier could put it on."""
        return self.outcome in (Outcome.TAKEN_OFF, Outcome.BETTER, Outcome.BY_HAND, Outcome.NOTHING_LEFT)


@dataclass(frozen=True, slots=True)
class Choice:
    """The promotions of a ticket: the discounts in the order in which they are taken, and a verdict for every rule.

    `exact`: the search came to its end, so nothing better is lawful.
    """

    discounts: tuple[Discount, ...]
    verdicts: tuple[Verdict, ...]
    total: Money
    exact: bool = True


@dataclass
class PromotionInvalid(DomainError):
    """A promotion that says nothing clear; `field` names where."""

    rule: str
    field: str


def check_promotion(rule: Promotion, currency: str) -> None:
    """Refuse a promotion that says nothing clear. Raises PromotionInvalid, AmountMissing, NegativeAmount, AmountTooLarge, ..."""
    asked = rule.conditions
    try:
        check_discount(Discount(rule.rule_id, rule.names, rule.bearer, rule.amount, rule.percent), currency)
    except DiscountInvalid as error:
        raise PromotionInvalid(rule.rule_id, "amount") from error
    if asked.min_spend is not None:
        check_amount("min_spend", asked.min_spend, currency)
    good = {
        "names": bool(rule.names.in_language("en").strip()),
        "most": (0 if rule.block else 1) <= rule.most <= MOST_PER_TICKET,
        "points": rule.block >= 0 and not (rule.block and (rule.amount is None or asked.needs_coupon)),
        "weekdays": all(1 <= day <= 7 for day in asked.weekdays),
        "month_days": all(1 <= day <= 31 for day in asked.month_days),
        "dates": _in_order(asked.from_day, asked.to_day),
        "quorum": asked.quorum >= 0 and (asked.needs_coupon or not asked.quorum),
        "gives": _gives_clearly(rule),
    }
    for field, holds in good.items():
        if not holds:
            raise PromotionInvalid(rule.rule_id, field)


def _gives_clearly(rule: Promotion) -> bool:
    asked = rule.conditions
    match rule.gives:
        case Giving.HAND:
            return True
        case Giving.HOLIDAY:
            named = bool(asked.from_day and asked.to_day)
        case Giving.MEMBER_DAY:
            named = bool(asked.weekdays or asked.month_days)
        case Giving.BIRTHDAY | Giving.NEWCOMER | Giving.SEASONS:
            named = True
        case _:
            assert_never(rule.gives)
    return named and asked.needs_coupon and not asked.quorum


def _in_order(first: str, last: str) -> bool:
    try:
        days = [date.fromisoformat(day).isoformat() == day for day in (first, last) if day]
    except ValueError:
        return False
    return all(days) and not (first and last and first > last)
