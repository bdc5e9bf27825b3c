"""The thread of one card terminal: takes a question at a time, asks, answers through a future, looks after the terminal.

No protocol lives here (see `driver`) and nothing is written down (services did, before). The rules to know: a future that
was given is always answered, and a reference that may have been charged is never sent a second time.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from salon_desk.devices.tally import Tally
from salon_desk.devices.terminal.driver import (
    Surroundings,
    TerminalDriver,
    TerminalLine,
    TerminalReport,
    TerminalTiming,
    TipAdjustment,
)
from salon_desk.devices.terminal.heard import report_of, state_of
from salon_desk.devices.terminal.job import Job
from salon_desk.devices.url import DeviceUrl, EmulatedUrl
from salon_desk.domain.charge import (
    Answer,
    BatchFailed,
    BatchTotals,
    Charge,
    ChargeProblem,
    NotFound,
    NotSent,
    TerminalState,
    Unknown,
)
from salon_desk.services.device_state import Condition, DeviceState

if TYPE_CHECKING:
    from salon_desk.devices.emulators.terminal_serving import RunningTerminal

MOST_WAITING = 8
_REMEMBERED = 500
_log = logging.getLogger(__name__)

T = TypeVar("T")


class TerminalPort:
    """One terminal; fulfils `services.ports.PaymentTerminal`. `on_state` is called on the port's thread. Start it once."""

    def __init__(
        self,
        url: DeviceUrl,
        make_driver: Callable[[Surroundings], TerminalDriver],
        on_state: Callable[[DeviceState], None],
        *,
        timing: TerminalTiming | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.tally = Tally()
        self._url, self._make_driver, self._on_state = url, make_driver, on_state
        self._timing, self._now = timing or TerminalTiming(), now
        self._lock = threading.Lock()
        self._stop, self._give_up = threading.Event(), threading.Event()
        self._jobs: queue.SimpleQueue[Job[Any] | None] = queue.SimpleQueue()
        self._waiting = self._open_charges = 0
        self._report: TerminalReport | None = None
        self._known: OrderedDict[str, Answer | None] = OrderedDict()
        self._line, self._driver = self._plugged(url)
        self._emulator: RunningTerminal | None = None
        self._thread = threading.Thread(target=self._run, name=f"terminal {url}", daemon=True)

    def start(self) -> None:
        """Begin to work. Once. Thread: any."""
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End; whether the thread ended in time. What is asked at present is Unknown, what waits was not sent.

        Thread: any but the port's.
        """
        assert threading.current_thread() is not self._thread
        with self._lock:
            self._stop.set()
            self._jobs.put(None)
        if self._thread.ident is None:
            self._end_all()
        else:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def state(self) -> TerminalState:
        """How it was heard last; BUSY while a charge is asked for. Any thread."""
        if self._open_charges:
            return TerminalState.BUSY
        return self._report.state if self._report is not None else TerminalState.UNKNOWN

    def charge(self, charge: Charge) -> Future[Answer]:
        """Ask once; see `PaymentTerminal`. NotSent where too many wait or the port ended. Any thread."""
        return self._submit_charge(charge.reference, lambda: self._driver.charge(charge, self._give_up))

    def adjust_tip(self, adjustment: TipAdjustment) -> Future[Answer]:
        """Put a tip that was written on a slip on a charge of this batch; as `charge`. Any thread."""
        return self._submit_charge(adjustment.reference, lambda: self._driver.adjust_tip(adjustment))

    def look_up(self, charge: Charge) -> Future[Answer]:
        """Ask by reference; see `PaymentTerminal`. Any thread."""
        reference = charge.reference
        job: Job[Answer] = Job(
            lambda: self._looked_up(charge),
            lambda problem: Unknown(reference, problem),
            Unknown(reference, ChargeProblem.GARBLED),
        )
        return self._submit(job)

    def cancel(self) -> None:
        """Tell the terminal to give up what it waits for; nothing where nothing is asked. Any thread."""
        with self._lock:
            if self._open_charges:
                self._give_up.set()

    def close_batch(self) -> Future[BatchTotals | BatchFailed]:
        """Count and close the batch; see `PaymentTerminal`. Any thread."""
        job: Job[BatchTotals | BatchFailed] = Job(
            lambda: self._driver.close_batch(), BatchFailed, BatchFailed(ChargeProblem.GARBLED)
        )
        return self._submit(job)

    def greet(self) -> Future[DeviceState]:
        """Greet it at once and say how it is, for the one-tap test; moves no money. Any thread."""
        job: Job[DeviceState] = Job(
            self._greeted,
            lambda problem: state_of(report_of(BatchFailed(problem))),
            DeviceState(Condition.UNKNOWN),
        )
        return self._submit(job)

    # --- taking questions

    def _submit_charge(self, reference: str, ask: Callable[[], Answer]) -> Future[Answer]:
        with self._lock:
            self._open_charges += 1
        job: Job[Answer] = Job(
            lambda: self._once(reference, ask),
            lambda problem: NotSent(reference, problem),
            Unknown(reference, ChargeProblem.GARBLED),
        )
        job.future.add_done_callback(self._charge_ended)
        return self._submit(job)

    def _charge_ended(self, _future: Future[Answer]) -> None:
        with self._lock:
            self._open_charges -= 1
            if not self._open_charges:
                self._give_up.clear()

    def _submit(self, job: Job[T]) -> Future[T]:
        with self._lock:
            stopped, full = self._stop.is_set(), self._waiting >= MOST_WAITING
            if not stopped and not full:
                self._waiting += 1
                self._jobs.put(job)
        if stopped or full:
            job.end(ChargeProblem.OUT_OF_REACH if stopped else ChargeProblem.BUSY)
        return job.future

    # --- on the port's thread

    def _run(self) -> None:
        assert threading.current_thread() is self._thread
        try:
            self._emulate()
            self._look_after()
            while not self._stop.is_set():
                self._work_or_look_after()
        finally:
            with self._lock:
                self._stop.set()  # whatever ended it: nothing waits for a thread that is not there
            self._line.close()
            self._end_all()
            if self._emulator is not None:
                self._emulator.stop()

    def _work_or_look_after(self) -> None:
        ready = self._report is not None and self._report.state is TerminalState.READY
        try:
            job = self._jobs.get(timeout=self._timing.poll_s if ready else self._timing.poll_in_trouble_s)
        except queue.Empty:
            self._look_after()
            return
        if job is None:
            return
        with self._lock:
            self._waiting -= 1
        result = job.run()
        self._line.rest()
        if result is not None and not isinstance(result, DeviceState):
            self._tell(report_of(result))
            self.tally.ended(well=not isinstance(result, NotSent | Unknown | BatchFailed))

    def _look_after(self) -> None:
        try:
            self._tell(self._driver.report())
        except Exception as error:
            _log.error("a terminal's driver failed: %s", type(error).__name__)
        self._line.rest()

    def _greeted(self) -> DeviceState:
        report = self._driver.report()
        self._tell(report)
        return state_of(report)

    def _once(self, reference: str, ask: Callable[[], Answer]) -> Answer:
        """What may have been charged under this reference is asked for, never charged again."""
        if self._give_up.is_set():
            return NotSent(reference, ChargeProblem.BUSY)
        if reference in self._known and not _may_be_sent_again(self._known[reference]):
            return Unknown(reference, ChargeProblem.DUPLICATE)
        self._known[reference] = None
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        answer = ask()
        self._known[reference] = answer
        return answer

    def _looked_up(self, charge: Charge) -> Answer:
        answer = self._driver.look_up(charge)
        if charge.reference in self._known:
            self._known[charge.reference] = answer
        return answer

    def _tell(self, report: TerminalReport) -> None:
        if report != self._report:
            if report.state is TerminalState.OFFLINE:
                self.tally.error()
            self._report = report
            try:
                self._on_state(state_of(report))
            except Exception:
                _log.exception("somebody who listens to a terminal failed")

    def _end_all(self) -> None:
        """What waits is never asked. Nothing is added any more, and a future's listeners may take our lock."""
        while not self._jobs.empty():
            job = self._jobs.get_nowait()
            if job is not None:
                job.end(ChargeProblem.OUT_OF_REACH)

    def _plugged(self, url: DeviceUrl) -> tuple[TerminalLine, TerminalDriver]:
        line = TerminalLine(url, self._timing.connect_s)
        around = Surroundings(line, self._timing, self._now, self._stop, self.tally.retry)
        return line, self._make_driver(around)

    def _emulate(self) -> None:
        """An `emulated:` terminal lives in this process, behind a real line."""
        if isinstance(self._url, EmulatedUrl):
            from salon_desk.devices.emulators.terminal_serving import start_emulated_terminal

            try:
                self._emulator = start_emulated_terminal()
            except OSError:
                _log.error("no emulated terminal")  # its state will be: no driver
                return
            self._line, self._driver = self._plugged(self._emulator.url)


def _may_be_sent_again(answer: Answer | None) -> bool:
    match answer:
        case NotSent() | NotFound(idle=True):
            return True
        case _:
            return False
