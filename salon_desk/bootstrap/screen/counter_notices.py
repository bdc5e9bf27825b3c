"""What the window says by itself of the counter: a drawer that was left open, a terminal that nobody has looked at.

No screen lives here. Once each time it begins, never again and again; the terminal's once after each start of the till.
UI thread only.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from salon_desk.bootstrap.screen.device_desk import TillDevices
from salon_desk.services import inspections
from salon_desk.services.inspections import Inspected
from salon_desk.services.till import Till
from salon_desk.ui.device_status import DrawerCondition
from salon_desk.ui.inspection_words import inspection_warning
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks
from salon_desk.ui.view_values import Alert


class CounterNotices(QObject):
    """Listens to the devices and to who signs in."""

    def __init__(
        self, window: MainWindow, till: Till, tasks: Tasks, session: Session, devices: TillDevices
    ) -> None:
        super().__init__(window)
        self._window, self._till, self._tasks = window, till, tasks
        self._session, self._devices = session, devices
        self._drawer = DrawerCondition.UNKNOWN
        self._told_of = ""
        devices.listen(self._look_at_drawer)
        session.listen(self._look_at_terminal)

    def _look_at_drawer(self) -> None:
        before, self._drawer = self._drawer, self._devices.status().drawer
        if self._drawer is DrawerCondition.LEFT_OPEN and before is not self._drawer:
            words = self._window.language.catalogue
            self._window.notify(
                Alert.WAITING, words.text("The cash drawer was left open."), words.text("Shut the drawer.")
            )

    def _look_at_terminal(self) -> None:
        terminal = self._devices.terminal.looked_at
        if self._session.person is None or not terminal or terminal == self._told_of:
            return
        self._tasks.run(
            lambda: inspections.standing(self._till, terminal),
            self._tell,
            lambda _refusal: None,
            replaces="inspection",
        )

    def _tell(self, standing: Inspected) -> None:
        self._told_of = standing.terminal
        words = self._window.language.catalogue
        if warning := inspection_warning(standing, words):
            said = words.text("Card terminal {name}", name=standing.terminal)
            self._window.notify(Alert.WAITING, said, warning)
