"""What fingers ask for happens in its order, one after the other, and a refusal drops what was built on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from salon_desk.domain.errors import AmountMissing, DomainError
from salon_desk.ui.counter.steps import Steps
from salon_desk.ui.tasks import ImmediateTasks


class LateTasks:
    """Answers when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[Callable[[], Any], Callable[[Any], None], Any]] = []

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[DomainError], None] | None = None,
        *,
        replaces: str | None = None,
    ) -> None:
        self.asked.append((work, done, failed))

    def answer(self) -> None:
        work, done, failed = self.asked.pop(0)
        try:
            result = work()
        except DomainError as error:
            failed(error)
            return
        done(result)


def refuse() -> int:
    raise AmountMissing("test")


def test_a_step_is_decided_when_the_one_before_has_answered() -> None:
    tasks, told = LateTasks(), []
    steps = Steps(tasks)
    steps.add(lambda: lambda: 1, told.append, told.append)
    steps.add(lambda: lambda seen=tuple(told): seen, told.append, told.append)
    assert len(tasks.asked) == 1
    tasks.answer()
    tasks.answer()
    assert told == [1, (1,)]
    assert steps.idle


def test_a_step_may_find_that_there_is_nothing_to_do() -> None:
    told: list[object] = []
    steps = Steps(ImmediateTasks())
    steps.add(lambda: None, told.append, told.append)
    steps.add(lambda: lambda: 2, told.append, told.append)
    assert told == [2]


def test_a_refusal_drops_what_waited() -> None:
    tasks, told = LateTasks(), []
    steps = Steps(tasks)
    steps.add(lambda: refuse, told.append, lambda error: told.append(type(error)))
    steps.add(lambda: lambda: "never", told.append, told.append)
    tasks.answer()
    assert told == [AmountMissing]
    assert tasks.asked == []
    assert steps.idle


def test_a_bug_is_raised_and_does_not_stop_what_comes_later() -> None:
    told: list[object] = []
    steps = Steps(ImmediateTasks(), lambda: told.append("bug"))
    with pytest.raises(ZeroDivisionError):
        steps.add(lambda: lambda: 1 // 0, told.append, told.append)
    steps.add(lambda: lambda: 3, told.append, told.append)
    assert told == ["bug", 3]
