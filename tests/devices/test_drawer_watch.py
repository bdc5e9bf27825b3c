"""Whether the drawer stands open: learnt from kicks, said where the printer tells, never guessed from one."""

from __future__ import annotations

import queue
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.bootstrap.counter_devices import CounterDevices
from salon_desk.devices.drawer_watch import DrawerState, DrawerWatch
from salon_desk.devices.emulators.in_process import RunningEmulator
from salon_desk.devices.emulators.printer import EmulatedPrinter
from salon_desk.devices.errors import PortProblem
from salon_desk.devices.port import PrinterPort
from salon_desk.devices.print_task import DrawerStateChanged, PrinterStateChanged, PrintOutcome, PrintTask
from salon_desk.devices.printer_status import PrinterState
from salon_desk.devices.profile import load_profile
from salon_desk.devices.url import SerialUrl
from salon_desk.services.device_settings import ChosenDevice, DeviceChoice, Role
from salon_desk.services.device_state import READY, Condition, DeviceState, Reason
from tests.devices.conftest import QUICK, MakePort
from tests.devices.receipts import Ears, slip


def opened(watch: DrawerWatch, now: float, *, high: bool, stands_s: float = 10.0) -> DrawerState:
    """A kick, the drawer springs open, and is pushed in again; how it was while it was open."""
    watch.seen(not high, now)
    watch.kicked(now)
    found = watch.seen(high, now + 0.5)
    watch.seen(not high, now + stands_s)
    return found


@pytest.mark.parametrize("high", [True, False])
def test_after_two_kicks_the_drawer_is_known_to_be_open_whichever_level_says_so(high: bool) -> None:
    watch = DrawerWatch(60.0)
    assert [opened(watch, at, high=high) for at in (0.0, 100.0, 200.0)] == [
        DrawerState.UNKNOWN,
        DrawerState.OPEN,
        DrawerState.OPEN,
    ]
    assert watch.open_level is high


def test_a_drawer_without_a_switch_is_never_said_to_be_open() -> None:
    watch = DrawerWatch(60.0)
    for at in range(5):
        watch.kicked(100.0 * at)
        assert watch.seen(False, 100.0 * at + 1) is DrawerState.UNKNOWN
    assert watch.seen(None, 1000.0) is DrawerState.UNKNOWN


def test_a_level_that_changes_long_after_a_kick_teaches_nothing() -> None:
    watch = DrawerWatch(60.0)
    for at in (0.0, 100.0, 200.0):
        watch.seen(False, at)
        watch.kicked(at)
        assert watch.seen(True, at + 30) is DrawerState.UNKNOWN


def test_a_wrong_lesson_is_outvoted() -> None:
    """Kicked while it stood open and pushed in at once: the level of the shut drawer seems to mean open."""
    watch = DrawerWatch(60.0)
    for at in (0.0, 100.0):
        watch.seen(True, at)
        watch.kicked(at)
        watch.seen(False, at + 0.5)
    assert watch.open_level is False
    for at in (200.0, 300.0, 400.0):
        opened(watch, at, high=True)
    assert watch.open_level is True


def test_left_open_is_longer_than_a_payment_and_each_kick_counts_anew() -> None:
    watch = DrawerWatch(60.0)
    opened(watch, 0.0, high=True)
    opened(watch, 100.0, high=True)
    watch.kicked(200.0)
    assert watch.seen(True, 201.0) is DrawerState.OPEN
    assert watch.seen(True, 260.0) is DrawerState.OPEN
    assert watch.seen(True, 261.0) is DrawerState.LEFT_OPEN
    watch.kicked(262.0)
    assert watch.seen(True, 263.0) is DrawerState.OPEN
    assert watch.seen(False, 264.0) is DrawerState.SHUT


def test_it_looks_soon_after_a_kick_and_now_and_then_while_it_is_open() -> None:
    watch = DrawerWatch(60.0)
    assert watch.look_again_s(0.0, 10.0) == 10.0
    opened(watch, 0.0, high=True)
    watch.seen(False, 100.0)
    watch.kicked(100.0)
    assert watch.look_again_s(100.0, 10.0) == 0.5
    watch.seen(True, 101.0)
    assert watch.look_again_s(104.0, 10.0) == 2.0
    watch.seen(False, 105.0)
    assert watch.look_again_s(105.0, 10.0) == 10.0


def test_nobody_looks_for_a_switch_that_is_not_there() -> None:
    watch = DrawerWatch(60.0)
    for at in range(6):
        watch.seen(False, 100.0 * at)
        watch.kicked(100.0 * at)
    assert watch.look_again_s(500.0, 10.0) == 10.0
    watch.seen(True, 501.0)
    watch.kicked(600.0)
    assert watch.look_again_s(600.0, 10.0) == 0.5


def test_a_look_for_the_drawer_that_another_till_is_in_the_way_of_is_no_trouble(tmp_path: Path) -> None:
    ears = Ears()
    port = PrinterPort(SerialUrl(str(tmp_path / "none")), load_profile("generic-80mm"), ears, timing=QUICK)
    port._poll(for_drawer=True)
    port._poll(for_drawer=True)
    port._poll()
    assert ears.next() == PrinterStateChanged(PrinterState.OFFLINE, PortProblem.NOT_FOUND)
    assert port.tally.now().errors == 1


def test_a_drawer_left_open_needs_attention_until_it_is_shut(
    printer: EmulatedPrinter, plugged: RunningEmulator, closing: ExitStack
) -> None:
    papers: queue.SimpleQueue[PrintOutcome] = queue.SimpleQueue()
    choice = DeviceChoice().using(Role.PRINTER, ChosenDevice(str(plugged.url), "epson-tm-t20"))
    devices = CounterDevices(choice, papers.put, timing=replace(QUICK, drawer_s=0.0))
    printer.open_is_high = True
    closing.callback(devices.stop)
    devices.start()

    def prints(number: str, *, kick: bool = False) -> None:
        devices.submit(Role.PRINTER, PrintTask(number, None if kick else slip(number), kick=kick))
        while papers.get(timeout=20.0).job_id != number:
            pass

    def becomes(state: DeviceState) -> bool:
        for number in range(40):
            prints(f"look {number}")
            if devices.state(Role.PRINTER) == state:
                return True
        return False

    for number in ("1", "2"):
        printer.shut_drawer()
        prints("shut")
        prints(f"kick {number}", kick=True)
        prints("a")
        prints("b")
    assert becomes(DeviceState(Condition.ATTENTION, Reason.DRAWER_OPEN))
    assert devices.drawer is DrawerState.LEFT_OPEN
    printer.shut_drawer()
    assert becomes(READY)
    assert devices.drawer is DrawerState.SHUT


def test_a_drawer_left_open_is_told_by_the_port_and_that_it_is_shut_again(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort
) -> None:
    printer.open_is_high = False
    port, ears = make_port(plugged.url, timing=replace(QUICK, drawer_s=0.1))
    for number in ("1", "2"):
        port.submit(PrintTask(number, None, kick=True))
        assert ears.drawer(number).ok
        for look in ("a", "b"):  # a pulse and a question may come in one reading: the second look sees it
            port.submit(PrintTask(look + number, slip(number)))
            assert ears.outcome(look + number).ok
        if number == "1":
            printer.shut_drawer()
    ears.wait(lambda event: event == DrawerStateChanged(DrawerState.LEFT_OPEN))
    printer.shut_drawer()
    ears.wait(lambda event: event == DrawerStateChanged(DrawerState.SHUT))
