"""The devices as the screens see them (`ui/device_status.py`), on top of a running till.

No screen and no port lives here. What the port's thread and the readers say is hopped to the UI thread and kept as the
last that was heard; what touches the print queue says so and runs on the database worker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal

from salon_desk.bootstrap.screen.scanning import Scanning
from salon_desk.bootstrap.till import RunningTill
from salon_desk.devices.profile import load_profile
from salon_desk.devices.scan import PaymentCardRefused, Scan, ScanEvent, ScanKind
from salon_desk.services.device_settings import DeviceChoice, Role
from salon_desk.services.device_state import Condition, DeviceState, Reason
from salon_desk.ui.device_status import (
    DeviceStatus,
    LastScan,
    PaperWidth,
    PrinterCondition,
    PrinterTrouble,
    QueueCounts,
    ReaderCondition,
    ScanResult,
)

_CONDITIONS = {
    Reason.PAPER_OUT: PrinterCondition.PAPER_OUT,
    Reason.PAPER_LOW: PrinterCondition.PAPER_LOW,
    Reason.COVER_OPEN: PrinterCondition.COVER_OPEN,
}
_RESULTS = {
    ScanKind.BARCODE: ScanResult.BARCODE,
    ScanKind.MAGNETIC: ScanResult.MAGNETIC,
    ScanKind.MEMBER_QR: ScanResult.MEMBER_CODE,
}
_PROFILES = {PaperWidth.MM_58: "generic-58mm", PaperWidth.MM_80: "generic-80mm"}
_TAIL = 4


class TillDevices(QObject):
    """Fulfils `ui.device_status.DeviceDesk`. Made on the UI thread."""

    _heard = Signal(object)

    def __init__(self, running: RunningTill, scanning: Scanning, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = running
        self._listeners: list[Callable[[], None]] = []
        self._status = self._fresh(running.devices)
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)
        running.counter.on_state = lambda role, _state: self._heard.emit(role)
        running.counter.on_scan = scanning.heard
        self._on_heard(Role.PRINTER)
        self._on_heard(Role.READER)
        scanning.scanned.connect(self._on_scan)

    def close(self) -> None:
        """Hear no more: the window goes before the till."""
        self._running.counter.on_state = _nobody
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

    def use_paper(self, paper: PaperWidth) -> None:
        """See `DeviceDesk`."""
        devices = replace(self._running.devices, profile=_PROFILES[paper])
        self._running.use_devices(devices)

    def _fresh(self, devices: DeviceChoice) -> DeviceStatus:
        narrow = load_profile(devices.profile).paper_mm == int(PaperWidth.MM_58.value)
        return DeviceStatus(
            printer=PrinterCondition.UNKNOWN if devices.printer else PrinterCondition.NONE,
            printer_name=devices.printer.split(":", 1)[0] if _is_emulated(devices) else devices.printer,
            paper=PaperWidth.MM_58 if narrow else PaperWidth.MM_80,
            reader=ReaderCondition.OFFLINE if devices.reader else ReaderCondition.KEYBOARD,
            reader_name=devices.reader,
        )

    def _on_heard(self, role: Role) -> None:
        state, fresh = self._running.counter.state(role), self._fresh(self._running.devices)
        if role is Role.PRINTER:
            self._change(
                replace(
                    self._status,
                    printer=_printer(state),
                    printer_name=fresh.printer_name,
                    paper=fresh.paper,
                    printer_trouble=_trouble(state),
                )
            )
        elif role is Role.READER:
            self._change(replace(self._status, reader=_reader(state), reader_name=fresh.reader_name))

    def _on_scan(self, event: ScanEvent) -> None:
        before = self._status.last_scan
        number = before.number + 1 if before else 1
        self._change(replace(self._status, last_scan=_last_scan(number, event)))

    def _change(self, status: DeviceStatus) -> None:
        self._status = status
        for listener in tuple(self._listeners):
            listener()


def _printer(state: DeviceState) -> PrinterCondition:
    return _CONDITIONS.get(state.reason) or PrinterCondition(state.condition.value)


def _trouble(state: DeviceState) -> PrinterTrouble:
    return PrinterTrouble(state.reason.value if state.condition is Condition.OFFLINE else "")


def _reader(state: DeviceState) -> ReaderCondition:
    match state.condition:
        case Condition.NONE:
            return ReaderCondition.KEYBOARD
        case Condition.READY:
            return ReaderCondition.READY
        case _:
            return ReaderCondition.OFFLINE


def _is_emulated(devices: DeviceChoice) -> bool:
    return devices.printer.startswith("emulated:")


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
