"""The devices of a running till through its window: tested, chosen, found, taken away, and what is said by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from salon_desk.bootstrap.demo_devices import demo_devices
from salon_desk.bootstrap.screen import device_desk
from salon_desk.devices.drawer_watch import DrawerState
from salon_desk.devices.emulators.pseudo_terminal import PseudoTerminal
from salon_desk.domain import access
from salon_desk.domain.charge import BatchFailed
from salon_desk.services import device_settings
from salon_desk.services.batches import Compared
from salon_desk.services.device_settings import NO_DEVICE, ChosenDevice, Role
from salon_desk.services.device_state import NO_DEVICE_STATE, Condition
from salon_desk.services.till import Actor
from salon_desk.ui.device_status import PaperWidth, TrialState
from salon_desk.ui.screens.devices.presenter import Place
from salon_desk.ui.screens.devices.view import DevicesScreen
from tests.integration.window.conftest import Desk


def _until(desk: Desk, holds: Callable[[], bool]) -> None:
    while not holds():
        desk.settle()


def _use(desk: Desk, role: Role, device: ChosenDevice) -> None:
    desk.running.worker.run(lambda: desk.opened.devices.use(role, device))
    desk.settle()


def _ready(desk: Desk, role: Role) -> None:
    _until(desk, lambda: desk.opened.devices.status().of(role).state.condition is Condition.READY)


def _tried(desk: Desk, role: Role) -> TrialState:
    desk.opened.devices.try_out(role, "en")
    _until(desk, lambda: desk.opened.devices.status().trials[role] is not TrialState.RUNNING)
    return desk.opened.devices.status().trials[role]


def test_each_device_is_tested_with_one_tap_and_taken_away_again(desk: Desk) -> None:
    devices = desk.opened.devices
    _ready(desk, Role.TERMINAL)
    desk.opened.window.top_bar.pill_tapped.emit("terminal")
    screen = desk.opened.window.screen_for("devices")
    assert isinstance(screen, DevicesScreen)
    assert screen.presenter.state.place is Place.TERMINAL
    assert _tried(desk, Role.TERMINAL) is TrialState.PASSED
    _use(desk, Role.TERMINAL, NO_DEVICE)
    assert devices.status().of(Role.TERMINAL).state == NO_DEVICE_STATE
    assert _tried(desk, Role.TERMINAL) is TrialState.FAILED
    line = PseudoTerminal()
    _use(desk, Role.DISPLAY, ChosenDevice(f"serial:{line.path}", "generic"))
    assert _tried(desk, Role.DISPLAY) is TrialState.PASSED
    _until(desk, lambda: b"1234567890" in line.read(0.1))
    _ready(desk, Role.DISPLAY)
    line.close()
    _use(desk, Role.LABELS, ChosenDevice("emulated:", "label-40x30mm"))
    assert _tried(desk, Role.LABELS) is TrialState.PASSED
    _until(desk, lambda: desk.running.counter.counts(Role.LABELS).jobs == 1)
    assert _tried(desk, Role.READER) is TrialState.FAILED
    kept = desk.running.worker.run(lambda: device_settings.chosen(desk.running.till))
    assert kept.of(Role.LABELS).driver == "label-40x30mm"
    assert kept.of(Role.TERMINAL) == NO_DEVICE


def test_the_batch_is_closed_and_compared_and_what_is_plugged_in_is_found_without_the_network(
    desk: Desk,
) -> None:
    _ready(desk, Role.TERMINAL)
    told: list[Compared | BatchFailed] = []
    terminal = desk.opened.devices.terminal
    assert terminal.is_there()
    manager = Actor("grace", access.Role.MANAGER)
    desk.running.worker.run(lambda: terminal.close_batch("test/batch", manager, told.append))
    _until(desk, lambda: bool(told))
    assert isinstance(told[0], Compared)
    assert told[0].batch.terminal == terminal.name
    assert terminal.looked_at == ""
    devices = desk.opened.devices
    devices.find(network=False)
    _until(desk, lambda: not devices.status().search.running)
    assert devices.status().search.whole == 0
    devices.find(network=False)
    devices.stop_finding()
    assert not devices.status().search.running


def test_a_roll_of_another_width_keeps_how_the_printer_is_spoken_to() -> None:
    assert device_desk._on_paper("gb18030-80mm", PaperWidth.MM_58) == "gb18030-58mm"
    assert device_desk._on_paper("epson-tm-t20", PaperWidth.MM_58) == "generic-58mm"
    assert device_desk._paper_of("gb18030-58mm") is PaperWidth.MM_58
    assert device_desk._paper_of("a printer of tomorrow") is PaperWidth.MM_80


def test_a_drawer_left_open_and_a_terminal_nobody_looked_at_are_said_once(desk: Desk) -> None:
    _use(desk, Role.TERMINAL, ChosenDevice("tcp://127.0.0.1:9", name="Left"))
    desk.sign_in(access.Role.MANAGER)
    assert "Left" in desk.opened.window.notice.text
    desk.opened.window.clear_notice()
    desk.running.counter._posts[Role.PRINTER].drawer = DrawerState.LEFT_OPEN
    desk.opened.devices._on_heard()
    assert "left open" in desk.opened.window.notice.text
    desk.opened.window.clear_notice()
    desk.opened.devices._on_heard()
    assert not desk.opened.window.notice.isVisible()


def test_the_demo_has_its_devices_inside_the_program(tmp_path: Path) -> None:
    choice = demo_devices(tmp_path)
    assert choice.of(Role.PRINTER).url == f"emulated:{tmp_path / 'receipts'}"
    assert choice.of(Role.TERMINAL).url == "emulated:"
