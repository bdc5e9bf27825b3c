"""Whether a promotion may be taken on a ticket at all: the first condition that it does not meet.

Rules against each other are weighed in `promotion_search.py`. A person born on February 29 has her birthday on the 28th
in other years; the day is the business day, so a sale after midnight belongs to the evening.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from datetime import date

from salon_desk.domain.coupon import HeldCoupon
from salon_desk.domain.money import Money, total
from salon_desk.domain.promotion import Birthday, Guest, Outcome, Promotion, Verdict
from salon_desk.domain.ticket import TicketLine


def refused(
    rule: Promotion, guest: Guest, lines: Sequence[TicketLine], day: str, zero: Money
) -> Verdict | None:
    """Why the rule cannot be taken for this guest, on these lines (those it is for) and day; None when it can."""
    return (
        _by_guest(rule, guest, day, zero)
        or _by_day(rule, day, zero)
        or _by_lines(rule, lines, zero)
        or _by_coupon(rule, guest, day, zero)
    )


def usable(rule: Promotion, guest: Guest, day: str) -> list[HeldCoupon]:
    """The guest's coupons of this rule that can be used here now, the one that lapses first in front."""
    held = [one for one in guest.coupons if one.promotion == rule.rule_id and one.here]
    good = [one for one in held if one.begun(day) and not one.lapsed(day)]
    return sorted((one for one in good if one.joined >= rule.conditions.quorum), key=lambda one: one.expiry)


def is_birthday(birthday: str, wanted: Birthday, day: str) -> bool:
    """Whether a birthday ("MM-DD" or an ISO date) is on the day or in its month."""
    month, on = birthday[-5:-3], birthday[-5:]
    if wanted is Birthday.MONTH:
        return month == day[5:7]
    if on == "02-29" and not isleap(int(day[:4])):
        on = "02-28"
    return on == day[5:]


def _by_guest(rule: Promotion, guest: Guest, day: str, zero: Money) -> Verdict | None:
    asked = rule.conditions
    of_members = (asked.members_only, asked.tiers, asked.birthday, asked.first_visit, asked.needs_coupon)
    if not guest.member and (any(of_members) or rule.block):
        return Verdict(rule, Outcome.NO_MEMBER, zero)
    if asked.tiers and guest.tier not in asked.tiers:
        return Verdict(rule, Outcome.OTHER_TIER, zero)
    if asked.birthday and not guest.birthday:
        return Verdict(rule, Outcome.NO_BIRTHDAY, zero)
    if asked.birthday and not is_birthday(guest.birthday, asked.birthday, day):
        return Verdict(rule, Outcome.NOT_BIRTHDAY, zero, day=guest.birthday[-5:])
    if asked.first_visit and not guest.first_visit:
        return Verdict(rule, Outcome.NOT_FIRST_VISIT, zero)
    return None


def _by_day(rule: Promotion, day: str, zero: Money) -> Verdict | None:
    asked, today = rule.conditions, date.fromisoformat(day)
    if asked.from_day and day < asked.from_day:
        return Verdict(rule, Outcome.NOT_YET, zero, day=asked.from_day)
    if asked.to_day and day > asked.to_day:
        return Verdict(rule, Outcome.OVER, zero, day=asked.to_day)
    if asked.weekdays and today.isoweekday() not in asked.weekdays:
        return Verdict(rule, Outcome.OTHER_WEEKDAY, zero)
    if asked.month_days and today.day not in asked.month_days:
        return Verdict(rule, Outcome.OTHER_MONTH_DAY, zero)
    return None


def _by_lines(rule: Promotion, lines: Sequence[TicketLine], zero: Money) -> Verdict | None:
    listed = total((line.list_total for line in lines), zero.currency)
    if not listed:
        return Verdict(rule, Outcome.NOTHING_FITS, zero)
    least = rule.conditions.min_spend
    if least is not None and listed < least:
        return Verdict(rule, Outcome.BELOW_MINIMUM, zero, missing=least - listed)
    return None


def _by_coupon(rule: Promotion, guest: Guest, day: str, zero: Money) -> Verdict | None:
    """What stands in the way of the coupon that comes nearest to being usable."""
    if not rule.conditions.needs_coupon or usable(rule, guest, day):
        return None
    held = [one for one in guest.coupons if one.promotion == rule.rule_id]
    fresh = [one for one in held if not one.lapsed(day)]
    begun = [one for one in fresh if one.begun(day)]
    complete = [one for one in begun if one.joined >= rule.conditions.quorum]
    if complete:
        return Verdict(rule, Outcome.COUPON_ELSEWHERE, zero)
    if begun:
        short = rule.conditions.quorum - max(one.joined for one in begun)
        return Verdict(rule, Outcome.QUORUM, zero, short=short)
    if fresh:
        return Verdict(rule, Outcome.COUPON_NOT_YET, zero, day=min(one.from_day for one in fresh))
    if held:
        return Verdict(rule, Outcome.COUPON_LAPSED, zero, day=max(one.to_day for one in held))
    return Verdict(rule, Outcome.NO_COUPON, zero)
