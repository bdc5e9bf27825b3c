"""The common loop of the two threads: it survives whatever a round does, waits as told, and stops when told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import TypeVar

import pytest

from salon_desk.services.link_status import LinkReason, LinkState
from salon_desk.services.till import Till
from salon_desk.storage.errors import CannotRecord, StoreStopped
from salon_desk.sync.context import FOREVER, Context, WorkerGone, loop, wait_for
from salon_desk.sync.status import StatusBoard

T = TypeVar("T")


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 20, tzinfo=UTC)


class _Highest(Random):
    def uniform(self, a: float, b: float) -> float:
        return b


def _no_database(_work: Callable[[Till], T]) -> T:
    raise WorkerGone


class _Rounds:
    """Gives or raises one thing a round, then stops the loop."""

    def __init__(self, *outcomes: float | Exception) -> None:
        self.outcomes = list(outcomes)
        self.waits: list[float] = []
        self.states: list[tuple[LinkState, LinkReason]] = []
        self.context = Context(
            database=_no_database,
            board=StatusBoard(_Clock()),
            clock=_Clock(),
            random=_Highest(),
            wait=self._wait,
        )
        self.context.board.linked()

    def once(self) -> float:
        if len(self.outcomes) == 1:
            self.context.stopping.set()
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def run(self) -> None:
        name = threading.current_thread().name
        loop(self.context, name, self, threading.Event())

    def _wait(self, _event: threading.Event, seconds: float) -> None:
        self.waits.append(seconds)
        status = self.context.board.now()
        self.states.append((status.state, status.reason))


def test_rounds_follow_each_other_as_each_asks() -> None:
    rounds = _Rounds(0.0, 2.5, FOREVER, 0.0)
    rounds.run()
    assert rounds.waits == [2.5, FOREVER]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (CannotRecord(reason="disk-full"), LinkReason.DISK),
        (StoreStopped(reason="x"), LinkReason.DISK),
        (ValueError("a bug"), LinkReason.FAULT),
    ],
)
def test_trouble_is_shown_waited_for_longer_each_time_and_gone_when_it_is_over(
    error: Exception, reason: LinkReason
) -> None:
    rounds = _Rounds(error, error, error, 9.0, 0.0)
    rounds.run()
    assert rounds.waits == [0.5, 1.0, 2.0, 9.0]
    assert rounds.states[:3] == [(LinkState.ATTENTION, reason)] * 3
    assert rounds.states[3][0] is LinkState.CONNECTING


def test_a_worker_that_takes_nothing_is_no_trouble_to_show() -> None:
    rounds = _Rounds(WorkerGone(), 0.0)
    rounds.run()
    assert rounds.states == [(LinkState.CONNECTING, LinkReason.NONE)]


def test_the_loop_runs_on_its_own_thread_only() -> None:
    rounds = _Rounds(0.0)
    with pytest.raises(AssertionError):
        loop(rounds.context, "another thread", rounds, threading.Event())


def test_waiting_takes_the_event() -> None:
    event = threading.Event()
    event.set()
    wait_for(event, FOREVER)
    assert not event.is_set()
