"""Who is held back, what SMS cost, and that nothing is said of a campaign which chance alone could have done."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from salon_desk.domain.campaign import (
    Finding,
    Group,
    Interval,
    Terms,
    check,
    cost,
    is_held_back,
    more_came_back,
    more_spent,
    price_of,
)
from salon_desk.domain.campaign_errors import CampaignInvalid
from salon_desk.domain.errors import TextTooLong
from salon_desk.domain.money import Money

AUTUMN = Terms("Autumn", "sleeping", "we_miss_you", "S1")
MEMBERS = [f"m{number}" for number in range(5_000)]


def test_about_as_many_are_held_back_as_was_said_the_same_ones_each_time() -> None:
    held = [one for one in MEMBERS if is_held_back("c", one, 10)]
    assert 450 < len(held) < 550
    assert held == [one for one in MEMBERS if is_held_back("c", one, 10)]


def test_another_campaign_holds_back_others_and_a_smaller_share_is_a_part_of_a_larger_one() -> None:
    tenth = {one for one in MEMBERS if is_held_back("c", one, 10)}
    assert len(tenth & {one for one in MEMBERS if is_held_back("d", one, 10)}) < 100
    assert {one for one in MEMBERS if is_held_back("c", one, 5)} < tenth


def test_nobody_is_held_back_where_the_share_is_nought() -> None:
    assert not any(is_held_back("c", one, 0) for one in MEMBERS)


def test_a_campaign_as_it_is_meant_is_taken() -> None:
    check(AUTUMN)
    check(replace(AUTUMN, segment="", held_back_percent=0))


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("template", ""), ("store", ""), ("held_back_percent", 51), ("held_back_percent", -1)],
)
def test_a_campaign_that_cannot_be_meant_is_refused(field: str, value: str | int) -> None:
    with pytest.raises(CampaignInvalid) as refused:
        check(replace(AUTUMN, **{field: value}))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_name_without_end_is_refused() -> None:
    with pytest.raises(TextTooLong):
        check(replace(AUTUMN, name="x" * 1_000))


@pytest.mark.parametrize("said", ["", "cheap", "NaN", "-0.01", "1.01", "Infinity"])
def test_a_price_that_cannot_be_meant_is_none(said: str) -> None:
    assert price_of(said) is None


def test_segments_cost_their_price_half_a_cent_upwards() -> None:
    price = price_of("0.0079")
    assert price == Decimal("0.0079")
    assert cost(1_000, price, "USD") == Money(790, "USD")
    assert cost(1, Decimal("0.005"), "USD") == Money(1, "USD")
    assert cost(0, price, "USD") == Money(0, "USD")


def test_the_interval_of_shares_is_newcombes() -> None:
    """Newcombe 1998, table II, example (a), method 10: 56 of 70 against 48 of 80: 0.2000, from 0.0524 to 0.3339."""
    found = more_came_back(Group(70, 56), Group(80, 48))
    assert found == Interval(2_000, 524, 3_339)
    assert found.finding is Finding.MORE


def test_what_chance_could_do_is_called_chance_and_fewer_is_called_fewer() -> None:
    near = more_came_back(Group(100, 21), Group(100, 20))
    assert near is not None
    assert near.finding is Finding.BY_CHANCE
    worse = more_came_back(Group(1_000, 100), Group(1_000, 200))
    assert worse is not None
    assert worse.finding is Finding.FEWER


def test_of_small_groups_nothing_is_said() -> None:
    assert more_came_back(Group(500, 100), Group(29, 0)) is None
    assert more_spent(Group(29, 10), Group(500, 0)) is None


def _spending(*cents: int) -> Group:
    return Group(len(cents), sum(1 for one in cents if one), sum(cents), sum(one * one for one in cents))


def test_what_was_spent_a_head_has_an_interval_too() -> None:
    found = more_spent(_spending(*[4_000] * 50, *[0] * 50), _spending(*[4_000] * 20, *[0] * 80))
    assert found is not None
    assert found.difference == 1_200
    # 1.959964 * sqrt(4,040,404 / 100 + 2,585,859 / 100), the variances with n - 1
    assert (found.low, found.high) == (695, 1_705)
    assert found.finding is Finding.MORE


def test_groups_that_spent_all_the_same_differ_exactly() -> None:
    found = more_spent(_spending(*[500] * 30), _spending(*[500] * 30))
    assert found == Interval(0, 0, 0)
    assert found.finding is Finding.BY_CHANCE
