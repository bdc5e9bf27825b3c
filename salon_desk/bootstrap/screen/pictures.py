"""Pictures of the screens without a display: what `run --demo` leaves behind on a machine that has none.

The till is opened as for the screen; the pictures go through the same window, signed in as the demo's manager. Nothing is
recorded.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from salon_desk.bootstrap.screen.run import open_demo, open_window
from salon_desk.bootstrap.screen.window import TillWindow
from salon_desk.domain.access import Role
from salon_desk.services import sign_in
from salon_desk.services.sign_in import SignedIn
from salon_desk.services.till import Actor, Till
from salon_desk.ui.app import make_application

SIZE = (1366, 768)
LANGUAGES = ("zh_CN", "en")


def take_pictures(folder: Path, pictures: Path, language: str | None) -> list[Path]:
    """A picture of each screen in each language (or in the one asked for); the files, in order.

    Errors as `open_till`.
    """
    application = make_application(sys.argv[:1])
    pictures.mkdir(parents=True, exist_ok=True)
    running = open_demo(folder)
    taken: list[Path] = []
    try:
        for code in (language,) if language else LANGUAGES:
            opened = open_window(running, code)
            opened.window.resize(*SIZE)
            opened.window.show()
            taken.append(_picture(application, opened, pictures / f"sign_in-{code}.png"))
            opened.session.sign_in(running.worker.run(lambda: _manager(running.till)))
            for key in opened.places.keys:
                opened.window.go(key)
                taken.append(_picture(application, opened, pictures / f"{key}-{code}.png"))
            opened.close()
    finally:
        running.close()
    return taken


def settle(application: QApplication, opened: TillWindow) -> None:
    """Wait until everything that was asked of the database has been answered and painted."""
    application.processEvents()
    while opened.tasks.pending:
        answered = QEventLoop()
        opened.tasks.idle.connect(answered.quit)
        answered.exec()
        application.processEvents()
    application.processEvents()


def _picture(application: QApplication, opened: TillWindow, path: Path) -> Path:
    settle(application, opened)
    opened.window.grab().save(str(path))
    return path


def _manager(till: Till) -> SignedIn:
    person = next(one for one in sign_in.people(till) if one.role is Role.MANAGER)
    return SignedIn(person, Actor(person.staff, person.role))
