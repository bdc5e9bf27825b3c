"""A bug is logged and told, and the till goes on; Qt's own messages land in the log."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QtMsgType
from PySide6.QtWidgets import QApplication

from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.ui import app
from salon_desk.ui.app import crash_words, install_excepthook, make_application
from salon_desk.ui.theme import active
from salon_desk.ui.theme.tokens import DARK, ThemeName, Type


@pytest.fixture
def hooks() -> Iterator[None]:
    """Puts the hooks of the process back."""
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before


def _bug() -> ZeroDivisionError:
    try:
        1 // 0  # noqa: B018 (a bug on purpose)
    except ZeroDivisionError as bug:
        return bug
    raise AssertionError


def test_a_bug_on_the_ui_thread_is_logged_and_told(hooks: None, caplog: pytest.LogCaptureFixture) -> None:
    told: list[int] = []
    install_excepthook(lambda: told.append(1))
    bug = _bug()
    sys.excepthook(type(bug), bug, bug.__traceback__)
    assert told == [1]
    assert "ZeroDivisionError" in caplog.text


def test_a_bug_on_another_thread_is_logged_and_touches_no_widget(
    hooks: None, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[int] = []
    install_excepthook(lambda: told.append(1))
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    assert told == []
    assert "ZeroDivisionError" in caplog.text


def test_control_c_is_no_bug(
    hooks: None, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[int] = []
    install_excepthook(lambda: told.append(1))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []
    assert "uncaught" not in caplog.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_a_bug_it_is_said_what_was_kept(language: str) -> None:
    happened, kept = crash_words(Catalogue.load(language))
    assert happened
    assert kept
    assert happened != kept


def test_qts_messages_are_logged_but_not_its_known_noise(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        app._qt_message(QtMsgType.QtWarningMsg, None, "QPainter: not active")  # type: ignore[arg-type]
        app._qt_message(QtMsgType.QtWarningMsg, None, "This plugin does not support propagateSizeHints()")  # type: ignore[arg-type]
    assert "QPainter: not active" in caplog.text
    assert "propagateSizeHints" not in caplog.text


def test_an_application_that_is_there_is_dressed_again(qapp: QApplication, light_again: None) -> None:
    assert make_application([], ThemeName.DARK) is qapp
    assert active.palette() is DARK
    assert qapp.font().pixelSize() == Type.BODY
    assert qapp.style().name() == "fusion" or qapp.styleSheet()
