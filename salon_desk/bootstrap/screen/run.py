"""`run` with a display: the application, the till and its window, until the window is closed.

No screen is known here. Whatever cannot be opened is a DomainError for the caller, before any window stands.
"""

from __future__ import annotations

import sys
from pathlib import Path

from salon_desk.bootstrap.demo_devices import demo_devices
from salon_desk.bootstrap.screen.collecting import Collecting
from salon_desk.bootstrap.screen.local_settings import MachineSettings
from salon_desk.bootstrap.screen.window import TillWindow
from salon_desk.bootstrap.till import RunningTill, open_till
from salon_desk.bootstrap.trading_day import fill_if_empty, open_next
from salon_desk.services import demo_file
from salon_desk.settings import demo_shop as demo_tables
from salon_desk.settings import language_of
from salon_desk.ui.app import install_excepthook, make_application
from salon_desk.ui.screens.settings.choices import chosen
from salon_desk.ui.theme import active

SWITCH_INTERVAL_S = 1 / 2000
"""How long a Python thread may keep the interpreter while the screen waits to paint (DESIGN 4)."""


def run_screen(folder: Path, *, demo: bool, language: str | None) -> int:
    """Open the till's folder and its window, and run until the window is closed; the exit code.

    Raises StoreInUse, StoreDamaged and the other refusals of `open_till`.
    """
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    application = make_application(sys.argv[:1])
    running = open_demo(folder) if demo else open_till(folder)
    try:
        opened = open_window(running, language)
        install_excepthook(opened.tell_of_a_bug)
        # a kiosk may have no window manager to maximize for it
        opened.window.setGeometry(application.primaryScreen().availableGeometry())
        opened.window.showMaximized()
        opened.watch()
        Collecting(application)
        return int(application.exec())
    finally:
        running.close()


def open_demo(folder: Path) -> RunningTill:
    """The till of a folder; an empty one first gets the demo shop with an open shift, guests and emulated devices."""
    running = open_till(folder)
    shop = demo_file.read(demo_tables())
    if fill_if_empty(running, shop):
        running.worker.run(lambda: running.use_devices(demo_devices(folder)))
        open_next(running, shop, seed=1)
    return running


def open_window(running: RunningTill, language: str | None) -> TillWindow:
    """The window of an open till, with nobody signed in; not yet shown."""
    settings = MachineSettings(running)
    wanted = chosen(settings)
    active.use(wanted.theme)
    opened = TillWindow(running, language or wanted.language or language_of(), settings)
    opened.language.use_clock(wanted.clock)
    opened.open()
    return opened
