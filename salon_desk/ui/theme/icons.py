"""The house's own icons: strokes on a 24 by 24 grid, painted in any colour and size.

No picture file is needed. `M x y`, `L x y`, `C x1 y1 x2 y2 x y`, `Z` as in SVG; `O cx cy r` is a
circle, `R x y w h r` a rounded box, `D cx cy r` a filled dot. An icon never stands without a word
or an accessible name.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

GRID: Final = 24.0


class Icon(StrEnum):
    """Every icon by what it stands for."""

    CHECKOUT = "checkout"
    APPOINTMENTS = "appointments"
    FLOOR = "floor"
    MEMBERS = "members"
    CARDS = "cards"
    STOCK = "stock"
    REPORTS = "reports"
    SETTINGS = "settings"
    SHIFT = "shift"
    SEARCH = "search"
    KEYBOARD = "keyboard"
    BACKSPACE = "backspace"
    SHIFT_KEY = "shift_key"
    ENTER = "enter"
    HIDE = "hide"
    PLUS = "plus"
    MINUS = "minus"
    BACK = "back"
    NEXT = "next"
    CHECK = "check"
    CLOSE = "close"
    WARNING = "warning"
    INFORMATION = "information"
    PRINTER = "printer"
    TERMINAL = "terminal"
    DRAWER = "drawer"
    SCAN = "scan"
    LOCK = "lock"
    PARK = "park"
    REFUND = "refund"
    RECEIPT = "receipt"
    PERSON = "person"
    CLOCK = "clock"
    NOTE = "note"
    EMPTY = "empty"
    WIPE = "wipe"
    OFFICE = "office"
    MESSAGE = "message"


_STROKES: Final[dict[Icon, str]] = {
    Icon.CHECKOUT: "R 4 9 16 11 2 M 7 9 L 8 4 L 16 4 L 17 9 M 4 15 L 20 15 M 8 12 L 10 12 M 14 12 L 16 12",
    Icon.APPOINTMENTS: "R 4 5 16 15 2.5 M 4 10 L 20 10 M 8.5 3 L 8.5 6.5 M 15.5 3 L 15.5 6.5 D 8.5 13.5 1 "
    "D 12 13.5 1 D 15.5 13.5 1 D 8.5 16.8 1 D 12 16.8 1",
    Icon.FLOOR: "M 8 20 L 8 4.5 M 4.5 8 L 8 4.5 L 11.5 8 M 16 4 L 16 19.5 M 12.5 16 L 16 19.5 L 19.5 16",
    Icon.MEMBERS: "O 9.5 8.5 3.5 M 3 19.5 C 3 15.5 6 14 9.5 14 C 13 14 16 15.5 16 19.5 M 15.5 5.3 "
    "C 17.5 5.6 18.6 7 18.6 8.6 C 18.6 10.2 17.5 11.5 15.8 11.8 M 18 14.6 C 20 15.3 21 17 21 19.5",
    Icon.CARDS: "R 3 6 18 13 2.5 M 3 10.5 L 21 10.5 M 6.5 15 L 11 15",
    Icon.STOCK: "M 4 8 L 12 4 L 20 8 L 20 16.5 L 12 20.5 L 4 16.5 Z M 4 8 L 12 12 L 20 8 M 12 12 L 12 20.5",
    Icon.REPORTS: "M 4 20 L 20 20 M 7 20 L 7 13 M 12 20 L 12 5 M 17 20 L 17 9.5",
    Icon.SETTINGS: "M 4 7 L 13 7 M 19 7 L 20 7 O 16 7 2.4 M 4 12 L 5 12 M 11 12 L 20 12 O 8 12 2.4 "
    "M 4 17 L 12 17 M 18 17 L 20 17 O 15 17 2.4",
    Icon.SHIFT: "O 12 12 8 M 12 7.5 L 12 12 L 15.5 14",
    Icon.SEARCH: "O 10.5 10.5 6 M 15 15 L 20 20",
    Icon.KEYBOARD: "R 2.5 6 19 12 2.5 D 6.5 10 0.9 D 10.2 10 0.9 D 13.8 10 0.9 D 17.5 10 0.9 M 7.5 14.2 L 16.5 14.2",
    Icon.BACKSPACE: "M 8.5 5.5 L 21 5.5 L 21 18.5 L 8.5 18.5 L 3 12 Z M 11.5 9.5 L 16.5 14.5 M 16.5 9.5 L 11.5 14.5",
    Icon.SHIFT_KEY: "M 12 4 L 20 12.5 L 15.5 12.5 L 15.5 19 L 8.5 19 L 8.5 12.5 L 4 12.5 Z",
    Icon.ENTER: "M 19 6 L 19 13 L 5.5 13 M 9.5 8.5 L 5 13 L 9.5 17.5",
    Icon.HIDE: "R 3 4 18 10 2 M 7 10.5 L 17 10.5 M 8.5 17.5 L 12 21 L 15.5 17.5",
    Icon.PLUS: "M 12 4.5 L 12 19.5 M 4.5 12 L 19.5 12",
    Icon.MINUS: "M 4.5 12 L 19.5 12",
    Icon.BACK: "M 14.5 5 L 7.5 12 L 14.5 19",
    Icon.NEXT: "M 9.5 5 L 16.5 12 L 9.5 19",
    Icon.CHECK: "M 4.5 12.5 L 10 18 L 20 6.5",
    Icon.CLOSE: "M 6 6 L 18 18 M 18 6 L 6 18",
    Icon.WARNING: "M 12 4 L 21.5 20 L 2.5 20 Z M 12 10 L 12 14.5 D 12 17.3 1.1",
    Icon.INFORMATION: "O 12 12 8.5 M 12 11 L 12 16.5 D 12 7.8 1.1",
    Icon.PRINTER: "M 7 9 L 7 4 L 17 4 L 17 9 R 3.5 9 17 8 2 M 7 14 L 17 14 L 17 20 L 7 20 Z",
    Icon.TERMINAL: "R 6 3 12 18 2.5 R 8.5 5.5 7 4 1 D 9.5 13 0.9 D 12 13 0.9 D 14.5 13 0.9 D 9.5 16.5 0.9 "
    "D 12 16.5 0.9 D 14.5 16.5 0.9",
    Icon.DRAWER: "R 3 6 18 12 2 M 3 12 L 21 12 M 10 15 L 14 15 M 10 9 L 14 9",
    Icon.SCAN: "M 4 8 L 4 4 L 8 4 M 16 4 L 20 4 L 20 8 M 20 16 L 20 20 L 16 20 M 8 20 L 4 20 L 4 16 "
    "M 8 8 L 8 16 M 12 8 L 12 16 M 16 8 L 16 16",
    Icon.LOCK: "R 5 11 14 9.5 2 M 8 11 L 8 8 C 8 2.6 16 2.6 16 8 L 16 11",
    Icon.PARK: "R 4 4 16 16 4 M 10 9 L 10 15 M 14 9 L 14 15",
    Icon.REFUND: "M 8.5 5 L 4.5 9 L 8.5 13 M 4.5 9 L 14.5 9 C 21.5 9 21.5 19 14.5 19 L 8 19",
    Icon.RECEIPT: "M 6 3.5 L 18 3.5 L 18 20.5 L 15 18.5 L 12 20.5 L 9 18.5 L 6 20.5 Z M 9 8 L 15 8 M 9 12 L 15 12",
    Icon.PERSON: "O 12 8 4 M 4.5 20 C 4.5 15.5 8 14 12 14 C 16 14 19.5 15.5 19.5 20",
    Icon.CLOCK: "O 12 12 8.5 M 12 7 L 12 12 L 15.5 14",
    Icon.NOTE: "M 5 4 L 19 4 L 19 15 L 14 20 L 5 20 Z M 14 20 L 14 15 L 19 15 M 8.5 9 L 15.5 9",
    Icon.WIPE: "M 12 3.5 C 16 8.5 18.5 11.5 18.5 14.5 C 18.5 18 15.6 20.5 12 20.5 C 8.4 20.5 5.5 18 5.5 14.5 "
    "C 5.5 11.5 8 8.5 12 3.5 Z M 9 15 C 9.2 16.6 10.3 17.5 12 17.5",
    Icon.OFFICE: "R 5 3.5 14 17 1.5 M 8.5 8 L 10.5 8 M 13.5 8 L 15.5 8 M 8.5 12 L 10.5 12 M 13.5 12 L 15.5 12 "
    "M 10 20.5 L 10 16 L 14 16 L 14 20.5",
    Icon.EMPTY: "M 4 13 L 7 5 L 17 5 L 20 13 L 20 19 L 4 19 Z M 4 13 L 9 13 L 10 15.5 L 14 15.5 L 15 13 L 20 13",
    Icon.MESSAGE: "R 4 5 16 11 2.5 M 8.5 16 L 8.5 20 L 13 16 M 8 9 L 16 9 M 8 12 L 13 12",
}


def paint_icon(painter: QPainter, icon: Icon, rect: QRectF, colour: str, *, weight: float = 1.8) -> None:
    """Paint `icon` into the square `rect`; `weight` is the stroke on the 24 grid."""
    lines, dots = _paths(icon)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / GRID, rect.height() / GRID)
    pen = QPen(QColor(colour), weight)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(lines)
    painter.fillPath(dots, QColor(colour))
    painter.restore()


@cache
def qicon(icon: Icon, colour: str, size: int = 24) -> QIcon:
    """The icon as a QIcon at twice the size, for buttons that Qt paints."""
    picture = QPixmap(QSize(size * 2, size * 2))
    picture.setDevicePixelRatio(2.0)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_icon(painter, icon, QRectF(0, 0, size, size), colour)
    painter.end()
    return QIcon(picture)


@cache
def _paths(icon: Icon) -> tuple[QPainterPath, QPainterPath]:
    """The strokes and the filled dots of an icon."""
    lines, dots = QPainterPath(), QPainterPath()
    words = iter(_STROKES[icon].split())
    for word in words:
        match word:
            case "M":
                lines.moveTo(QPointF(*_take(words, 2)))
            case "L":
                lines.lineTo(QPointF(*_take(words, 2)))
            case "C":
                lines.cubicTo(*_take(words, 6))
            case "O":
                x, y, r = _take(words, 3)
                lines.addEllipse(QPointF(x, y), r, r)
            case "D":
                x, y, r = _take(words, 3)
                dots.addEllipse(QPointF(x, y), r, r)
            case "R":
                x, y, w, h, r = _take(words, 5)
                lines.addRoundedRect(QRectF(x, y, w, h), r, r)
            case _:
                lines.closeSubpath()
    return lines, dots


def _take(words: Iterator[str], count: int) -> list[float]:
    return [float(next(words)) for _ in range(count)]
