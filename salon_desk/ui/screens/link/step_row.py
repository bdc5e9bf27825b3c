"""One numbered step of what is to be done: its number in a disc, and its words.

No step is known here; the words are handed in.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.widgets.words import Words

_DISC = 28


class _Number(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_DISC, _DISC)
        self.number = ""

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        rect = QRectF(self.rect())
        paint.disc(painter, rect.center(), _DISC / 2, colours.brand_soft)
        paint.text(painter, rect, self.number, colours.brand, size=Type.BODY, bold=True, align=paint.CENTRE)
        painter.end()


class StepRow(QWidget):
    """A step."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP + 4)
        self._number, self._words = _Number(), Words("")
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def set_step(self, number: str, words: str) -> None:
        """Write the step."""
        self._number.number = number
        self._words.setText(words)
        self._number.update()
