"""A service or product as a tile: name in two languages, price, length, its hue at the left edge.

What a tap does lives in the presenter (tile, then face, is the whole gesture). A tile that
conflicts with an allergy carries a mark; its warning is asked about by the screen.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.theme import paint
from salon_desk.ui.theme.fonts import font
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.paint import text_height
from salon_desk.ui.theme.tokens import Palette, Size, Tone, Type
from salon_desk.ui.view_values import ItemFace
from salon_desk.ui.widgets.painted_button import PaintedButton

HEIGHT = 100
LEAST_WIDTH = 168
_MARGIN = 18
_FOOT = 22.0
_SECOND = Type.LEAST + 1


class ItemTile(PaintedButton):
    """Shows an `ItemFace`; `tapped(key)`."""

    def __init__(self, face: ItemFace | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=HEIGHT)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._face = ItemFace("", "")
        if face is not None:
            self.set_face(face)

    @property
    def face(self) -> ItemFace:
        """What it shows."""
        return self._face

    def set_face(self, face: ItemFace) -> None:
        """Show another item, price or language."""
        self._face = face
        self.set_key(face.key)
        self.setEnabled(face.enabled)
        self.updateGeometry()
        self.say(face.name, " ".join(part for part in (face.second_name, face.price, face.length) if part))
        if face.reason or face.warning:
            self.setAccessibleDescription(face.reason or face.warning)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(190, self.heightForWidth(190))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        """Higher than the rest only where the names need it at this width."""
        needed = _names_height(self._face, width - 2 * _MARGIN - 14, Type.LEAST)
        return max(HEIGHT, needed + int(_FOOT) + 24)

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        face = self._face
        hue = colours.strong(face.tone if face.tone is not Tone.PLAIN else Tone.BRAND)
        off = not self.isEnabled()
        fill = colours.sunk if off else colours.soft(face.tone) if self.isDown() else colours.surface
        outline = hue if self.chosen else colours.edge if off else colours.line
        width = Size.OUTLINE_CHOSEN + 1 if self.chosen else Size.OUTLINE
        paint.card(painter, rect, fill, outline=outline, width=width, dashed=off)
        if not off:
            paint.bar(painter, QRectF(0, 14, Size.HUE_BAR, rect.height() - 28), hue)
        ink, second = (colours.disabled, colours.disabled) if off else (colours.ink, colours.muted)
        inner = rect.adjusted(_MARGIN, 12, -_MARGIN + 4, -10)
        self._write(painter, inner, ink, second)
        if face.warning:
            paint_icon(painter, Icon.WARNING, QRectF(rect.right() - 30, 10, 20, 20), colours.danger)

    def _write(self, painter: QPainter, inner: QRectF, ink: str, second: str) -> None:
        face = self._face
        foot = QRectF(inner.left(), inner.bottom() - _FOOT, inner.width(), _FOOT)
        wide = inner.width() - (18 if face.warning else 0)
        size = _size_for(face, wide, inner.height() - _FOOT)
        upper = text_height(face.name, int(wide), font(size, bold=True))
        name = QRectF(inner.left(), inner.top(), wide, upper)
        paint.wrapped(painter, name, face.name, ink, size=size, bold=True)
        below = QRectF(inner.left(), inner.top() + upper, inner.width(), inner.height() - _FOOT - upper)
        paint.wrapped(painter, below, face.second_name, second, size=min(size, _SECOND))
        if face.reason:
            paint.text(painter, foot, face.reason, second, size=Type.LEAST)
            return
        paint.text(painter, foot, face.price, ink, bold=True)
        paint.text(painter, foot, face.length, second, size=Type.LEAST + 1, align=paint.RIGHT)


def _names_height(face: ItemFace, width: float, size: int) -> int:
    upper = text_height(face.name, int(width), font(size, bold=True))
    lower = text_height(face.second_name, int(width), font(min(size, _SECOND))) if face.second_name else 0
    return upper + lower


def _size_for(face: ItemFace, width: float, height: float) -> int:
    """The largest size of the name at which both names fit over the price."""
    for size in range(Type.NAME, Type.LEAST, -1):
        if _names_height(face, width, size) <= height:
            return size
    return Type.LEAST
