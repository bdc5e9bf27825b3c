"""Bonus that lapses: what was given for days that are over goes, what still counts stays, whoever holds it."""

from __future__ import annotations

import pytest

from salon_desk.domain.lapse import Lot, Step, lapse_of, lapsed_right, lapsing, left_of

JUNE, JULY, EVER = Lot(20, "2026-06-30"), Lot(30, "2026-07-31"), Lot(40)


@pytest.mark.parametrize(
    ("here", "day", "gone"),
    [
        (90, "2026-06-30", 0),
        (90, "2026-07-01", 20),
        (75, "2026-07-01", 5),  # 15 were spent, of what lapses first
        (70, "2026-07-01", 0),
        (90, "2026-08-01", 50),
        (40, "2026-08-01", 0),
        (500, "2026-08-01", 50),
    ],
)
def test_what_lapses_first_was_spent_first_and_what_counts_stays(here: int, day: str, gone: int) -> None:
    assert lapsing(here, [JUNE, EVER, JULY], day) == gone


def test_two_holders_never_take_off_more_than_is_over() -> None:
    for here in range(91):
        taken = sum(lapsing(part, [JUNE, JULY, EVER], "2026-07-01") for part in (here, 90 - here))
        assert taken <= 20


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        (
            (Step(40), Step(-30, by="a"), Step(20, "2026-06-30")),
            [(10, ""), (20, "2026-06-30")],
        ),  # it came later
        ((Step(40), Step(20, "2026-06-30"), Step(-30, by="a")), [(30, ""), (0, "2026-06-30")]),
        (
            (Step(20, "2026-07-31"), Step(20, "2026-06-30"), Step(-5, by="a")),
            [(20, "2026-07-31"), (15, "2026-06-30")],
        ),
        (
            (Step(20, "2026-06-30"), Step(40), Step(-30, by="a"), Step(15, back="a")),
            [(5, "2026-06-30"), (40, "")],
        ),
        ((Step(20, "2026-06-30"), Step(-5, by="a"), Step(3, back="a")), [(18, "2026-06-30")]),
        (
            (Step(30), Step(-30, by="a"), Step(20, "2026-06-30"), Step(-6, by="b"), Step(22, back="a")),
            [(22, ""), (14, "2026-06-30")],
        ),
        ((Step(-5, by="a"), Step(5, back="a")), [(5, "")]),  # nobody is known to have given it
        ((Step(5, back="a"),), [(5, "")]),
    ],
)
def test_what_was_spent_was_of_what_there_was_then_and_comes_back_where_it_was_taken_last(
    steps: tuple[Step, ...], left: list[tuple[int, str]]
) -> None:
    assert [(one.units, one.until) for one in left_of(steps)] == left


def test_a_right_names_its_lapse() -> None:
    assert lapse_of(lapsed_right("c/1", "l/2")) == "l/2"
    assert lapse_of("card/c/USD/bonus") == ""
