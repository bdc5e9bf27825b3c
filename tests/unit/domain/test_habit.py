"""Habits: a day is a visit, a voided sale is none, what was given back is no part of a ticket; medians of the last ten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from salon_desk.domain.habit import Habit, Visit, habit, history, usual_ticket


@dataclass(frozen=True)
class Doc:
    op_id: str
    business_day: str
    cents: int
    kind: str = "sale"
    of_sale: str = ""
    sold_at: str = ""
    store: str = "s1"
    currency: str = "USD"
    funded: int = 0
    voided_by: str = ""


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


DOCUMENTS = [
    Doc("c", "2026-11-10", 6_000, sold_at="2"),
    Doc("a", "2026-09-01", 4_000),
    Doc("t", "2026-10-02", 0, kind="top_up", funded=30_000),
    Doc("b", "2026-10-01", 5_000),
    Doc("d", "2026-11-10", 1_000, sold_at="3", store="s2"),
    Doc("void", "2026-11-12", 9_000, voided_by="v"),
    Doc("r", "2026-11-11", -2_000, kind="refund", of_sale="c"),
    Doc("of another", "2026-11-11", -700, kind="refund", of_sale="void"),
]


def test_sales_of_a_day_are_one_visit_less_what_was_given_back_of_them() -> None:
    found = history(DOCUMENTS, "USD")
    assert found.visits == (
        Visit(day("2026-09-01"), 4_000, "a", "s1"),
        Visit(day("2026-10-01"), 5_000, "b", "s1"),
        Visit(day("2026-11-10"), 5_000, "d", "s2"),
    )
    assert found.top_up == "t"
    assert found == history(DOCUMENTS[::-1], "USD")


def test_what_was_spent_counts_on_its_day_and_what_went_back_on_its_own() -> None:
    found = history(DOCUMENTS, "USD")
    assert found.spent_within(day("2026-11-10"), 1) == 7_000
    assert found.spent_within(day("2026-11-11"), 2) == 5_000
    assert found.spent_within(day("2026-11-11"), 1) == -2_000
    assert found.visits_within(day("2026-11-10"), 1) == 1
    assert found.visits_within(day("2026-11-10"), 41) == 2
    assert found.visits_within(day("2026-11-09"), 40) == 1


def test_a_visit_in_another_currency_is_a_visit_without_money() -> None:
    found = history([Doc("a", "2026-09-01", 4_000, currency="CAD")], "USD")
    assert [one.cents for one in found.visits] == [0]
    assert found.spent == ()
    assert habit(found.visits).usual_ticket is None


def test_the_visits_up_to_a_day_hold_that_day() -> None:
    found = history(DOCUMENTS, "USD")
    assert len(found.until(day("2026-11-10"))) == 3
    assert len(found.until(day("2026-11-09"))) == 2
    assert list(history([], "USD").until(1)) == []


def test_a_habit_says_first_last_and_what_is_usual() -> None:
    assert habit(history(DOCUMENTS, "USD").visits) == Habit(
        number=3,
        first=day("2026-09-01"),
        last=day("2026-11-10"),
        last_sale="d",
        store="s2",
        usual_ticket=5_000,
        usual_gap=35,
    )
    assert habit(()) == Habit()
    assert habit(history(DOCUMENTS[:2], "USD").visits).usual_gap is None


@pytest.mark.parametrize(
    ("tickets", "usual"),
    [
        ([], None),
        ([0, -5], None),
        ([700, 0], 700),
        ([101, 104], 102),
        ([900] * 5 + [100] * 6 + [200] * 4, 100),
    ],
)
def test_the_usual_ticket_is_the_median_of_the_last_ten_that_cost_something(
    tickets: list[int], usual: int | None
) -> None:
    assert usual_ticket([Visit(n, cents, "", "") for n, cents in enumerate(tickets)]) == usual
