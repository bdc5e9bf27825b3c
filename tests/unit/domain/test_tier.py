"""Tiers: the highest that is reached stands; what no rule knows is left alone; rules that cannot be meant are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.errors import TierInvalid
from salon_desk.domain.names import Names
from salon_desk.domain.tier import (
    Measure,
    Reached,
    TierRule,
    check_rules,
    first_day,
    known,
    moves,
    reached,
)

SILVER = TierRule("silver", Names("Silver", "银卡"), 1, Measure.VISITS, 3)
GOLD = TierRule("gold", Names("Gold", "金卡"), 2, Measure.SPEND, 100_000, window_days=365)
RULES = (GOLD, SILVER)
TODAY = "2026-11-20"


def tier_of(visits: int = 0, spend: int = 0) -> str:
    asked: list[tuple[Measure, str]] = []

    def measured(measure: Measure, since: str) -> int:
        asked.append((measure, since))
        return spend if measure is Measure.SPEND else visits

    found = reached(RULES, measured, TODAY)
    assert asked[0] == (Measure.SPEND, "2025-11-21")
    return found.tier


def test_the_highest_tier_that_is_reached_stands_at_its_boundary() -> None:
    assert tier_of() == ""
    assert tier_of(visits=2, spend=99_999) == ""
    assert tier_of(visits=3, spend=99_999) == "silver"
    assert tier_of(visits=0, spend=100_000) == "gold"


def test_a_window_holds_today_and_the_days_before_it() -> None:
    assert first_day(TODAY, 1) == TODAY
    assert first_day(TODAY, 30) == "2026-10-22"
    assert first_day(TODAY, 0) == ""


@pytest.mark.parametrize(
    ("stands", "to", "wanted"),
    [
        ("", "", False),
        ("", "gold", True),
        ("gold", "", True),
        ("gold", "silver", True),
        ("金卡", "gold", False),
        ("金卡", "silver", True),
        ("Friends of the house", "gold", False),
    ],
)
def test_who_moves_and_who_is_left_alone(stands: str, to: str, *, wanted: bool) -> None:
    assert moves(RULES, stands, Reached(to)) is wanted


def test_a_tier_is_known_by_its_id_and_by_its_names() -> None:
    assert known(RULES, "银卡") is known(RULES, "Silver") is known(RULES, "silver") is SILVER
    assert known(RULES, "") is None


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ((replace(GOLD, least=0),), "least"),
        ((replace(GOLD, window_days=-1),), "window_days"),
        ((replace(GOLD, names=Names("")),), "name"),
        ((GOLD, replace(SILVER, rank=2)), "rank"),
        ((GOLD, replace(SILVER, tier="gold")), "tier"),
        (tuple(replace(GOLD, tier=f"{n}", rank=n) for n in range(21)), "tiers"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(rules: tuple[TierRule, ...], field: str) -> None:
    with pytest.raises(TierInvalid) as refused:
        check_rules(rules)
    assert refused.value.field == field
