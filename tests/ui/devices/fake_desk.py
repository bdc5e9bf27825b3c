"""Devices that a test says everything about; fulfils `ui.device_status.DeviceDesk`.

No test lives here. The print queue is the till's real one, with a printer that takes papers and answers on demand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from salon_desk.devices.errors import BadDeviceUrl, UrlProblem
from salon_desk.documents.layout import Way
from salon_desk.services.device_settings import ChosenDevice, Role
from salon_desk.services.device_state import NO_DEVICE_STATE, READY, Condition, Counts, DeviceState, Reason
from salon_desk.services.ports import Paper
from salon_desk.services.printing import PrintDesk
from salon_desk.services.till import Till
from salon_desk.ui.device_status import (
    DeviceStatus,
    DrawerCondition,
    FoundDevice,
    LastScan,
    PaperWidth,
    QueueCounts,
    RoleStatus,
    ScanResult,
    Search,
    TrialState,
)

PRINTER = RoleStatus(ChosenDevice("tcp://192.168.1.50:9100", "generic-80mm"), READY, Counts(132, 3, 1))


class FakeDesk:
    """`papers` are those at the printer; `answer` ends the oldest."""

    def __init__(self, till: Till) -> None:
        self._status = DeviceStatus({Role.PRINTER: PRINTER})
        self.asked: list[str] = []
        self._listeners: list[Callable[[], None]] = []
        self.papers: list[Paper] = []
        self.print_desk = PrintDesk(till, self)

    def submit(self, paper: Paper) -> bool:
        self.papers.append(paper)
        return True

    def answer(self, *, ok: bool = True, problem: str = "") -> None:
        self.print_desk.outcome(self.papers.pop(0).job_id, ok=ok, problem=problem)

    def condition(
        self, condition: Condition, reason: Reason = Reason.NONE, role: Role = Role.PRINTER
    ) -> None:
        before = self._status.of(role)
        self.place(role, replace(before, state=DeviceState(condition, reason)))

    def place(self, role: Role, status: RoleStatus) -> None:
        self._change(replace(self._status, roles={**self._status.roles, role: status}))

    def drawer(self, drawer: DrawerCondition) -> None:
        self._change(replace(self._status, drawer=drawer))

    def found(self, *found: FoundDevice, done: int = 0, whole: int = 0, running: bool = False) -> None:
        self._change(replace(self._status, search=Search(found, done, whole, running)))

    def trial(self, role: Role, state: TrialState) -> None:
        self._change(replace(self._status, trials={role: state}))

    def scan(self, result: ScanResult, shown: str = "") -> None:
        last = self._status.last_scan
        self._change(replace(self._status, last_scan=LastScan(last.number + 1 if last else 1, result, shown)))

    def status(self) -> DeviceStatus:
        return self._status

    def listen(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def queue(self) -> QueueCounts:
        state = self.print_desk.state()
        return QueueCounts(state.waiting, state.at_printer, state.problem)

    def retry(self) -> None:
        self.print_desk.retry()

    def print_test(self, language: str) -> None:
        self.print_desk.print_test(language)
        self.print_desk.pump()

    def print_self_test(self, language: str) -> None:
        self.print_desk.print_self_test(language)
        self.print_desk.pump()

    def profile_of(self, right: frozenset[Way], paper: PaperWidth) -> str | None:
        return f"gb18030-{paper.value}mm" if Way.GB18030 in right else None

    def use_paper(self, paper: PaperWidth) -> None:
        self._change(replace(self._status, paper=paper))

    def use(self, role: Role, device: ChosenDevice) -> None:
        if device.url == "nonsense":
            raise BadDeviceUrl(device.url, UrlProblem.UNKNOWN_SCHEME)
        state = DeviceState() if device.url else NO_DEVICE_STATE
        self.place(role, RoleStatus(device, state))

    def find(self, *, network: bool) -> None:
        self.asked.append("network" if network else "here")
        self.found(running=True, whole=506 if network else 0)

    def stop_finding(self) -> None:
        self._change(replace(self._status, search=replace(self._status.search, running=False)))

    def try_out(self, role: Role, language: str) -> None:
        self.asked.append(f"{role.value} {language}")
        self.trial(role, TrialState.RUNNING)

    def _change(self, status: DeviceStatus) -> None:
        self._status = status
        for listener in self._listeners:
            listener()
