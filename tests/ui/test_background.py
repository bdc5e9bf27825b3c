"""Work leaves the UI thread and its answer comes back to it, whatever came of it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

import pytest
from pytestqt.qtbot import QtBot

from salon_desk.domain.errors import AmountMissing, DomainError
from salon_desk.ui.background import TaskRunner
from salon_desk.ui.tasks import ImmediateTasks, Tasks


@pytest.fixture
def worker() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


@pytest.fixture
def runner(qtbot: QtBot, worker: ThreadPoolExecutor) -> TaskRunner:
    return TaskRunner(worker)


def _refuse() -> None:
    raise AmountMissing("amount")


def test_work_runs_on_the_worker_and_its_answer_comes_on_the_ui_thread(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    answered: list[tuple[int, int]] = []
    with qtbot.waitSignal(runner.idle):
        runner.run(threading.get_ident, lambda there: answered.append((there, threading.get_ident())))
    [(there, here)] = answered
    assert here == threading.get_ident()
    assert there != here


def test_answers_come_in_the_order_they_were_asked(qtbot: QtBot, runner: TaskRunner) -> None:
    answered: list[int] = []
    with qtbot.waitSignal(runner.idle):
        for number in range(50):
            runner.run(lambda n=number: n, answered.append)
    assert answered == list(range(50))
    assert runner.pending == 0


def test_a_refusal_goes_to_who_asked(qtbot: QtBot, runner: TaskRunner) -> None:
    refused: list[DomainError] = []
    with qtbot.waitSignal(runner.idle):
        runner.run(_refuse, lambda _: pytest.fail("nothing was done"), refused.append)
    assert refused == [AmountMissing("amount")]


def test_a_refusal_nobody_asked_for_is_told_by_the_runner(qtbot: QtBot, runner: TaskRunner) -> None:
    with qtbot.waitSignal(runner.refused) as told:
        runner.run(_refuse, lambda _: pytest.fail("nothing was done"))
    assert told.args == [AmountMissing("amount")]


def test_a_bug_goes_to_the_excepthook_and_the_runner_goes_on(
    qtbot: QtBot, runner: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[BaseException] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        caught.append(error)

    monkeypatch.setattr(sys, "excepthook", hook)
    answered: list[int] = []
    with qtbot.waitSignal(runner.idle):
        runner.run(lambda: 1 // 0, answered.append)
        runner.run(lambda: 2, answered.append)
    assert [type(error) for error in caught] == [ZeroDivisionError]
    assert answered == [2]


def test_typing_on_drops_the_answers_to_what_was_typed_before(
    qtbot: QtBot, runner: TaskRunner, worker: ThreadPoolExecutor
) -> None:
    go_on = threading.Event()
    worker.submit(go_on.wait)
    answered: list[str] = []
    with qtbot.waitSignal(runner.idle):
        for typed in ("z", "zx", "zxm"):
            runner.run(lambda t=typed: t, answered.append, replaces="search")
        go_on.set()
    assert answered == ["zxm"]


def test_an_answer_that_is_outdated_while_it_is_worked_on_is_dropped(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    started, go_on = threading.Event(), threading.Event()
    answered: list[str] = []

    def slow() -> str:
        started.set()
        go_on.wait(5)
        return "old"

    with qtbot.waitSignal(runner.idle):
        runner.run(slow, answered.append, replaces="search")
        assert started.wait(5)
        runner.run(lambda: "new", answered.append, replaces="search")
        go_on.set()
    assert answered == ["new"]


def test_nothing_is_answered_after_closing(
    qtbot: QtBot, runner: TaskRunner, worker: ThreadPoolExecutor
) -> None:
    go_on = threading.Event()
    runner.run(go_on.wait, lambda _: pytest.fail("the window is closed"))
    runner.close()
    go_on.set()
    worker.submit(int).result()
    qtbot.wait(1)
    runner.run(lambda: 1, lambda _: pytest.fail("the window is closed"))
    assert runner.pending == 0


def test_only_the_ui_thread_may_ask(runner: TaskRunner, worker: ThreadPoolExecutor) -> None:
    asked = worker.submit(runner.run, lambda: 1, lambda _: None)
    with pytest.raises(RuntimeError, match="UI thread"):
        asked.result()


def test_how_much_waits_is_told(qtbot: QtBot, runner: TaskRunner) -> None:
    told: list[int] = []
    runner.busy_changed.connect(told.append)
    with qtbot.waitSignal(runner.idle):
        runner.run(lambda: 1, lambda _: None)
        runner.run(lambda: 2, lambda _: None)
    assert told == [1, 2, 1, 0]


def test_for_presenters_there_are_tasks_that_work_at_once() -> None:
    tasks = ImmediateTasks()
    protocol: Tasks = tasks
    answered: list[int] = []
    refused: list[DomainError] = []
    protocol.run(lambda: 3, answered.append)
    protocol.run(_refuse, _never, refused.append)
    protocol.run(_refuse, _never)
    assert answered == [3]
    assert refused == tasks.refused == [AmountMissing("amount")]
    with pytest.raises(ZeroDivisionError):
        protocol.run(lambda: 1 // 0, answered.append)


_never: Callable[[object], None] = lambda _: pytest.fail("nothing was done")  # noqa: E731
