"""Which promotions a guest gets, which not and why, with every reason at its boundary."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from salon_desk.domain.errors import AmountMissing
from salon_desk.domain.names import Names
from salon_desk.domain.pricing import price_ticket
from salon_desk.domain.promotion import Guest, Outcome, Promotion, PromotionInvalid, check_promotion
from salon_desk.domain.ticket import DiscountScope, add_discount, promote
from tests.unit.domain.promotions import (
    BIRTHDAY,
    MAY,
    MEMBER_DAY,
    POINTS,
    VOUCHER,
    chosen,
    held,
    outcome,
    rule,
    verdict,
)
from tests.unit.domain.shop import FLUSHING, off, service, the_visit, ticket_of, usd


def test_the_birthday_coupon_on_services_comes_to_95_89_by_rule() -> None:
    choice = chosen([BIRTHDAY])
    priced = price_ticket(promote(the_visit(), choice.discounts), FLUSHING)
    assert (priced.discount, priced.total) == (usd(1000), usd(9589))
    assert [line.discounts[0].amount.cents for line in priced.lines[:2]] == [542, 458]


def test_of_birthday_and_member_day_the_greater_is_taken_and_the_other_says_which_won() -> None:
    choice = chosen([BIRTHDAY, MEMBER_DAY])
    won, lost = verdict(choice, "member-day"), verdict(choice, "birthday")
    assert (won.outcome, won.amount, choice.total) == (Outcome.APPLIED, usd(1010), usd(1010))
    assert (lost.outcome, lost.by, lost.amount) == (Outcome.BETTER, MEMBER_DAY, usd(1000))
    assert lost.may_be_chosen


def test_the_cashier_takes_one_off_and_the_next_best_takes_its_place() -> None:
    choice = chosen([BIRTHDAY, MEMBER_DAY], off=("member-day",))
    assert verdict(choice, "member-day").outcome is Outcome.TAKEN_OFF
    assert verdict(choice, "member-day").amount == usd(1010)
    assert [one.rule for one in choice.discounts] == ["birthday"]


def test_the_cashier_puts_the_lesser_one_on_and_the_last_wish_wins() -> None:
    choice = chosen([BIRTHDAY, MEMBER_DAY], on=("birthday",))
    assert [one.rule for one in choice.discounts] == ["birthday"]
    assert verdict(choice, "member-day").outcome is Outcome.BY_HAND
    assert verdict(choice, "member-day").by == BIRTHDAY
    again = chosen([BIRTHDAY, MEMBER_DAY], on=("birthday", "member-day"))
    assert [one.rule for one in again.discounts] == ["member-day"]


def test_a_wish_for_what_the_guest_may_not_have_changes_nothing() -> None:
    gone = rule("gone", 5000, tiers=("platinum",))
    assert chosen([BIRTHDAY, gone], on=("gone", "unknown")).total == usd(1000)


CASES: list[tuple[Promotion, Guest, str, Outcome]] = [
    (rule("r", 100), Guest(), "2026-11-20", Outcome.APPLIED),
    (rule("r", 100, members_only=True), Guest(), "2026-11-20", Outcome.NO_MEMBER),
    (POINTS, Guest(), "2026-11-20", Outcome.NO_MEMBER),
    (rule("r", 100, tiers=("gold", "silver")), MAY, "2026-11-20", Outcome.APPLIED),
    (rule("r", 100, tiers=("silver",)), MAY, "2026-11-20", Outcome.OTHER_TIER),
    (rule("r", 100, birthday="day"), Guest("ann"), "2026-11-20", Outcome.NO_BIRTHDAY),
    (rule("r", 100, birthday="day"), MAY, "2026-11-27", Outcome.NOT_BIRTHDAY),
    (rule("r", 100, birthday="day"), MAY, "2026-11-28", Outcome.APPLIED),
    (rule("r", 100, birthday="month"), MAY, "2026-11-01", Outcome.APPLIED),
    (rule("r", 100, birthday="month"), MAY, "2026-12-01", Outcome.NOT_BIRTHDAY),
    (rule("r", 100, birthday="day"), Guest("leap", birthday="1992-02-29"), "2027-02-28", Outcome.APPLIED),
    (rule("r", 100, birthday="day"), Guest("leap", birthday="02-29"), "2028-02-28", Outcome.NOT_BIRTHDAY),
    (rule("r", 100, first_visit=True), MAY, "2026-11-20", Outcome.NOT_FIRST_VISIT),
    (rule("r", 100, first_visit=True), Guest("new", first_visit=True), "2026-11-20", Outcome.APPLIED),
    (rule("r", 100, from_day="2026-11-21"), MAY, "2026-11-20", Outcome.NOT_YET),
    (rule("r", 100, from_day="2026-11-20", to_day="2026-11-20"), MAY, "2026-11-20", Outcome.APPLIED),
    (rule("r", 100, to_day="2026-11-19"), MAY, "2026-11-20", Outcome.OVER),
    (rule("r", 100, weekdays=(5,)), MAY, "2026-11-20", Outcome.APPLIED),
    (rule("r", 100, weekdays=(2, 3)), MAY, "2026-11-20", Outcome.OTHER_WEEKDAY),
    (rule("r", 100, month_days=(8, 18)), MAY, "2026-11-18", Outcome.APPLIED),
    (rule("r", 100, month_days=(8, 18)), MAY, "2026-11-20", Outcome.OTHER_MONTH_DAY),
    (rule("r", 100, items=("item-lash",)), MAY, "2026-11-20", Outcome.NOTHING_FITS),
    (rule("r", 100, categories=("feet",)), MAY, "2026-11-20", Outcome.APPLIED),
]


@pytest.mark.parametrize(("one", "guest", "day", "expected"), CASES)
def test_each_condition_at_its_boundary(one: Promotion, guest: Guest, day: str, expected: Outcome) -> None:
    assert outcome(one, guest, day=day) is expected


def test_the_minimum_is_of_what_the_rule_is_for_and_says_what_is_missing() -> None:
    services = {"scope": DiscountScope.SERVICES}
    assert outcome(rule("r", 100, min_spend=usd(8300), **services)) is Outcome.APPLIED
    short = chosen([rule("r", 100, min_spend=usd(8301), **services)]).verdicts[0]
    assert (short.outcome, short.missing) == (Outcome.BELOW_MINIMUM, usd(1))


def test_a_rule_for_a_category_lowers_its_lines_alone() -> None:
    choice = chosen([rule("feet", percent="50", categories=("feet",)), rule("gel", 100, items=("item-gel",))])
    priced = price_ticket(promote(the_visit(), choice.discounts), FLUSHING)
    assert [(line.list_total - line.net).cents for line in priced.lines] == [100, 1900, 0]


@pytest.mark.parametrize(
    ("coupons", "expected", "short", "day"),
    [
        ((), Outcome.NO_COUPON, 0, ""),
        (({"to_day": "2026-11-19"},), Outcome.COUPON_LAPSED, 0, "2026-11-19"),
        (({"from_day": "2026-12-01"},), Outcome.COUPON_NOT_YET, 0, "2026-12-01"),
        (({"here": False, "joined": 3},), Outcome.COUPON_ELSEWHERE, 0, ""),
        (({"joined": 2},), Outcome.QUORUM, 1, ""),
        (({"joined": 1}, {"joined": 2}), Outcome.QUORUM, 1, ""),
        (({"joined": 3, "to_day": "2026-11-19"},), Outcome.COUPON_LAPSED, 0, "2026-11-19"),
        (({"joined": 3, "from_day": "2026-11-21"},), Outcome.COUPON_NOT_YET, 0, "2026-11-21"),
        (({"joined": 3, "to_day": "2026-11-20"},), Outcome.APPLIED, 0, ""),
    ],
)
def test_a_coupon_is_used_or_says_why_not(
    coupons: tuple[dict[str, Any], ...], expected: Outcome, short: int, day: str
) -> None:
    group = rule("group", 2000, needs_coupon=True, quorum=3)
    guest = replace(MAY, coupons=tuple(held("group", f"c{n}", **one) for n, one in enumerate(coupons)))
    found = chosen([group], guest).verdicts[0]
    assert (found.outcome, found.short, found.day) == (expected, short, day)


def test_the_coupon_that_lapses_first_is_used_first_and_as_many_as_the_rule_says() -> None:
    coupons = (held("voucher", "a"), held("voucher", "b", to_day="2026-12-31"), held("other", "x"))
    guest = replace(MAY, coupons=coupons)
    assert [one.asset for one in chosen([VOUCHER], guest).discounts] == ["coupon/b"]
    both = chosen([replace(VOUCHER, most=2)], guest)
    assert [(one.asset, one.units, one.discount_id) for one in both.discounts] == [
        ("coupon/b", 1, "promotion/voucher"),
        ("coupon/a", 1, "promotion/voucher#2"),
    ]
    assert (both.verdicts[0].units, both.total) == (2, usd(4000))


def test_no_coupon_is_spent_where_another_takes_all_or_nothing_is_left() -> None:
    small, great = rule("small", 500, needs_coupon=True), rule("great", 1200, needs_coupon=True, order=1)
    guest = replace(MAY, coupons=(held("small", "s"), held("great", "g", to_day="2027-01-01")))
    cheap = ticket_of(service("wax", 1200))
    choice = chosen([small, great], guest, ticket=cheap)
    assert [one.asset for one in choice.discounts] == ["coupon/g"]
    assert verdict(choice, "small").outcome is Outcome.NOTHING_LEFT
    free = add_discount(cheap, off("typed", 1200))
    assert chosen([small], guest, ticket=free).discounts == ()


def test_points_are_redeemed_only_when_asked_in_blocks_and_never_for_nothing() -> None:
    guest = replace(MAY, points=1250)
    told = chosen([POINTS], guest).verdicts[0]
    assert (told.outcome, told.units, told.amount) == (Outcome.NOT_ASKED, 1250, usd(6000))
    choice = chosen([POINTS], guest, points=390)
    assert [(one.asset, one.units, one.amount) for one in choice.discounts] == [
        ("points/may", 300, usd(1500))
    ]
    cheap = chosen([POINTS], guest, ticket=ticket_of(service("wax", 1200)), points=1250)
    assert (cheap.discounts[0].units, cheap.total) == (300, usd(1200))
    assert chosen([replace(POINTS, most=2)], guest, points=1250).total == usd(1000)


def test_too_few_points_say_how_many_are_missing_and_whether_they_lie_elsewhere() -> None:
    few = chosen([POINTS], replace(MAY, points=40, points_elsewhere=50), points=100).verdicts[0]
    assert (few.outcome, few.short, few.units) == (Outcome.TOO_FEW_POINTS, 10, 90)
    away = chosen([POINTS], replace(MAY, points=40, points_elsewhere=60), points=100).verdicts[0]
    assert (away.outcome, away.units) == (Outcome.POINTS_ELSEWHERE, 60)


def test_one_that_stands_alone_goes_with_no_other() -> None:
    lone = rule("lone", 1500, alone=True)
    choice = chosen([lone, MEMBER_DAY, rule("any", 600)])
    assert [one.rule for one in choice.discounts] == ["member-day", "any"]
    assert verdict(choice, "lone").by == MEMBER_DAY
    assert not lone.clashes(lone)


@pytest.mark.parametrize(
    ("one", "field"),
    [
        (replace(rule("r", 100), names=Names("")), "names"),
        (replace(rule("r", 100), percent="5"), "amount"),
        (rule("r", 100, most=0), "most"),
        (rule("r", percent="5", block=100, most=0), "points"),
        (rule("r", 100, block=100, needs_coupon=True), "points"),
        (rule("r", 100, weekdays=(0,)), "weekdays"),
        (rule("r", 100, month_days=(32,)), "month_days"),
        (rule("r", 100, from_day="2026-12-01", to_day="2026-11-30"), "dates"),
        (rule("r", 100, from_day="1 December"), "dates"),
        (rule("r", 100, quorum=3), "quorum"),
    ],
)
def test_a_rule_that_says_nothing_clear_is_refused(one: Promotion, field: str) -> None:
    with pytest.raises(PromotionInvalid) as refused:
        check_promotion(one, "USD")
    assert refused.value.field == field


def test_a_rule_of_no_amount_is_refused_and_a_good_one_is_not() -> None:
    with pytest.raises(AmountMissing):
        check_promotion(rule("r", 0), "USD")
    for one in (BIRTHDAY, MEMBER_DAY, VOUCHER, POINTS, rule("r", 100, min_spend=usd(1), to_day="2026-12-01")):
        check_promotion(one, "USD")
