"""Rules, guests and carts for the tests of the rule engine.

No test lives here. The day is a Friday, 2026-11-20, and the guest is May with a birthday on the 28th.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from salon_desk.domain.coupon import HeldCoupon
from salon_desk.domain.names import Names
from salon_desk.domain.promotion import Birthday, Choice, Conditions, Guest, Outcome, Promotion, Verdict
from salon_desk.domain.promotion_search import best
from salon_desk.domain.ticket import DiscountScope, Ticket, Wishes
from tests.unit.domain.shop import the_visit, usd

DAY = "2026-11-20"
MAY = Guest("may", tier="gold", birthday="11-28")
CATEGORIES = {"item-gel": "nails", "item-pedicure": "feet", "item-cream": "shelf"}


def rule(rule_id: str, cents: int = 0, percent: str = "", **others: Any) -> Promotion:
    """A rule of so many cents or percent; what else it says is a field of it or of its conditions."""
    conditions = {name: value for name, value in others.items() if name in Conditions.__slots__}
    if "birthday" in conditions:
        conditions["birthday"] = Birthday(conditions["birthday"])
    own = {name: value for name, value in others.items() if name not in conditions}
    return Promotion(
        rule_id,
        Names(rule_id),
        amount=None if percent else usd(cents),
        percent=percent or None,
        conditions=Conditions(**conditions),
        **own,
    )


BIRTHDAY = rule("birthday", 1000, scope=DiscountScope.SERVICES, birthday="month", exclusive="day")
MEMBER_DAY = rule("member-day", percent="10", members_only=True, weekdays=(5,), exclusive="day")
VOUCHER = rule("voucher", 2000, needs_coupon=True)
POINTS = rule("points", 500, block=100, most=0)


def held(promotion: str, coupon: str, **others: Any) -> HeldCoupon:
    """A coupon of a rule."""
    return HeldCoupon(coupon, promotion, **others)


def chosen(
    rules: Sequence[Promotion],
    guest: Guest = MAY,
    *,
    ticket: Ticket | None = None,
    day: str = DAY,
    **wishes: Any,
) -> Choice:
    """What the engine chooses for the visit of the worked example, or another ticket."""
    asked = replace(ticket or the_visit(), wishes=Wishes(**wishes))
    return best(asked, rules, guest, day=day, categories=CATEGORIES)


def verdict(choice: Choice, rule_id: str) -> Verdict:
    """What became of one rule."""
    return next(one for one in choice.verdicts if one.rule.rule_id == rule_id)


def outcome(one: Promotion, guest: Guest = MAY, **others: Any) -> Outcome:
    """What becomes of a rule that stands by itself."""
    return chosen([one], guest, **others).verdicts[0].outcome
