"""A field to sign in with a finger or a pen: strokes in thousandths of its size.

What makes a signature of them is `domain/signature.py`. Nothing is kept here once it is cleared or gone.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.tokens import Size

_PEN = 2.5
_WHOLE = 1000
_LINE = 0.78
"""How far down the line stands on which one signs."""

Point = tuple[int, int]


class SignaturePad(QWidget):
    """Signal: `changed()` after each stroke and when it was cleared."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[Point]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(250, 120)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def strokes(self) -> tuple[tuple[Point, ...], ...]:
        """What was drawn, each stroke from where the finger came down."""
        return tuple(tuple(one) for one in self._strokes)

    def clear(self) -> None:
        """An empty field."""
        self._strokes = []
        self.update()
        self.changed.emit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(380, 220)

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self._strokes.append([self._at(event.position())])
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        if self._strokes:
            self._strokes[-1].append(self._at(event.position()))
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        self.changed.emit()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        rect = QRectF(self.rect())
        paint.card(painter, rect, colours.surface, outline=colours.edge, radius=Size.RADIUS)
        height = rect.height() * _LINE
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.drawLine(QPointF(rect.left() + 24, height), QPointF(rect.right() - 24, height))
        pen = QPen(QColor(colours.ink), _PEN)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self._strokes:
            points = [QPointF(x * rect.width() / _WHOLE, y * rect.height() / _WHOLE) for x, y in stroke]
            painter.drawPolyline(points)
        painter.end()

    def _at(self, point: QPointF) -> Point:
        return (
            round(point.x() * _WHOLE / max(self.width(), 1)),
            round(point.y() * _WHOLE / max(self.height(), 1)),
        )
