"""The application around the window: font, style, theme, and what happens to a bug.

No window and no screen lives here. An exception nobody expected is logged and told in one notice;
the till goes on, because what was confirmed is already on the disk.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from salon_desk.i18n import Catalogue
from salon_desk.ui.theme import active, fonts
from salon_desk.ui.theme.tokens import ThemeName

_log = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_HARMLESS = "does not support propagateSizeHints"


def make_application(argv: Sequence[str], theme: ThemeName = ThemeName.LIGHT) -> QApplication:
    """The one QApplication of the process, dressed; the one that exists already is dressed again."""
    qInstallMessageHandler(_qt_message)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(list(argv))
    application.setApplicationName("Salon Desk")
    application.setStyle("Fusion")
    application.setFont(fonts.font())
    active.use(theme)
    return application


def install_excepthook(tell: Callable[[], None]) -> None:
    """Log what nobody caught, on any thread; on the UI thread `tell` then shows a notice."""

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("uncaught", exc_info=(kind, error, trace))
        if threading.current_thread() is threading.main_thread():
            tell()

    def uncaught_in_thread(what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            uncaught(what.exc_type, what.exc_value, what.exc_traceback)

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread


def crash_words(words: Catalogue) -> tuple[str, str]:
    """What the notice after a bug says: what happened and was kept, and what to do."""
    return (
        words.text("Something went wrong in the program."),
        words.text("Everything confirmed before is kept. Try again; if it comes back, restart the till."),
    )


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if _HARMLESS not in message:
        _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
