"""Occasions on which a coupon gives itself: which day is one, what its coupon is called, when a season begins."""

from __future__ import annotations

import pytest

from salon_desk.domain.coupon import Giving
from salon_desk.domain.occasion import Occasion, OccasionCoupon, occasion, occasion_coupon, season_begins
from salon_desk.domain.promotion import Promotion, PromotionInvalid, check_promotion
from tests.unit.domain.promotions import rule


def gives(how: Giving, **asked: object) -> Promotion:
    return rule("gift", 1000, needs_coupon=True, gives=how, **asked)


@pytest.mark.parametrize(
    ("made", "day", "found"),
    [
        (gives(Giving.BIRTHDAY), "2026-11-01", Occasion("2026", "2026-11-01")),
        (gives(Giving.BIRTHDAY), "2026-11-30", Occasion("2026", "2026-11-01")),
        (gives(Giving.BIRTHDAY), "2026-12-01", None),
        (gives(Giving.BIRTHDAY, birthday="day"), "2027-11-28", Occasion("2027", "2027-11-28")),
        (gives(Giving.BIRTHDAY, birthday="day"), "2027-11-27", None),
        (gives(Giving.BIRTHDAY, from_day="2026-11-02"), "2026-11-01", None),
        (gives(Giving.BIRTHDAY, to_day="2026-11-02"), "2026-11-03", None),
        (gives(Giving.MEMBER_DAY, weekdays=(5,)), "2026-11-20", Occasion("2026-11-20", "2026-11-20")),
        (gives(Giving.MEMBER_DAY, weekdays=(5,)), "2026-11-21", None),
        (gives(Giving.MEMBER_DAY, month_days=(8, 18)), "2026-11-18", Occasion("2026-11-18", "2026-11-18")),
        (gives(Giving.MEMBER_DAY, month_days=(8, 18)), "2026-11-20", None),
        (
            gives(Giving.HOLIDAY, from_day="2026-12-20", to_day="2027-01-05"),
            "2027-01-01",
            Occasion("2026-12-20", "2026-12-20"),
        ),
        (gives(Giving.NEWCOMER), "2026-11-20", None),
        (gives(Giving.SEASONS), "2026-11-20", None),
        (rule("gift", 1000, needs_coupon=True), "2026-11-20", None),
    ],
)
def test_a_day_is_an_occasion_or_none(made: Promotion, day: str, found: Occasion | None) -> None:
    assert occasion(made, "11-28", day) == found


def test_whose_birthday_nobody_knows_has_none() -> None:
    assert occasion(gives(Giving.BIRTHDAY), "", "2026-11-20") is None


def test_a_coupons_id_says_what_it_was_given_for_and_others_say_nothing() -> None:
    named = OccasionCoupon("a/b", "may", "2026")
    assert named.coupon_id == "a%2Fb/may/2026"
    assert occasion_coupon(named.coupon_id) == named
    assert [occasion_coupon(one) for one in ("", "0192-77", "a//b", "a/b/c/d")] == [None] * 4


def test_seasons_begin_three_months_apart_and_no_later_than_a_months_end() -> None:
    assert [season_begins("2026-11-30", number) for number in range(5)] == [
        "2026-11-30",
        "2027-02-28",
        "2027-05-30",
        "2027-08-30",
        "2027-11-30",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        rule("gift", 1000, gives=Giving.BIRTHDAY),
        gives(Giving.NEWCOMER, quorum=3),
        gives(Giving.MEMBER_DAY),
        gives(Giving.HOLIDAY, from_day="2026-12-20"),
        gives(Giving.HOLIDAY, to_day="2026-12-20"),
    ],
)
def test_what_gives_itself_says_when_and_is_a_coupon_of_one(wrong: Promotion) -> None:
    with pytest.raises(PromotionInvalid) as refused:
        check_promotion(wrong, "USD")
    assert refused.value.field == "gives"
    for good in (gives(Giving.SEASONS), gives(Giving.MEMBER_DAY, month_days=(8,))):
        check_promotion(good, "USD")
