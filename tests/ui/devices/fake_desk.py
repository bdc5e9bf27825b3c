"""Devices that a test says everything about; fulfils `ui.device_status.DeviceDesk`.

No test lives here. The print queue is the till's real one, with a printer that takes papers and answers on demand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from salon_desk.services.ports import Paper
from salon_desk.services.printing import PrintDesk
from salon_desk.services.till import Till
from salon_desk.ui.device_status import (
    DeviceStatus,
    LastScan,
    PaperWidth,
    PrinterCondition,
    PrinterTrouble,
    QueueCounts,
    ScanResult,
)


class FakeDesk:
    """`papers` are those at the printer; `answer` ends the oldest."""

    def __init__(self, till: Till) -> None:
        self._status = DeviceStatus(PrinterCondition.READY, "tcp://192.168.1.50:9100")
        self._listeners: list[Callable[[], None]] = []
        self.papers: list[Paper] = []
        self.print_desk = PrintDesk(till, self)

    def submit(self, paper: Paper) -> bool:
        self.papers.append(paper)
        return True

    def answer(self, *, ok: bool = True, problem: str = "") -> None:
        self.print_desk.outcome(self.papers.pop(0).job_id, ok=ok, problem=problem)

    def condition(self, condition: PrinterCondition, trouble: PrinterTrouble = PrinterTrouble.NONE) -> None:
        self._change(replace(self._status, printer=condition, printer_trouble=trouble))

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

    def use_paper(self, paper: PaperWidth) -> None:
        self._change(replace(self._status, paper=paper))

    def _change(self, status: DeviceStatus) -> None:
        self._status = status
        for listener in self._listeners:
            listener()
