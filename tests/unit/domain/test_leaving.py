"""Who is overdue by the rule an owner can read, and which way to name those who leave proves best on what was held out."""

from __future__ import annotations

from datetime import date
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.domain.leaving import (
    CERTAIN,
    Candidate,
    Method,
    Proof,
    came_back,
    can_be_judged,
    in_order,
    may_be_leaving,
    named,
    prove,
)
from salon_desk.domain.overdue import Rhythm, is_overdue, lateness, rhythm

NOON = date(2026, 6, 1).toordinal()


def every(days: int, visits: int = 4, last: int = NOON) -> Rhythm:
    """Somebody who came so many times, always after so many days."""
    found = rhythm([last - days * back for back in reversed(range(visits))])
    assert found is not None
    return found


def test_two_visits_are_no_rhythm() -> None:
    assert rhythm([]) is None
    assert rhythm([NOON - 20, NOON]) is None


@settings(max_examples=50)
@given(st.lists(st.integers(1, 200), min_size=2, max_size=12))
def test_what_is_usual_is_the_median_of_the_days_between_visits(between: list[int]) -> None:
    days = [NOON]
    for gap in between:
        days.append(days[-1] + gap)
    found = rhythm(days)
    assert found is not None
    assert found.twice_usual == 2 * median(between)
    assert (found.visits, found.first, found.last) == (len(days), days[0], days[-1])


def test_overdue_begins_after_twice_the_usual_interval_and_not_on_it() -> None:
    monthly = every(30)
    assert not is_overdue(monthly, NOON + 60)
    assert lateness(monthly, NOON + 60) == 1_000
    assert is_overdue(monthly, NOON + 61)


def test_half_a_day_of_the_median_counts() -> None:
    found = rhythm([NOON - 41, NOON - 21, NOON])
    assert found is not None
    assert (found.twice_usual, found.usual) == (41, 21)
    assert not is_overdue(found, NOON + 41)
    assert is_overdue(found, NOON + 42)


def test_who_was_away_for_half_a_year_and_four_intervals_is_gone_and_not_leaving() -> None:
    assert may_be_leaving(every(30), NOON + 180)
    assert not may_be_leaving(every(30), NOON + 181)
    assert may_be_leaving(every(60), NOON + 240)
    assert not may_be_leaving(every(60), NOON + 241)


def test_somebody_is_judged_only_where_an_interval_fits_into_what_was_held_out() -> None:
    assert can_be_judged(every(90), 90)
    assert not can_be_judged(every(91), 90)


@pytest.mark.parametrize(("next_visit", "returned"), [(None, False), (NOON + 60, True), (NOON + 61, False)])
def test_who_comes_within_twice_the_usual_interval_came_back(next_visit: int | None, returned: bool) -> None:
    assert came_back(every(30), next_visit, NOON, 90) is returned


def test_what_comes_after_the_held_out_days_did_not_happen() -> None:
    assert came_back(every(60), NOON + 90, NOON, 90)
    assert not came_back(every(60), NOON + 91, NOON, 90)


def _four() -> list[Candidate]:
    """By the rule a, b, c, d; by the model d, c, b, a; c is the second of both."""
    since = {"a": 90, "b": 63, "c": 70, "d": 10}
    chance = {"a": 90, "b": 80, "c": 20, "d": 10}
    return [Candidate(one, every(30, last=NOON - since[one]), chance[one] * CERTAIN // 100) for one in "abcd"]


def _order(method: Method) -> str:
    return "".join(one.member for one in in_order(_four(), method, NOON))


def test_each_method_puts_the_same_members_in_its_own_order() -> None:
    assert _order(Method.RULE) == "acbd"
    assert _order(Method.MODEL) == "dcba"
    assert _order(Method.BOTH) == "cadb"


def test_those_who_are_alike_in_everything_share_their_rank() -> None:
    alike = [Candidate(one, every(30)) for one in "xyz"]
    for method in Method:
        assert [one.member for one in in_order(alike, method, NOON)] == ["x", "y", "z"]


def test_every_list_is_as_long_as_the_rules() -> None:
    for method in Method:
        assert len(named(_four(), method, NOON)) == 3


def test_the_method_that_named_most_of_those_who_stayed_away_is_the_best() -> None:
    away = [one if one.member == "a" else _back(one) for one in _four()]
    proof = prove(away, NOON, 90)
    assert proof == Proof(90, 4, 1, 3, ((Method.RULE, 1), (Method.MODEL, 0), (Method.BOTH, 1)))
    assert proof.best is Method.BOTH
    away = [one if one.member in "bd" else _back(one) for one in _four()]
    assert prove(away, NOON, 90).best is Method.MODEL
    assert Proof(90, 4, 1, 3, ((Method.RULE, 1), (Method.MODEL, 1), (Method.BOTH, 0))).best is Method.RULE


def _back(one: Candidate) -> Candidate:
    return Candidate(one.member, one.rhythm, one.active, returned=True)
