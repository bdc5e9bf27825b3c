"""Emulated printers and ports for the tests of devices; everything started here is stopped here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from salon_desk.devices.emulators.in_process import RunningEmulator, run_printer
from salon_desk.devices.emulators.printer import EmulatedPrinter
from salon_desk.devices.port import PrinterPort
from salon_desk.devices.print_task import PortTiming
from salon_desk.devices.profile import PrinterProfile, load_profile
from salon_desk.devices.url import DeviceUrl
from tests.devices.receipts import Ears

QUICK = PortTiming(
    connect_s=2.0,
    answer_s=2.0,
    stuck_s=5.0,
    confirm_s=5.0,
    kick_s=10.0,
    poll_s=0.05,
    back_off_s=(0.02,),
)

MakePort = Callable[..., tuple[PrinterPort, Ears]]


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def paper() -> Ears:
    """What the emulated printer does: receipts and kicks."""
    return Ears()


@pytest.fixture
def printer(paper: Ears) -> EmulatedPrinter:
    return EmulatedPrinter(None, paper)


@pytest.fixture
def plugged(printer: EmulatedPrinter, closing: ExitStack) -> RunningEmulator:
    """The printer on a pseudo-terminal."""
    running = run_printer(printer)
    closing.callback(running.stop)
    return running


@pytest.fixture
def make_port(closing: ExitStack) -> MakePort:
    """Start a port; it is stopped at the end of the test."""

    def make(
        url: DeviceUrl, profile: PrinterProfile | None = None, timing: PortTiming = QUICK
    ) -> tuple[PrinterPort, Ears]:
        ears = Ears()
        port = PrinterPort(url, profile or load_profile("epson-tm-t20"), ears, timing=timing)
        closing.callback(port.stop)
        port.start()
        return port, ears

    return make


@pytest.fixture
def link(tmp_path: Path) -> Path:
    """A lasting name for a pseudo-terminal."""
    return tmp_path / "device"
