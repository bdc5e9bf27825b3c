"""The screen of the devices and the one behind it: the monthly look at the card terminal.

Every other screen and way is in `places.py`. A screen's module is imported when it is first wanted. UI thread only.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.bootstrap.screen.device_desk import TillDevices
from salon_desk.services.till import Till
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.session import Session


@dataclass(frozen=True, slots=True)
class BehindDevices:
    """Registers these screens."""

    till: Till
    session: Session
    approvals: Approvals
    devices: TillDevices

    def register(self, window: MainWindow) -> None:
        """Make each of them known to the window by its key."""
        window.register("devices", self._devices)
        window.register("inspections", self._inspections)

    def _devices(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.devices.presenter import DevicesPresenter
        from salon_desk.ui.screens.devices.view import DevicesScreen

        presenter = DevicesPresenter(
            self.till, host.tasks, self.session, desk=self.devices, approvals=self.approvals
        )
        return DevicesScreen(
            host,
            presenter,
            inspect=lambda: host.go("inspections"),
            back_to=lambda: host.go("settings"),
        )

    def _inspections(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.inspections.presenter import InspectionsPresenter
        from salon_desk.ui.screens.inspections.view import InspectionsScreen

        presenter = InspectionsPresenter(
            self.till,
            host.tasks,
            self.session,
            approvals=self.approvals,
            terminal=lambda: self.devices.terminal.name,
        )
        return InspectionsScreen(host, presenter, back_to=lambda: host.go("devices"))
