"""Every fault that the emulated printer knows, by name: the paper ends whole, and a second one says COPY."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.devices.emulators.in_process import run_printer
from salon_desk.devices.emulators.printer import EmulatedPrinter, Fault
from salon_desk.devices.emulators.printer_trials import TRIALS, Trial
from salon_desk.devices.print_task import PrinterStateChanged, PrintTask
from salon_desk.devices.printer_status import PrinterState
from tests.devices.conftest import QUICK, MakePort
from tests.devices.receipts import slip

PATIENCE = replace(QUICK, answer_s=0.15, confirm_s=0.4)
COPIES = ("gone mid-job, back again",)


def ailing(event: object) -> bool:
    return isinstance(event, PrinterStateChanged) and event.state is not PrinterState.READY


@pytest.mark.parametrize(
    ("trial", "tcp"),
    [
        *((trial, False) for trial in TRIALS),
        *((trial, True) for trial in TRIALS if trial.fault is Fault.GONE),
    ],
    ids=lambda value: value.name if isinstance(value, Trial) else "tcp" if value else "serial",
)
def test_a_paper_survives_it(
    printer: EmulatedPrinter,
    make_port: MakePort,
    closing: ExitStack,
    link: Path,
    *,
    trial: Trial,
    tcp: bool,
) -> None:
    running = run_printer(printer, tcp=tcp, link=link)
    closing.callback(running.stop)
    port, ears = make_port(running.url, timing=PATIENCE)
    ears.state(PrinterState.READY)
    trial.begin(printer)
    if not trial.rows and not trial.passes:
        ears.wait(ailing)
    port.submit(PrintTask("a", slip("1")))
    if trial.rows:
        ears.wait(ailing)
    if not trial.passes:
        trial.end(printer)
    outcome = ears.outcome("a")
    assert outcome.ok
    assert printer.receipts[-1].text.endswith("1")
    assert ("COPY" in printer.receipts[-1].text) is outcome.as_copy
    assert sum("COPY" not in receipt.text for receipt in printer.receipts) <= 1
    assert outcome.as_copy is (trial.name in COPIES)
    trial.end(printer)
