"""The few shapes that painted widgets are made of: cards, hue bars, dots, and text that always fits.

No colour is chosen here. Text is never elided: it shrinks to `Type.LEAST`, wraps, then stands narrower
(UI.md: never an ellipsis in a name or an amount).
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPainterPath, QPen

from salon_desk.ui.theme.fonts import font
from salon_desk.ui.theme.tokens import Size, Type

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

_WRAP = int(Qt.TextFlag.TextWordWrap)
_NARROWER = (92, 84, 76)
_OUTLINED_FROM = 24
_STROKE = 0.05


def card(
    painter: QPainter,
    rect: QRectF,
    fill: str,
    *,
    outline: str | None = None,
    width: float = Size.OUTLINE,
    radius: float = Size.RADIUS,
    dashed: bool = False,
) -> None:
    """A rounded box, its outline drawn inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill))
    if outline is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    pen = QPen(QColor(outline), width)
    if dashed:
        pen.setDashPattern([3, 3])
    painter.setPen(pen)
    inset = width / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def bar(painter: QPainter, rect: QRectF, colour: str, radius: float = 2.5) -> None:
    """A filled bar, such as the hue at a tile's left edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(rect, radius, radius)


def disc(painter: QPainter, centre: QPointF, radius: float, colour: str) -> None:
    """A filled circle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(centre, radius, radius)


def fitting_font(words: str, width: float, size: int, *, bold: bool = False) -> QFont:
    """The largest font from `size` to `Type.LEAST` in which `words` stand on one line; then narrower ones."""
    tried = [(s, 100) for s in range(size, Type.LEAST - 1, -1)] + [(Type.LEAST, s) for s in _NARROWER]
    for pixels, stretch in tried:
        if _advance(words, pixels, bold, stretch) <= width:
            return font(pixels, bold=bold, stretch=stretch)
    return font(Type.LEAST, bold=bold, stretch=_NARROWER[-1])


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    colour: str,
    *,
    size: int = Type.BODY,
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write `words` on one line of `rect`: smaller if need be, then on more lines if they fit, then narrower."""
    chosen = fitting_font(words, rect.width(), size, bold=bold)
    if chosen.stretch() < 100 and _wraps_well(words, rect, bold):
        chosen = font(Type.LEAST, bold=bold)
        flags = int(align) | int(Qt.TextFlag.TextWordWrap)
    elif _advance(words, chosen.pixelSize(), bold, chosen.stretch()) > rect.width():
        flags = int(align) | int(Qt.TextFlag.TextWrapAnywhere)
    elif bold and chosen.pixelSize() >= _OUTLINED_FROM:
        _large(painter, rect, words, colour, size=chosen.pixelSize(), align=align)
        return
    else:
        flags = int(align) | int(Qt.TextFlag.TextSingleLine) | int(Qt.TextFlag.TextDontClip)
    painter.setFont(chosen)
    painter.setPen(QColor(colour))
    painter.drawText(rect, flags, words)


def _wraps_well(words: str, rect: QRectF, bold: bool) -> bool:
    """Whether `words` stand in `rect` at the least size on several lines, no word being broken."""
    least = font(Type.LEAST, bold=bold)
    widest = max((_advance(word, Type.LEAST, bold, 100) for word in words.split()), default=0)
    return widest <= rect.width() and text_height(words, int(rect.width()), least) <= rect.height()


def _large(
    painter: QPainter, rect: QRectF, words: str, colour: str, *, size: int, align: Qt.AlignmentFlag
) -> None:
    """Write large bold words from the drawn weight and its outline: Qt's own bold is too thin up there."""
    drawn = font(size)
    metrics = QFontMetricsF(drawn)
    width = metrics.horizontalAdvance(words)
    left = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        left = rect.right() - width - size * _STROKE / 2
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left = rect.center().x() - width / 2
    path = QPainterPath()
    path.addText(QPointF(left, rect.center().y() + metrics.capHeight() / 2), drawn, words)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), size * _STROKE))
    painter.setBrush(QColor(colour))
    painter.drawPath(path)


def wrapped(
    painter: QPainter,
    rect: QRectF,
    words: str,
    colour: str,
    *,
    size: int = Type.BODY,
    bold: bool = False,
    align: Qt.AlignmentFlag = TOP_LEFT,
) -> float:
    """Write `words` over several lines into `rect`, smaller if they are too high; the height they took."""
    area = rect.toRect()
    for tried in range(size, Type.LEAST - 1, -1):
        chosen = font(tried, bold=bold)
        height = text_height(words, area.width(), chosen)
        if height <= area.height() or tried == Type.LEAST:
            painter.setFont(chosen)
            painter.setPen(QColor(colour))
            painter.drawText(
                rect, int(align) | int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextDontClip), words
            )
            return float(height)
    return 0.0


def text_width(words: str, size: int, *, bold: bool = False) -> int:
    """How wide `words` stand on one line."""
    return _advance(words, size, bold, 100)


def fits_a_line(words: str, width: float, *, bold: bool = False) -> bool:
    """Whether `words` stand on one line of `width` when they are as small and as narrow as they may be."""
    return _advance(words, Type.LEAST, bold, _NARROWER[-1]) <= width


def text_height(words: str, width: int, chosen: QFont) -> int:
    """How high `words` stand when wrapped to `width`."""
    return _height(words, width, chosen.pixelSize(), chosen.bold())


@lru_cache(8192)
def _advance(words: str, size: int, bold: bool, stretch: int) -> int:
    return QFontMetrics(font(size, bold=bold, stretch=stretch)).horizontalAdvance(words)


@lru_cache(4096)
def _height(words: str, width: int, size: int, bold: bool) -> int:
    limits = QRect(0, 0, max(width, 1), 10_000)
    return QFontMetrics(font(size, bold=bold)).boundingRect(limits, _WRAP, words).height()


def outline(
    painter: QPainter, rect: QRectF, colour: str, *, width: float, radius: float = Size.RADIUS
) -> None:
    """A rounded line inside `rect`, such as the mark of keyboard focus."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), width))
    inset = width / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
