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
from salon_desk.devices.print_task import PrinterStateChanged
from salon_desk.devices.printer_status import PrinterState
from salon_desk.devices.profile import load_profile
from salon_desk.devices.scan import PaymentCardRefused, Scan, ScanEvent, ScanKind
from salon_desk.devices.serial_reader import ReaderStateChanged
from salon_desk.services.device_settings import DeviceChoice
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
    PrinterState.READY: PrinterCondition.READY,
    PrinterState.OFFLINE: PrinterCondition.OFFLINE,
    PrinterState.PAPER_OUT: PrinterCondition.PAPER_OUT,
    PrinterState.PAPER_LOW: PrinterCondition.PAPER_LOW,
    PrinterState.COVER_OPEN: PrinterCondition.COVER_OPEN,
    PrinterState.UNKNOWN: PrinterCondition.UNKNOWN,
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

    _printer_heard = Signal(object)

    def __init__(self, running: RunningTill, scanning: Scanning, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = running
        self._listeners: list[Callable[[], None]] = []
        self._status = self._fresh(running.devices)
        self._printer_heard.connect(self._on_printer, Qt.ConnectionType.QueuedConnection)
        running.on_printer_state = self._printer_heard.emit
        if running.printer_state is not None:
            self._on_printer(running.printer_state)
        scanning.scanned.connect(self._on_scan)
        scanning.reader_changed.connect(self._on_reader)

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
        self._printer_heard.emit(None)

    def _fresh(self, devices: DeviceChoice) -> DeviceStatus:
        narrow = load_profile(devices.profile).paper_mm == int(PaperWidth.MM_58.value)
        return DeviceStatus(
            printer=PrinterCondition.UNKNOWN if devices.printer else PrinterCondition.NONE,
            printer_name=devices.printer.split(":", 1)[0] if _is_emulated(devices) else devices.printer,
            paper=PaperWidth.MM_58 if narrow else PaperWidth.MM_80,
            reader=ReaderCondition.OFFLINE if devices.reader else ReaderCondition.KEYBOARD,
            reader_name=devices.reader,
        )

    def _on_printer(self, heard: PrinterStateChanged | None) -> None:
        if heard is None:
            fresh = self._fresh(self._running.devices)
            self._change(
                replace(
                    self._status,
                    printer=fresh.printer,
                    printer_name=fresh.printer_name,
                    paper=fresh.paper,
                )
            )
        else:
            trouble = PrinterTrouble(heard.problem.value if heard.problem else "")
            self._change(replace(self._status, printer=_CONDITIONS[heard.state], printer_trouble=trouble))

    def _on_reader(self, heard: ReaderStateChanged) -> None:
        condition = ReaderCondition.READY if heard.problem is None else ReaderCondition.OFFLINE
        self._change(replace(self._status, reader=condition))

    def _on_scan(self, event: ScanEvent) -> None:
        before = self._status.last_scan
        number = before.number + 1 if before else 1
        self._change(replace(self._status, last_scan=_last_scan(number, event)))

    def _change(self, status: DeviceStatus) -> None:
        self._status = status
        for listener in tuple(self._listeners):
            listener()


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
