"""The devices as the screens see them (`ui/device_status.py`), on top of a running till.

No screen and no port lives here. What ports, readers and searches say on their threads is hopped to the UI thread and kept
as the last that was heard; what touches the print queue or the settings says so and runs on the database worker.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from salon_desk.bootstrap.device_trials import DeviceTrials
from salon_desk.bootstrap.screen.scanning import Scanning
from salon_desk.bootstrap.screen.terminal_desk import TillTerminal
from salon_desk.bootstrap.till import RunningTill
from salon_desk.devices.errors import UnknownPrinterProfile
from salon_desk.devices.found import Finding, FindProgress, own_network
from salon_desk.devices.profile import load_profile
from salon_desk.devices.scan import PaymentCardRefused, Scan, ScanEvent, ScanKind
from salon_desk.devices.self_test import SelfTestAnswers, is_slow, profile_by_answers
from salon_desk.devices.url import parse_device_url
from salon_desk.documents.layout import Way
from salon_desk.services.device_settings import ChosenDevice, Role
from salon_desk.ui.device_status import (
    Connection,
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

_RESULTS = {
    ScanKind.BARCODE: ScanResult.BARCODE,
    ScanKind.MAGNETIC: ScanResult.MAGNETIC,
    ScanKind.MEMBER_QR: ScanResult.MEMBER_CODE,
    ScanKind.NFC: ScanResult.NFC,
}
_PROFILES = {PaperWidth.MM_58: "generic-58mm", PaperWidth.MM_80: "generic-80mm"}
_WIDTH = re.compile(r"(?<=-)(58|80)mm$")
_TAIL = 4
_COUNT_EVERY_MS = 5000


class TillDevices(QObject):
    """Fulfils `ui.device_status.DeviceDesk`. Made on the UI thread."""

    _heard = Signal()
    _searched = Signal(object, object)
    _tried = Signal(object, object)

    def __init__(self, running: RunningTill, scanning: Scanning, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = running
        self._listeners: list[Callable[[], None]] = []
        self._status = DeviceStatus()
        self._finding: Finding | None = None
        queued = Qt.ConnectionType.QueuedConnection
        self._heard.connect(self._on_heard, queued)
        self._searched.connect(self._on_searched, queued)
        self._tried.connect(self._on_tried, queued)
        self.terminal = TillTerminal(running, self)
        self._trials = DeviceTrials(running, self._tried.emit)
        self._end = running.counter.listen(lambda _role, _state: self._heard.emit())
        running.counter.on_scan = scanning.heard
        scanning.scanned.connect(self._on_scan)
        self._counting = QTimer(self)
        self._counting.timeout.connect(self._on_heard)
        self._counting.start(_COUNT_EVERY_MS)
        self._on_heard()

    def close(self) -> None:
        """Hear no more: the window goes before the till."""
        self._counting.stop()
        self.stop_finding()
        self._end()
        self._running.counter.on_scan = _nobody

    def status(self) -> DeviceStatus:
        """See `DeviceDesk`."""
        return self._status

    def listen(self, listener: Callable[[], None]) -> None:
        """See `DeviceDesk`."""
        self._listeners.append(listener)

    def queue(self) -> QueueCounts:
        """See `DeviceDesk`."""
        state = self._running.desk.state()
        return QueueCounts(state.waiting, state.at_printer, state.problem)

    def retry(self) -> None:
        """See `DeviceDesk`."""
        self._running.desk.retry()

    def print_test(self, language: str) -> None:
        """See `DeviceDesk`."""
        self._running.desk.print_test(language)

    def print_self_test(self, language: str) -> None:
        """See `DeviceDesk`."""
        self._running.desk.print_self_test(language)

    def profile_of(self, right: frozenset[Way], paper: PaperWidth) -> str | None:
        """See `DeviceDesk`."""
        printer = self._running.devices.of(Role.PRINTER)
        slow = bool(printer.url) and is_slow(parse_device_url(printer.url))
        return profile_by_answers(SelfTestAnswers(right, int(paper.value), slow))

    def use_paper(self, paper: PaperWidth) -> None:
        """See `DeviceDesk`."""
        printer = self._running.devices.of(Role.PRINTER)
        self.use(Role.PRINTER, replace(printer, driver=_on_paper(printer.driver, paper)))

    def use(self, role: Role, device: ChosenDevice) -> None:
        """See `DeviceDesk`."""
        self._running.use_devices(self._running.devices.using(role, device))
        self._heard.emit()

    def find(self, *, network: bool) -> None:
        """See `DeviceDesk`."""
        self.stop_finding()
        hosts = own_network() if network else ()
        search = Finding(lambda progress: self._searched.emit(search, progress), hosts=hosts)
        self._finding = search
        self._change(replace(self._status, search=Search(running=True)))
        search.start()

    def stop_finding(self) -> None:
        """See `DeviceDesk`."""
        if self._finding is not None:
            self._finding.cancel()
            self._finding = None
            self._change(replace(self._status, search=replace(self._status.search, running=False)))

    def try_out(self, role: Role, language: str) -> None:
        """See `DeviceDesk`."""
        self._on_tried(role, TrialState.RUNNING)
        self._trials.begin(role, language)

    def _on_heard(self) -> None:
        counter, choice = self._running.counter, self._running.devices
        roles = {
            role: RoleStatus(choice.of(role), counter.state(role), counter.counts(role)) for role in Role
        }
        paper = _paper_of(choice.of(Role.PRINTER).profile)
        drawer = DrawerCondition(counter.drawer.value)
        status = replace(self._status, roles=roles, paper=paper, drawer=drawer)
        if status != self._status:
            self._change(status)

    def _on_searched(self, search: Finding, progress: FindProgress) -> None:
        if search is not self._finding:
            return
        found = tuple(FoundDevice(one.url, Connection(one.kind.value), one.title) for one in progress.found)
        if progress.over:
            self._finding = None
        running = not progress.over
        self._change(replace(self._status, search=Search(found, progress.done, progress.whole, running)))

    def _on_tried(self, role: Role, state: TrialState) -> None:
        self._change(replace(self._status, trials={**self._status.trials, role: state}))

    def _on_scan(self, event: ScanEvent) -> None:
        before = self._status.last_scan
        number = before.number + 1 if before else 1
        self._change(replace(self._status, last_scan=_last_scan(number, event)))

    def _change(self, status: DeviceStatus) -> None:
        self._status = status
        for listener in tuple(self._listeners):
            listener()


def _paper_of(profile: str) -> PaperWidth:
    """The roll that a profile prints on; the wide one for a profile that this version does not know."""
    try:
        narrow = load_profile(profile).paper_mm == int(PaperWidth.MM_58.value)
    except UnknownPrinterProfile:
        narrow = False
    return PaperWidth.MM_58 if narrow else PaperWidth.MM_80


def _on_paper(profile: str, paper: PaperWidth) -> str:
    """The same profile on another roll; one that is of one roll only gives way to the general one."""
    named, found = _WIDTH.subn(f"{paper.value}mm", profile)
    return named if found else _PROFILES[paper]


def _last_scan(number: int, event: ScanEvent) -> LastScan:
    match event:
        case Scan():
            return LastScan(number, _RESULTS[event.kind], event.code[-_TAIL:])
        case PaymentCardRefused():
            return LastScan(number, ScanResult.PAYMENT_CARD)
        case _:
            return LastScan(number, ScanResult.UNREADABLE)


def _nobody(*_heard: object) -> None:
    """The window is gone."""
