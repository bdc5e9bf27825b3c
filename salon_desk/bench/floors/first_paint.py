"""Tells when a window has been painted: what a person at the counter calls "it stands".

No window is made here. UI thread only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class PaintWatch(QObject):
    """Calls back once, after the next painting of a window is done."""

    def __init__(self, window: QWidget, painted: Callable[[], None]) -> None:
        super().__init__(window)
        self._painted = painted
        self._seen = False
        window.installEventFilter(self)
        window.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._painted)
        return False


def say(word: str) -> None:
    """One word on stdout for whoever holds the watch."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
