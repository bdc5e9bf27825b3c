"""The thread of one receipt printer: takes tasks, draws, sends, waits for paper, tries again, tells.

No queue on disk lives here (the print jobs are the till's). The rules to know: a task that was taken is
never lost while the port runs; what was begun and broken off is begun again as a COPY; a drawer
overtakes paper and never opens late.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salon_desk.devices.drawer_watch import DrawerState, DrawerWatch
from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.print_run import PrintJob, PrintRun
from salon_desk.devices.print_task import (
    DrawerOutcome,
    DrawerStateChanged,
    OnPortEvent,
    PortTiming,
    PrinterStateChanged,
    PrintOutcome,
    PrintProblem,
    PrintTask,
)
from salon_desk.devices.printer_line import PrinterLine
from salon_desk.devices.printer_status import PrinterState, PrinterStatus
from salon_desk.devices.profile import PrinterProfile
from salon_desk.devices.tally import Tally
from salon_desk.devices.url import DeviceUrl, EmulatedUrl

if TYPE_CHECKING:
    from salon_desk.devices.emulators.in_process import RunningEmulator

MOST_WAITING = 64
_KICK_TURN_S = 0.5
_TAKEN = (PortProblem.REFUSED, PortProblem.BUSY)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Kick:
    job_id: str
    until: float
    alone: bool


class PrinterPort:
    """One printer. `on_event` is called on the port's thread; the caller hops. Start it once."""

    def __init__(
        self,
        url: DeviceUrl,
        profile: PrinterProfile,
        on_event: OnPortEvent,
        *,
        timing: PortTiming | None = None,
    ) -> None:
        self._url = url
        self._profile = profile
        self._on_event = on_event
        self._timing = timing or PortTiming()
        self.tally = Tally()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._prints: deque[PrintJob] = deque()
        self._kicks: deque[_Kick] = deque()
        self._line = PrinterLine(url, profile, self._timing, self._stop)
        self._drawer = DrawerWatch(self._timing.drawer_s)
        self._drawer_told = DrawerState.UNKNOWN
        self._told: PrinterStateChanged | None = None
        self._missed = False
        self._emulator: RunningEmulator | None = None
        self._thread = threading.Thread(target=self._run, name=f"printer {url}", daemon=True)

    def start(self) -> None:
        """Begin to work. Once. Thread: any."""
        self._thread.start()

    def submit(self, task: PrintTask) -> bool:
        """Take a task; False if too many wait or the port was stopped. Thread: any; never blocks."""
        with self._lock:
            if self._stop.is_set() or len(self._prints) + len(self._kicks) >= MOST_WAITING:
                return False
            self._idle.clear()
            if task.kick:
                until = time.monotonic() + self._timing.kick_s
                self._kicks.append(_Kick(task.job_id, until, task.document is None))
            if task.document is not None:
                self._prints.append(PrintJob(task.job_id, task.document, task.copy))
        self._wake.set()
        return True

    def wait_until_idle(self, timeout_s: float) -> bool:
        """Whether every task that was taken has had its outcome by then. Thread: any but the port's."""
        assert threading.current_thread() is not self._thread
        return self._idle.wait(timeout_s)

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Finish the command that is being sent and end; whether the thread ended in time.

        Tasks without an outcome were not printed, or not surely: the till prints them again as copies.
        Thread: any but the port's.
        """
        assert threading.current_thread() is not self._thread
        self._stop.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        assert threading.current_thread() is self._thread
        try:
            self._emulate()
            self._poll()
            tries = 0
            while not self._stop.is_set():
                self._wake.clear()
                self._open_drawer()
                job = self._first()
                if job is None:
                    self._rest()
                elif self._print(job):
                    tries = 0
                elif not self._stop.is_set():
                    self.tally.retry()
                    waits = self._timing.back_off_s
                    self._wake.wait(waits[min(tries, len(waits) - 1)])
                    tries += 1
        finally:
            self._line.close()
            if self._emulator is not None:
                self._emulator.stop()

    def _emulate(self) -> None:
        """An `emulated:` printer lives in this process, behind a real pseudo-terminal."""
        if isinstance(self._url, EmulatedUrl):
            from salon_desk.devices.emulators.in_process import start_emulated_printer

            width = self._profile.width_dots
            try:
                self._emulator = start_emulated_printer(self._url.folder, width_dots=width)
            except OSError:
                _log.exception("no emulated printer")  # its state will be: no driver
                return
            self._line = PrinterLine(self._emulator.url, self._profile, self._timing, self._stop)

    def _first(self) -> PrintJob | None:
        with self._lock:
            return self._prints[0] if self._prints else None

    def _rest(self) -> None:
        """Nothing to print: wait for a task, look after the printer now and then."""
        self._line.rest()
        idle = self._drawer.look_again_s(time.monotonic(), self._timing.poll_s)
        wait = _KICK_TURN_S if self._kicks else idle
        if not self._wake.wait(wait) and not self._stop.is_set():
            self._poll(for_drawer=not self._kicks and idle < self._timing.poll_s)

    def _poll(self, *, for_drawer: bool = False) -> None:
        """How is it now? One missed look does not count, and none for the drawer: another till may have the line."""
        try:
            self._tell(self._line.status())
            self._missed = False
        except PortTrouble as trouble:
            if for_drawer:
                self._line.close()
                self._watch_drawer(None)
                return
            if self._missed or self._told is None or trouble.problem not in _TAKEN:
                self._trouble(trouble)
            self._missed = True

    def _tell(self, status: PrinterStatus) -> None:
        self._announce(PrinterStateChanged(status.state))
        self._watch_drawer(status.drawer_signal)

    def _watch_drawer(self, signal: bool | None) -> None:
        state = self._drawer.seen(signal, time.monotonic())
        if state is not self._drawer_told:
            self._drawer_told = state
            self._on_event(DrawerStateChanged(state))

    def _trouble(self, trouble: PortTrouble, *, torn: bool = False) -> None:
        self._line.close(torn=torn)
        self._announce(PrinterStateChanged(PrinterState.OFFLINE, trouble.problem))
        self._watch_drawer(None)

    def _announce(self, state: PrinterStateChanged) -> None:
        if state != self._told:
            if state.problem is not None:
                self.tally.error()
            self._told = state
            self._on_event(state)

    # --- the drawer

    def _open_drawer(self) -> None:
        try:
            self._serve_kicks(alone=True)
        except PortTrouble as trouble:
            self._trouble(trouble, torn=True)

    def _serve_kicks(self, *, alone: bool = False) -> None:
        """Open the drawer for every kick that is not too late; between two commands of a receipt as well.

        `alone`: no receipt is under way, so that a pulse is a job of its own.
        """
        while self._kicks and not self._stop.is_set():
            kick = self._kicks[0]
            if time.monotonic() >= kick.until:
                self._end_kick(kick, self._why_shut())
            elif self._kicked():
                if alone:
                    self._line.finish()
                self._end_kick(kick, None)
            else:
                return

    def _why_shut(self) -> PrintProblem:
        reached = self._told is not None and self._told.problem is None
        blocked = reached and self._told is not None and self._told.state.blocked
        return PrintProblem.DRAWER_BLOCKED if blocked else PrintProblem.DRAWER_TOO_LATE

    def _kicked(self) -> bool:
        """Send the pulse; False if the printer is silent or blocked, so that the drawer would open later."""
        from salon_desk.devices.escpos import kick, kick_in_real_time

        status = self._line.status(again=False)
        self._tell(status)
        if status.state is PrinterState.UNKNOWN and self._line.expected_to_answer:
            return False
        if not status.state.blocked:
            self._line.write(kick(self._profile))
            self._drawer.kicked(time.monotonic())
            return True
        if self._profile.kicks_when_blocked:
            self._line.write(kick_in_real_time(self._profile))
            self._drawer.kicked(time.monotonic())
            return True
        return False

    def _end_kick(self, kick: _Kick, problem: PrintProblem | None) -> None:
        with self._lock:
            self._kicks.popleft()
        self._on_event(DrawerOutcome(kick.job_id, problem is None, problem))
        if kick.alone:
            self._on_event(PrintOutcome(kick.job_id, problem is None, problem))
        self._maybe_idle()

    # --- paper

    def _print(self, job: PrintJob) -> bool:
        """Try to print; False if it must be tried again later."""
        try:
            status = self._line.status(again=False)
            self._tell(status)
            if status.state.blocked or (
                status.state is PrinterState.UNKNOWN and self._line.expected_to_answer
            ):
                return False
            pieces = self._drawn(job)
            if pieces is None:
                self._end_print(job, ok=False, problem=PrintProblem.UNPRINTABLE)
                return True
            if not self._run_of(job).send(pieces):
                return False
        except PortTrouble as trouble:
            self._trouble(trouble, torn=job.begun)
            return False
        self._end_print(job, ok=True, problem=PrintProblem.INTERRUPTED if job.interrupted else None)
        return True

    def _run_of(self, job: PrintJob) -> PrintRun:
        return PrintRun(self._line, job, self._stop, between=self._serve_kicks, tell=self._tell)

    def _drawn(self, job: PrintJob) -> tuple[bytes, ...] | None:
        from salon_desk.devices.escpos import encode

        job.copy = job.copy or job.begun
        try:
            return encode(job.document, self._profile, copy=job.copy)
        except Exception:  # a document that cannot be drawn must not hold up all others
            _log.exception("a document of kind %s cannot be drawn", job.document.kind)
            return None

    def _end_print(self, job: PrintJob, *, ok: bool, problem: PrintProblem | None) -> None:
        with self._lock:
            self._prints.popleft()
        self.tally.ended(well=ok)
        self._on_event(PrintOutcome(job.job_id, ok, problem, as_copy=job.copy))
        self._maybe_idle()

    def _maybe_idle(self) -> None:
        with self._lock:
            if not self._prints and not self._kicks:
                self._idle.set()
