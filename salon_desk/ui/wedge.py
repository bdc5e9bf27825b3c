"""Where a keyboard-wedge reader's burst is taken out of the keys before any field sees it.

What a burst is lives with the devices; the window only offers every key. The filter swallows from
`%` or `;` on, or the whole track would stand in the focused field (PITFALLS 22).
"""

from __future__ import annotations

import time
from typing import Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QWindow
from typing_extensions import override


class KeyFilter(Protocol):
    """Sees every typed character before the focused field does."""

    def feed(self, text: str, timestamp_ms: int) -> bool:
        """Take one key's text with its time; True swallows the key. UI thread, must not block."""
        ...


class WedgeHook(QObject):
    """Offers the keys of one window to a filter. It sits on the QWindow, so it sees each key once."""

    def __init__(self, key_filter: KeyFilter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = key_filter

    def watch(self, window: QWindow) -> None:
        """Start watching; before this the window's keys go to its fields alone."""
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not event.text():
            return False
        stamp = int(event.timestamp()) or time.monotonic_ns() // 1_000_000
        return self._filter.feed(event.text(), stamp)
