"""What tests of the screens stand on: the dressed application, a window, and a language.

No test lives here. `desk` is a window on a screen that nobody sees; its tasks run at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salon_desk.ui.app import make_application
from salon_desk.ui.language import Language
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.tasks import ImmediateTasks
from salon_desk.ui.theme import active
from salon_desk.ui.theme.tokens import ThemeName

MakeDesk = Callable[[str], MainWindow]


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the product dresses it."""
    return make_application(["salon-desk-tests"])


@pytest.fixture(autouse=True)
def closed_is_gone() -> Iterator[None]:
    """What a test closed is gone before the next one: no event loop runs in between, and a new look would dress it all."""
    yield
    if QApplication.instance() is not None:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def light_again(qapp: QApplication) -> Iterator[None]:
    """For tests that change the theme: the light one comes back."""
    yield
    active.use(ThemeName.LIGHT)


@pytest.fixture
def language(qapp: QApplication) -> Language:
    """English, with Chinese a tap away."""
    return Language("en")


@pytest.fixture
def make_desk(qtbot: QtBot) -> MakeDesk:
    """Makes a shown window of 1366 by 768 in a language."""

    def make(code: str) -> MainWindow:
        window = MainWindow(Language(code), ImmediateTasks())
        qtbot.addWidget(window)
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return make


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    """A window in English."""
    return make_desk("en")
