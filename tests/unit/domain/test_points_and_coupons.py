"""Points and coupons: names of their assets, what is earned and kept, what a refund puts back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain.coupon import coupon_asset, coupon_of
from salon_desk.domain.errors import QuantityOutOfRange, TicketNotOpen
from salon_desk.domain.points import (
    Earned,
    earned,
    is_rate,
    kept_after,
    member_of_points,
    paid_with_money,
    points_asset,
    points_owed_asset,
)
from salon_desk.domain.redeemed import LoweredLine, put_back_by_now
from salon_desk.domain.ticket import NO_WISHES, Wishes, attach_member, park, wish
from tests.unit.domain.shop import the_visit, usd


def test_assets_are_named_and_read_back() -> None:
    assert (points_asset("may"), points_owed_asset("may")) == ("points/may", "points-owed/may")
    assert [member_of_points(one) for one in ("points/may", "points-owed/may", "card/x")] == ["may", "", ""]
    assert [coupon_of(one) for one in (coupon_asset("c1"), "points/may")] == ["c1", ""]


@pytest.mark.parametrize(
    ("cents", "rate", "points"),
    [
        (9589, "1", 95),
        (99, "1", 0),
        (100, "1", 1),
        (1000, "0.15", 1),
        (1000, "1.5", 15),
        (5000, "", 0),
        (-100, "1", 0),
    ],
)
def test_points_are_whole_and_rounded_down(cents: int, rate: str, points: int) -> None:
    assert earned(usd(cents), rate) == points


def test_a_rate_is_a_plain_decimal() -> None:
    assert [is_rate(one) for one in ("1", "0.5", "", "-1", "1e3", "a")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_what_stored_value_paid_earns_nothing_and_tax_neither() -> None:
    # $91.00 before tax, $95.89 in all, $62.50 of it by card
    assert paid_with_money(usd(9100), usd(9589), usd(9589 - 6250)) == usd(3168)
    assert paid_with_money(usd(9100), usd(9589), usd(9589)) == usd(9100)
    assert paid_with_money(usd(9100), usd(9589), usd(20_000)) == usd(9100)
    assert paid_with_money(usd(0), usd(0), usd(0)) == usd(0)
    assert Earned(10, 4).kept == 6


def test_of_what_was_earned_as_much_stays_as_was_kept() -> None:
    assert [kept_after(95, left=usd(left), whole=usd(9589)) for left in (9589, 4800, 0)] == [95, 47, 0]
    assert kept_after(0, left=usd(0), whole=usd(0)) == 0


def lowered(cents: int, whole: int, back: int, returned: bool = True) -> LoweredLine:
    return LoweredLine(usd(cents), usd(whole), usd(back), returned)


def test_points_come_back_with_the_part_of_the_lines_and_a_coupon_with_the_last() -> None:
    lines = [lowered(542, 4136, 4136), lowered(458, 3492, 0)]
    assert put_back_by_now(300, lines) == 162
    assert put_back_by_now(1, lines) == 0
    assert put_back_by_now(1, [lines[0], lowered(458, 3492, 3492)]) == 1
    assert put_back_by_now(300, []) == 0


def test_a_line_that_came_to_nothing_is_back_when_it_was_returned() -> None:
    assert [put_back_by_now(5, [lowered(500, 0, 0, returned)]) for returned in (False, True)] == [0, 5]


@given(
    st.integers(0, 1000),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 6000)), max_size=4),
)
def test_never_more_comes_back_than_was_redeemed(units: int, lines: list[tuple[int, int, int]]) -> None:
    assert 0 <= put_back_by_now(units, [lowered(*one) for one in lines]) <= units


def test_another_guest_has_other_wishes() -> None:
    asked = wish(the_visit(), Wishes(off=("birthday",), points=100))
    assert attach_member(asked, "may").wishes == NO_WISHES
    assert attach_member(asked, None).wishes == asked.wishes
    with pytest.raises(QuantityOutOfRange):
        wish(asked, Wishes(points=-1))
    with pytest.raises(TicketNotOpen):
        wish(park(asked), NO_WISHES)


def test_a_promotion_is_taken_off_or_wanted_on_never_both_and_the_last_one_comes_last() -> None:
    asked = Wishes(points=100).without("a").with_rule("b").with_rule("a")
    assert asked == Wishes(on=("b", "a"), points=100)
    assert asked.with_rule("b").without("a").without("a") == Wishes(off=("a",), on=("b",), points=100)
