"""How long a till waits before it tries again."""

from __future__ import annotations

from random import Random

import pytest

from salon_desk.sync.backoff import CAP, FIRST, LONGEST_ASKED_FOR, Backoff


class _Highest(Random):
    """Always draws the longest wait."""

    def uniform(self, a: float, b: float) -> float:
        return b


def test_each_failure_doubles_the_wait_up_to_a_minute() -> None:
    backoff = Backoff(_Highest())
    drawn = [backoff.failed() for _ in range(12)]
    assert drawn[:4] == [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST]
    assert drawn[-1] == CAP == 60.0


def test_the_jitter_is_full_so_that_tills_do_not_come_back_together() -> None:
    backoff = Backoff(Random(1))
    for _ in range(10):
        backoff.failed()
    drawn = [backoff.failed() for _ in range(200)]
    assert min(drawn) < 6 < 54 < max(drawn) <= CAP


def test_a_success_begins_anew() -> None:
    backoff = Backoff(_Highest())
    for _ in range(5):
        backoff.failed()
    backoff.reset()
    assert backoff.failed() == FIRST


def test_a_year_of_failures_does_not_overflow() -> None:
    backoff = Backoff(_Highest())
    for _ in range(10_000):
        assert backoff.failed() <= CAP


@pytest.mark.parametrize("asked", [0.0, 7.0, 120.0])
def test_what_the_parent_asks_for_is_honoured(asked: float) -> None:
    assert Backoff(Random(1)).failed(asked) >= asked


def test_a_parent_cannot_send_a_till_away_for_a_day() -> None:
    assert Backoff(_Highest()).failed(86_400.0) <= LONGEST_ASKED_FOR + FIRST
