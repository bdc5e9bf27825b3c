"""The papers of the scripted day: waiting until they are printed, and saying what became of them.

Nothing is printed here. A printer that is gone does not keep the day: what waits is printed after the next start.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial

from salon_desk.bootstrap.till import RunningTill
from salon_desk.services import printing
from salon_desk.services.device_settings import Role
from salon_desk.services.device_state import Condition, DeviceState, Reason
from salon_desk.services.printing import DRAWER, QueueState
from salon_desk.storage.print_jobs import JobState, PrintJob

LOOK_EVERY_S = 0.02
GONE_AFTER_S = 5.0
"""Without a single paper for so long, while the printer says that it cannot print."""
STUCK_AFTER_S = 120.0
"""Without a single paper for so long, whatever the printer says."""

_PAGE = 256


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers of a run that were `printed` or `failed`; `waiting` are all that are still to be printed."""

    printed: int
    failed: int
    waiting: int
    problems: tuple[str, ...]


def newest_paper(running: RunningTill) -> str:
    """The newest job of the queue, by which those of a run are told from those before it."""
    jobs = running.worker.run(lambda: printing.recent(running.till, 1))
    return jobs[0].job_id if jobs else ""


def wait_for_papers(running: RunningTill, newest_before: str) -> Papers:
    """Wait until nothing is at the printer and nothing waits, or the printer is clearly gone."""
    problems = () if _waited(running) else (_why(running),)
    states = Counter(job.state for job in _since(running, newest_before) if job.kind != DRAWER)
    drawers = [job for job in _since(running, newest_before) if job.kind == DRAWER]
    shut = sum(job.state in (JobState.QUEUED, JobState.SENDING) for job in drawers)
    failed = states[JobState.FAILED]
    return Papers(states[JobState.PRINTED], failed, running.queue_state().waiting - failed - shut, problems)


def _waited(running: RunningTill) -> bool:
    """Whether the queue came to its end."""
    if not running.devices.of(Role.PRINTER).url:
        return True
    pause = threading.Event()
    before, since = _look(running), time.monotonic()
    while before.at_printer:
        pause.wait(LOOK_EVERY_S)
        now = _look(running)
        if now != before:
            before, since = now, time.monotonic()
        gone = _is_gone(running.counter.state(Role.PRINTER))
        if time.monotonic() - since > (GONE_AFTER_S if gone else STUCK_AFTER_S):
            return False
    return True


def _look(running: RunningTill) -> QueueState:
    """How the queue stands, after it was asked to go on."""
    running.worker.run(running.desk.pump)
    return running.queue_state()


def _is_gone(state: DeviceState) -> bool:
    """Whether nothing will print until a person does something."""
    needs = state.condition is Condition.ATTENTION and state.reason is not Reason.PAPER_LOW
    return needs or state.condition is Condition.OFFLINE


def _why(running: RunningTill) -> str:
    state = running.counter.state(Role.PRINTER)
    if state.condition is Condition.UNKNOWN:
        return "printer: no answer"
    return f"printer: {state.condition.value}" + (f", {state.reason.value}" if state.reason else "")


def _since(running: RunningTill, newest_before: str) -> list[PrintJob]:
    """The jobs of this run, newest first."""
    most = _PAGE
    while True:
        jobs = running.worker.run(partial(printing.recent, running.till, most))
        ids = [job.job_id for job in jobs]
        if newest_before in ids:
            return jobs[: ids.index(newest_before)]
        if len(jobs) < most:
            return jobs
        most *= 4
