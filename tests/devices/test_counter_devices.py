"""The devices of a till by role: they recover by themselves, and another one for a role disturbs no other."""

from __future__ import annotations

import queue
from contextlib import ExitStack
from pathlib import Path

import pytest

from salon_desk.bootstrap.counter_devices import CounterDevices
from salon_desk.devices.emulators.in_process import run_printer
from salon_desk.devices.emulators.printer import EmulatedPrinter, Fault
from salon_desk.devices.emulators.pseudo_terminal import PseudoTerminal
from salon_desk.devices.errors import BadDeviceUrl, DeviceInUse, UnknownPrinterProfile
from salon_desk.devices.print_task import PrintOutcome, PrintTask
from salon_desk.devices.scan import Scan, ScanEvent, ScanKind
from salon_desk.domain.charge import TerminalState
from salon_desk.services.device_settings import ChosenDevice, DeviceChoice, Role
from salon_desk.services.device_state import NO_DEVICE_STATE, READY, Condition, Counts, DeviceState, Reason
from tests.devices.conftest import QUICK
from tests.devices.receipts import slip

_WAIT_S = 20.0


class Counter:
    """The devices of a till and what they told."""

    def __init__(self, choice: DeviceChoice) -> None:
        self.states: queue.SimpleQueue[tuple[Role, DeviceState]] = queue.SimpleQueue()
        self.papers: queue.SimpleQueue[PrintOutcome] = queue.SimpleQueue()
        self.scans: queue.SimpleQueue[ScanEvent] = queue.SimpleQueue()
        self.devices = CounterDevices(choice, self.papers.put, timing=QUICK)
        self.devices.listen(lambda role, state: self.states.put((role, state)))
        self.devices.on_scan = self.scans.put
        self.devices.start()

    def becomes(self, role: Role, condition: Condition) -> DeviceState:
        """Wait until a device is so."""
        while True:
            told, state = self.states.get(timeout=_WAIT_S)
            if told is role and state.condition is condition:
                return state


def _serial(link: Path) -> ChosenDevice:
    return ChosenDevice(f"serial:{link}?baud=115200", "epson-tm-t20")


@pytest.fixture
def printing(printer: EmulatedPrinter, link: Path, closing: ExitStack) -> Counter:
    """A till whose printer is plugged in."""
    closing.callback(run_printer(printer, link=link).stop)
    counter = Counter(DeviceChoice().using(Role.PRINTER, _serial(link)))
    closing.callback(counter.devices.stop)
    counter.becomes(Role.PRINTER, Condition.READY)
    return counter


def test_a_printer_that_is_unplugged_and_plugged_in_again_prints_by_itself(
    printer: EmulatedPrinter, link: Path, closing: ExitStack
) -> None:
    plugged = run_printer(printer, link=link)
    counter = Counter(DeviceChoice().using(Role.PRINTER, _serial(link)))
    closing.callback(counter.devices.stop)
    counter.becomes(Role.PRINTER, Condition.READY)
    plugged.stop()
    assert counter.becomes(Role.PRINTER, Condition.OFFLINE).reason in (Reason.GONE, Reason.NOT_FOUND)
    assert counter.devices.submit(Role.PRINTER, PrintTask("a", slip("1")))
    closing.callback(run_printer(printer, link=link).stop)
    counter.becomes(Role.PRINTER, Condition.READY)
    assert counter.papers.get(timeout=_WAIT_S).ok
    counts = counter.devices.counts(Role.PRINTER)
    assert counts.jobs == 1
    assert counts.errors >= 1


def test_a_network_printer_that_was_switched_off_is_found_again(
    printer: EmulatedPrinter, closing: ExitStack
) -> None:
    plugged = run_printer(printer, tcp=True)
    counter = Counter(DeviceChoice().using(Role.PRINTER, ChosenDevice(str(plugged.url), "epson-tm-t20")))
    closing.callback(counter.devices.stop)
    counter.becomes(Role.PRINTER, Condition.READY)
    plugged.stop()
    assert counter.becomes(Role.PRINTER, Condition.OFFLINE).reason in (Reason.REFUSED, Reason.GONE)
    port = int(str(plugged.url).rpartition(":")[2])
    closing.callback(run_printer(printer, tcp=True, port=port).stop)
    counter.becomes(Role.PRINTER, Condition.READY)


def test_what_a_person_must_do_is_told(printing: Counter, printer: EmulatedPrinter) -> None:
    printer.set_fault(Fault.PAPER_OUT)
    assert printing.becomes(Role.PRINTER, Condition.ATTENTION).reason is Reason.PAPER_OUT
    printer.set_fault(Fault.COVER_OPEN)
    assert printing.becomes(Role.PRINTER, Condition.ATTENTION).reason is Reason.COVER_OPEN


def test_a_reader_that_comes_back_is_read_again_and_a_new_one_leaves_the_printer_alone(
    printing: Counter, tmp_path: Path
) -> None:
    link = tmp_path / "reader"
    reader = PseudoTerminal(link)
    devices = printing.devices
    assert devices.use(devices.choice.using(Role.READER, ChosenDevice(f"serial:{link}"))) == (Role.READER,)
    printing.becomes(Role.READER, Condition.READY)
    reader.close()
    printing.becomes(Role.READER, Condition.OFFLINE)
    reader = PseudoTerminal(link)
    printing.becomes(Role.READER, Condition.READY)
    reader.write(b"10000137\r")
    assert printing.scans.get(timeout=_WAIT_S) == Scan(ScanKind.BARCODE, "10000137")
    assert devices.counts(Role.READER) == Counts(
        jobs=1, retries=devices.counts(Role.READER).retries, errors=1
    )
    devices.use(devices.choice.using(Role.READER, ChosenDevice()))
    assert devices.state(Role.READER) == NO_DEVICE_STATE
    assert devices.state(Role.PRINTER) == READY
    reader.close()


def test_a_new_name_is_no_new_device(printing: Counter, link: Path) -> None:
    chosen = _serial(link)
    named = ChosenDevice(chosen.url, chosen.driver, "Front desk")
    assert printing.devices.use(printing.devices.choice.using(Role.PRINTER, named)) == ()
    assert printing.devices.choice.of(Role.PRINTER).name == "Front desk"


def test_an_address_that_means_nothing_changes_nothing(printing: Counter) -> None:
    wrong = printing.devices.choice.using(Role.PRINTER, ChosenDevice("printer at the front"))
    with pytest.raises(BadDeviceUrl):
        printing.devices.use(wrong)
    assert printing.devices.state(Role.PRINTER) == READY


def test_settings_of_another_version_leave_the_till_open_and_the_device_off_line() -> None:
    choice = DeviceChoice().using(Role.PRINTER, ChosenDevice("tcp://127.0.0.1:9", "a printer of tomorrow"))
    with pytest.raises(UnknownPrinterProfile):
        CounterDevices(choice, lambda _outcome: None)
    devices = CounterDevices(choice, lambda _outcome: None, strict=False)
    devices.start()
    assert devices.state(Role.PRINTER) == DeviceState(Condition.OFFLINE, Reason.NO_DRIVER)
    assert not devices.submit(Role.PRINTER, PrintTask("a", slip("1")))
    assert devices.counts(Role.PRINTER) == Counts()
    devices.stop()


def test_a_terminal_that_takes_a_payment_stays_until_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    choice = DeviceChoice().using(Role.TERMINAL, ChosenDevice("tcp://127.0.0.1:9"))
    devices = CounterDevices(choice, lambda _outcome: None)
    terminal = devices.terminal()
    assert terminal is not None
    monkeypatch.setattr(terminal, "state", lambda: TerminalState.BUSY)
    devices.check(choice.using(Role.TERMINAL, ChosenDevice("tcp://127.0.0.1:9", name="Left")))
    with pytest.raises(DeviceInUse):
        devices.check(choice.using(Role.TERMINAL, ChosenDevice()))


def test_an_nfc_reader_is_named_as_the_system_names_it() -> None:
    with pytest.raises(BadDeviceUrl):
        CounterDevices(DeviceChoice().using(Role.NFC, ChosenDevice("serial:COM3")), lambda _outcome: None)
    devices = CounterDevices(DeviceChoice().using(Role.NFC, ChosenDevice("pcsc:")), lambda _outcome: None)
    assert devices.has(Role.NFC)


def test_diagnostics_name_no_folder_and_no_person(tmp_path: Path) -> None:
    choice = DeviceChoice().using(Role.LABELS, ChosenDevice(f"emulated:{tmp_path}", name="Mrs Wang's"))
    choice = choice.using(Role.PRINTER, ChosenDevice("tcp://192.168.1.50:9100", "epson-tm-t20"))
    devices = CounterDevices(choice, lambda _outcome: None)
    told = devices.diagnostics()
    assert told["labels"]["url"] == "emulated"
    assert told["printer"] == {
        "url": "tcp://192.168.1.50:9100",
        "driver": "epson-tm-t20",
        "condition": "unknown",
        "reason": "",
        "jobs": 0,
        "retries": 0,
        "errors": 0,
    }
    assert "Wang" not in str(told)
    devices.stop()
