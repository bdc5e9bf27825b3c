"""The customer's side of the real window: what is rung up stands on the pole display, through its own port."""

from __future__ import annotations

import queue
from collections.abc import Callable
from pathlib import Path

from salon_desk.bootstrap.till import RunningTill
from salon_desk.devices.emulators.display import EmulatedDisplay
from salon_desk.devices.emulators.display_serving import run_display
from salon_desk.services.device_settings import ChosenDevice, Role
from tests.integration.window.conftest import Desk


def test_what_is_rung_up_stands_on_the_pole_display(desk: Desk, tmp_path: Path) -> None:
    shown: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    running = run_display(EmulatedDisplay(shown.put), link=tmp_path / "display")
    try:
        _use(desk.running, Role.DISPLAY, f"serial:{tmp_path / 'display'}")
        _until(shown, lambda lines: "Welcome" in lines[1])
        desk.sign_in()
        desk.opened.places.checkout.presenter.tap_item("gel-manicure")
        desk.settle()
        _until(shown, lambda lines: lines[0].endswith("$45.00"))
        assert desk.opened.guests.window is None
        _use(desk.running, Role.GUEST_SCREEN, "screen:window")
        desk.settle()
        assert desk.opened.guests.window is not None
        assert desk.opened.guests.window.isVisible()
    finally:
        running.stop()


def _use(till: RunningTill, role: Role, url: str) -> None:
    till.worker.run(lambda: till.use_devices(till.devices.using(role, ChosenDevice(url))))


def _until(shown: queue.SimpleQueue[tuple[str, str]], true_of: Callable[[tuple[str, str]], bool]) -> None:
    while not true_of(shown.get(timeout=5)):
        pass
