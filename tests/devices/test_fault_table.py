"""Every device and every fault that its emulator knows: what the till ends with and what the screen says; printed with -s.

Printers take seconds and have `test_printer_trials` in every run: they are in the table with SALON_DESK_FAULT_TABLE=1,
as is the moment when the line to a stuck display is full.
"""

from __future__ import annotations

import os
import queue
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from salon_desk.devices.emulators.display import DisplayFault, EmulatedDisplay
from salon_desk.devices.emulators.display_serving import run_display
from salon_desk.devices.emulators.in_process import run_printer
from salon_desk.devices.emulators.printer import EmulatedPrinter
from salon_desk.devices.emulators.printer_trials import TRIALS, Trial
from salon_desk.devices.emulators.pseudo_terminal import PseudoTerminal
from salon_desk.devices.pole_display import GENERIC
from salon_desk.devices.pole_port import PolePort, PoleTiming
from salon_desk.devices.port import PrinterPort
from salon_desk.devices.print_task import PrinterStateChanged, PrintTask
from salon_desk.devices.printer_status import PrinterState
from salon_desk.devices.profile import load_profile
from salon_desk.devices.scan import PaymentCardRefused, Scan
from salon_desk.devices.serial_reader import ReaderStateChanged, SerialReader
from salon_desk.devices.url import SerialUrl
from salon_desk.documents.pole_picture import PoleLine, PolePicture
from salon_desk.services.device_settings import Role
from salon_desk.services.device_state import READY, Condition, DeviceState, Reason
from tests.devices.conftest import QUICK
from tests.devices.fault_table import FaultRow, printed, said_of_charge, said_of_device
from tests.devices.receipts import Ears, slip
from tests.devices.terminal.fault_rows import ROWS, Row, played
from tests.devices.terminal.stand import Stand

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
PATIENCE = replace(QUICK, answer_s=0.15, confirm_s=0.4)
CARD = "%B4005554444444460^LEE/KIM^30121011000012345678?"
FULL = bool(os.environ.get("SALON_DESK_FAULT_TABLE"))
T = TypeVar("T")


def test_every_fault_of_a_terminal_ends_known_and_said_in_both_languages(
    closing: ExitStack, tmp_path: Path
) -> None:
    runs = [_terminal_run(row, closing, tmp_path) for row in ROWS]
    print("\n" + printed(shown for _, shown in runs))
    assert [found for found, _ in runs] == list(ROWS)
    assert all(len(row.says) == 2 and all(row.says) for _, row in runs)


def test_every_fault_of_a_display_and_a_reader_ends_at_the_newest_and_no_card_is_kept(
    closing: ExitStack, tmp_path: Path
) -> None:
    rows = [
        *(_display_run(fault, closing, tmp_path) for fault in DisplayFault),
        *_reader_runs(closing, tmp_path),
    ]
    print("\n" + printed(rows))
    assert {row.ends for row in rows[:-1]} == {"the newest is shown", "read when it was back"}
    assert "4005" not in printed(rows)


@pytest.mark.skipif(not FULL, reason="takes seconds, and test_printer_trials runs them each time")
def test_every_fault_of_a_printer_ends_on_paper(closing: ExitStack, tmp_path: Path) -> None:
    rows = [_printer_run(trial, closing, tmp_path) for trial in TRIALS]
    print("\n" + printed(rows))
    assert all(row.ends.startswith("printed") for row in rows)


def _terminal_run(row: Row, closing: ExitStack, folder: Path) -> tuple[Row, FaultRow]:
    stand = Stand(closing, folder, "tcp")
    found, answer = played(stand, row.fault)
    ends = f"{found.answer}; later {found.later}; charged {found.charged}x"
    return found, FaultRow("terminal", row.fault.value, ends, said_of_charge(answer))


def _display_run(fault: DisplayFault, closing: ExitStack, folder: Path) -> FaultRow:
    told: queue.SimpleQueue[DeviceState] = queue.SimpleQueue()
    shown: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    display, link = EmulatedDisplay(shown.put), folder / f"display-{fault.value}"
    with ExitStack() as plugged:
        plugged.callback(run_display(display, link=link).stop)
        timing = PoleTiming(stuck_s=0.05, again_s=0.05, back_off_s=(0.02,))
        port = PolePort(SerialUrl(str(link)), GENERIC, told.put, timing=timing)
        plugged.callback(port.stop)
        port.start()
        port.show(PolePicture(PoleLine(("before",))))
        _until(shown, "before")
        display.suffer(fault)
        port.show(PolePicture(PoleLine(("after",))))
        shows = fault is DisplayFault.GONE or (fault is DisplayFault.STUCK and FULL)
        state = _worse(told) if shows else READY
        display.recover()
        _until(shown, "after")
    says = said_of_device(Role.DISPLAY, f"serial:{link}", state)
    return FaultRow("display", fault.value, "the newest is shown", says)


def _until(shown: queue.SimpleQueue[tuple[str, str]], words: str) -> None:
    while not shown.get(timeout=20)[0].startswith(words):
        pass


def _worse(told: queue.SimpleQueue[DeviceState]) -> DeviceState:
    while (state := told.get(timeout=20)) == READY:
        pass
    return state


def _reader_runs(closing: ExitStack, folder: Path) -> list[FaultRow]:
    link, heard = folder / "reader", queue.SimpleQueue[object]()
    reader = SerialReader(SerialUrl(str(link)), heard.put, back_off_s=(0.01,))
    closing.callback(reader.stop)
    first = PseudoTerminal(link)
    reader.start()
    _heard(heard, ReaderStateChanged)
    first.close()
    problem = _heard(heard, ReaderStateChanged).problem
    assert problem is not None
    second = PseudoTerminal(link)
    closing.callback(second.close)
    while _heard(heard, ReaderStateChanged).problem is not None:
        pass
    second.write(b"8600000137\r")
    code = _heard(heard, Scan)
    second.write(CARD.encode() + b"\r")
    refused = _heard(heard, PaymentCardRefused)
    away = said_of_device(
        Role.READER, f"serial:{link}", DeviceState(Condition.OFFLINE, Reason(problem.value))
    )
    return [
        FaultRow("reader", "gone, back again", f"read when it {'was back' if code else ''}", away),
        FaultRow("reader", "a payment card is swiped", type(refused).__name__, ("use the card terminal",)),
    ]


def _heard(heard: queue.SimpleQueue[object], kind: type[T]) -> T:
    while not isinstance(event := heard.get(timeout=20), kind):
        pass
    return event


def _printer_run(trial: Trial, closing: ExitStack, folder: Path) -> FaultRow:
    printer, ears, link = EmulatedPrinter(None, Ears()), Ears(), folder / f"printer-{TRIALS.index(trial)}"
    closing.callback(run_printer(printer, link=link).stop)
    port = PrinterPort(SerialUrl(str(link), 115200), load_profile("epson-tm-t20"), ears, timing=PATIENCE)
    closing.callback(port.stop)
    port.start()
    ears.state(PrinterState.READY)
    trial.begin(printer)
    if not trial.rows and not trial.passes:
        ears.wait(_ailing)
    port.submit(PrintTask("a", slip("1")))
    if trial.rows:
        ears.wait(_ailing)
    if not trial.passes:
        trial.end(printer)
    outcome = ears.outcome("a")
    worst = next(
        (_said(event) for event in ears.heard if isinstance(event, PrinterStateChanged) and _ailing(event)),
        READY,
    )
    how = "printed again as COPY" if outcome.as_copy else "printed once"
    told = f", {outcome.problem.value}" if outcome.problem is not None else ""
    ends = f"{how}{told}" if outcome.ok else "not printed"
    return FaultRow("printer", trial.name, ends, said_of_device(Role.PRINTER, f"serial:{link}", worst))


def _ailing(event: object) -> bool:
    return isinstance(event, PrinterStateChanged) and event.state is not PrinterState.READY


def _said(event: PrinterStateChanged) -> DeviceState:
    """As the till tells it to its screen."""
    if event.state is PrinterState.UNKNOWN:
        return DeviceState(Condition.UNKNOWN)
    if event.state is PrinterState.OFFLINE:
        return DeviceState(Condition.OFFLINE, Reason(event.problem.value) if event.problem else Reason.NONE)
    return DeviceState(Condition.ATTENTION, Reason(event.state.value))
