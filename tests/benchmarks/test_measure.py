"""How a ratio is made: in turns, of medians, with the spread of the rounds."""

from __future__ import annotations

import pytest

from salon_desk.bench.measure import Side, compared, interleave, timing


def test_both_sides_take_turns_and_swap_who_goes_first() -> None:
    order: list[str] = []

    def side(name: str, milliseconds: float) -> Side:
        def work(turn: int) -> float:
            order.append(f"{name}{turn}")
            return milliseconds

        return work

    ours, floor = interleave(side("o", 3.0), side("f", 1.0), turns=4, rounds=2)
    assert order == ["f0", "o0", "o1", "f1", "f2", "o2", "o3", "f3"]
    assert (ours, floor) == ([[3.0, 3.0], [3.0, 3.0]], [[1.0, 1.0], [1.0, 1.0]])


def test_what_an_idle_machine_does_comes_before_each_round() -> None:
    rests: list[int] = []
    interleave(lambda _turn: 1.0, lambda _turn: 1.0, turns=6, rounds=3, between=lambda: rests.append(1))
    assert len(rests) == 3


def test_the_ratio_is_of_medians_so_that_one_slow_moment_does_not_count() -> None:
    result = compared("x", [[2.0, 2.0, 900.0]], [[1.0, 1.0, 1.0]])
    assert result.ratio == 2.0
    assert result.our_ms.worst == 900.0


def test_the_spread_is_that_of_the_rounds() -> None:
    result = compared("x", [[1.0], [3.0]], [[1.0], [1.0]])
    assert result.spread == (1.0, 3.0)
    assert result.n == 2


@pytest.mark.parametrize(("times", "p99"), [([5.0], 5.0), ([float(n) for n in range(1, 101)], 100.0)])
def test_p99_is_a_time_that_was_measured(times: list[float], p99: float) -> None:
    assert timing(times).p99 == p99
