"""A QR code for a telephone's camera: black on white in every theme, whole pixels a square, its quiet zone around it.

What it says is handed in as squares (`wire/squares.py`).
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.wire.squares import QUIET, Squares

_LEAST_SQUARE = 4
_WISHED = 420
_DARK, _LIGHT = Qt.GlobalColor.black, Qt.GlobalColor.white


class CodeSquares(QWidget):
    """Shows a code, or a white place for one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._squares: Squares = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_squares(self, squares: Squares) -> None:
        """Show another code."""
        if squares != self._squares:
            self._squares = squares
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        across = len(self._squares) + 2 * QUIET
        side = max(_LEAST_SQUARE, _WISHED // across) * across if self._squares else _WISHED
        return QSize(side, side)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _LIGHT)
        across = len(self._squares) + 2 * QUIET
        square = min(self.width(), self.height()) // across
        left = (self.width() - square * len(self._squares)) // 2
        top = (self.height() - square * len(self._squares)) // 2
        for y, row in enumerate(self._squares):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(QRect(left + x * square, top + y * square, square, square), _DARK)
        painter.end()
