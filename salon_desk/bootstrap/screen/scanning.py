"""Readers brought to the screens: the keyboard wedge of the window and the readers on ports, as one signal.

What a burst is lives in `devices/wedge.py`, the ports in `bootstrap/counter_devices.py`. Everything is delivered on the
UI thread; a payment card arrives as a refusal without a digit.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from salon_desk.devices.scan import ScanEvent
from salon_desk.devices.wedge import Wedge, WedgeStep

_TICK_MS = 40


class Scanning(QObject):
    """Both kinds of reader. Signal: `scanned(ScanEvent)`."""

    scanned = Signal(object)
    _heard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wedge = Wedge()
        self._clock_offset_ms = 0
        self._typing_back = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._heard.connect(self.scanned, Qt.ConnectionType.QueuedConnection)

    def feed(self, text: str, timestamp_ms: int) -> bool:
        """One key of the window, before any field sees it (`ui.wedge.KeyFilter`)."""
        if self._typing_back:
            return False
        self._clock_offset_ms = timestamp_ms - _monotonic_ms()
        step = self._wedge.feed(text, timestamp_ms)
        if self._wedge.waiting:
            self._timer.start()
        self._follow(step)
        return step.swallow

    def heard(self, event: ScanEvent) -> None:
        """What a reader on a port read. Any thread; it arrives on the UI thread."""
        self._heard.emit(event)

    def _tick(self) -> None:
        self._follow(self._wedge.tick(_monotonic_ms() + self._clock_offset_ms))
        if self._wedge.waiting:
            self._timer.start()

    def _follow(self, step: WedgeStep) -> None:
        field = QApplication.focusWidget()
        if field is not None and (step.retract or step.release):
            self._type(field, step)
        event: ScanEvent | None = step.event
        if event is not None:
            self.scanned.emit(event)

    def _type(self, field: QWidget, step: WedgeStep) -> None:
        """Take back what slipped into the field, and give back what was typed by hand after all."""
        self._typing_back = True
        try:
            for _ in range(step.retract):
                _press(field, Qt.Key.Key_Backspace, "\b")
            for character in step.release:
                _press(field, Qt.Key.Key_unknown, character)
        finally:
            self._typing_back = False


def _press(field: QWidget, key: Qt.Key, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000
