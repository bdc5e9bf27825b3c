"""Widgets in a cycle are destroyed on the UI thread, whichever thread makes the garbage that brings the collector."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from salon_desk.bootstrap.screen.collecting import Collecting


class Cycle:
    """Tells on which thread it goes; in a cycle, so that only the collector ends it."""

    def __init__(self, gone: list[int]) -> None:
        self._gone, self._me = gone, self

    def __del__(self) -> None:
        self._gone.append(threading.get_ident())


@pytest.fixture
def collecting(qtbot: QtBot) -> Iterator[None]:
    parent = QObject()
    made = Collecting(parent)
    yield
    made.end()


def test_garbage_of_another_thread_is_collected_on_this_one(collecting: None, qtbot: QtBot) -> None:
    gone: list[int] = []
    Cycle(gone)

    def make_garbage() -> None:
        for _ in range(200_000):
            Cycle([])

    thread = threading.Thread(target=make_garbage)
    thread.start()
    thread.join()
    assert gone == []
    qtbot.waitUntil(lambda: bool(gone), timeout=5_000)
    assert gone == [threading.get_ident()]
