"""The till's real window offscreen, over the demo shop in a folder of the test's own, with an emulated printer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from salon_desk.bootstrap.screen.pictures import settle
from salon_desk.bootstrap.screen.run import open_demo, open_window
from salon_desk.bootstrap.screen.window import TillWindow
from salon_desk.bootstrap.till import RunningTill
from salon_desk.domain.access import Role
from salon_desk.services import sign_in
from salon_desk.services.sign_in import SignedIn
from salon_desk.services.till import Actor, Till


class Desk:
    """A window with its till, and short ways to do what tests do all the time."""

    def __init__(self, running: RunningTill, application: QApplication) -> None:
        self.running, self._application = running, application
        self._dark = False
        self.opened: TillWindow = open_window(running, "en")
        self.opened.window.resize(1366, 768)
        self.opened.window.show()
        self.opened.watch()
        self.settle()

    def settle(self) -> None:
        """Wait until the database has answered everything."""
        settle(self._application, self.opened)

    def sign_in(self, role: Role = Role.CASHIER) -> None:
        """Somebody with this role gives the right PIN."""
        self.opened.session.sign_in(self.running.worker.run(lambda: _somebody(self.running.till, role)))
        self.opened.window.go("checkout")
        self.settle()

    def type(self, text: str, *, gap_ms: int) -> None:
        """Keys as the window gets them, `gap_ms` apart."""
        for number, character in enumerate(text):
            self.opened.scanning.feed(character, 1_000_000 + number * gap_ms)
        self.settle()

    def lose_power(self) -> None:
        """The machine goes dark: nothing is noted any more, and the folder is let go."""
        self.opened.close()
        self.running.till.store.wake = lambda: None
        self.running.worker.close()
        self.running.till.store.close()
        self._dark = True

    def close(self) -> None:
        """End the window and the till, once, unless the power is gone.

        When nobody can tell the window anything any more it goes altogether: what is only closed is dressed anew by
        every change of theme in a later test.
        """
        if self._dark:
            return
        self._dark = True
        self.opened.close()
        self.running.close()
        self._application.processEvents()
        self.opened.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _somebody(till: Till, role: Role) -> SignedIn:
    person = next(one for one in sign_in.people(till) if one.role is role)
    return SignedIn(person, Actor(person.staff, person.role))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "till"


@pytest.fixture
def desk(folder: Path, open_desk: Callable[[], Desk]) -> Desk:
    assert not folder.exists()
    return open_desk()


@pytest.fixture
def open_desk(folder: Path, qapp: QApplication) -> Iterator[Callable[[], Desk]]:
    """Opens the window on the test's folder; what is still open at the end is closed."""
    opened: list[Desk] = []

    def make() -> Desk:
        opened.append(Desk(open_demo(folder), qapp))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
