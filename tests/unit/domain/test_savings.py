"""Savings: the target is reached to the cent, rights are named and read back, a plan without a target is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.errors import AmountMissing, NegativeAmount, OfferNotValid
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.savings import (
    Progress,
    SavingsPlan,
    check_plan,
    saved_right,
    saving_right,
    savings_of,
)


def usd(cents: int) -> Money:
    return Money(cents, "USD")


PLAN = SavingsPlan("p", Names("Save"), usd(100000), usd(10000), from_day="2026-11-01", to_day="2026-11-30")


@pytest.mark.parametrize(
    ("cents", "reached", "permille"),
    [(0, False, 0), (30000, False, 300), (99999, False, 999), (100000, True, 1000), (250000, True, 1000)],
)
def test_a_target_is_reached_exactly_and_not_one_cent_below(cents: int, reached: bool, permille: int) -> None:
    progress = Progress(usd(cents), usd(100000))
    assert (progress.is_reached, progress.permille) == (reached, permille)


@pytest.mark.parametrize("day", ["2026-11-01", "2026-11-30"])
def test_a_plan_holds_on_its_first_and_last_day(day: str) -> None:
    check_plan(PLAN, day)


def test_a_plan_is_refused_outside_its_days_without_a_target_and_with_less_than_no_bonus() -> None:
    for day in ("2026-10-31", "2026-12-01"):
        with pytest.raises(OfferNotValid):
            check_plan(PLAN, day)
    with pytest.raises(AmountMissing):
        check_plan(replace(PLAN, target=usd(0)), "2026-11-02")
    with pytest.raises(NegativeAmount):
        check_plan(replace(PLAN, bonus=usd(-1)), "2026-11-02")


def test_the_right_to_grant_names_its_savings_and_no_other_asset_does() -> None:
    assert savings_of(saving_right("a card/1", "s/1")) == "s/1"
    assert savings_of(saved_right("a card/1", "s/1")) == ""
