"""A task is about somebody, on a day near enough, and taken up again only later than today."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.campaign_errors import FollowUpInvalid
from salon_desk.domain.errors import TextTooLong
from salon_desk.domain.follow_up import BY_HAND, Answer, Result, Task, check_answer, check_task, task_id

TODAY = "2026-11-20"
CALL = Task("may", BY_HAND, "Ask how the gel held.", "2026-11-22", "lily")


def test_a_task_is_taken_for_today_the_past_and_two_years_ahead() -> None:
    for day in (TODAY, "2026-11-01", "2028-11-19", "2024-11-20"):
        check_task(replace(CALL, due_on=day, assignee=""), TODAY)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("member", ""),
        ("why", " "),
        ("due_on", "soon"),
        ("due_on", "20261122"),
        ("due_on", "2028-11-20"),
        ("due_on", "2024-11-19"),
    ],
)
def test_a_task_that_cannot_be_meant_is_refused(field: str, value: str) -> None:
    with pytest.raises(FollowUpInvalid) as refused:
        check_task(replace(CALL, **{field: value}), TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_script_without_end_is_refused() -> None:
    with pytest.raises(TextTooLong):
        check_task(replace(CALL, script="x" * 10_000), TODAY)


def test_an_answer_needs_no_next_date_and_takes_one_from_tomorrow_on() -> None:
    check_answer(Answer(Result.BOOKED), TODAY)
    check_answer(Answer(Result.NO_ANSWER, next_on="2026-11-21"), TODAY)


@pytest.mark.parametrize("day", [TODAY, "2026-11-19", "tomorrow", "2029-01-01"])
def test_a_next_date_that_is_not_to_come_is_refused(day: str) -> None:
    with pytest.raises(FollowUpInvalid) as refused:
        check_answer(Answer(Result.NO_ANSWER, next_on=day), TODAY)
    assert refused.value.field == "next_on"


def test_a_trigger_names_its_task_the_same_each_time_and_another_for_another_subject() -> None:
    assert task_id("absent", "may", "a") == task_id("absent", "may", "a")
    assert (
        len({task_id("absent", "may", "a"), task_id("absent", "may", "b"), task_id("birthday", "may", "a")})
        == 3
    )
