"""An open ticket in the strip under the search: whose it is, who works on it, how far it is.

What a ticket is lives elsewhere; the card shows a `TicketFace` and tells its key.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.theme import paint
from salon_desk.ui.theme.tokens import Palette, Size, Tone, Type
from salon_desk.ui.view_values import TicketFace
from salon_desk.ui.widgets.painted_button import PaintedButton

HEIGHT = 54
LEAST_WIDTH = 140
MOST_NEEDED = 240
_MARGINS = 28


class TicketCard(PaintedButton):
    """Shows a `TicketFace`; `tapped(key)`."""

    def __init__(self, face: TicketFace | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=HEIGHT)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._face = TicketFace("", "", "")
        if face is not None:
            self.set_face(face)

    @property
    def face(self) -> TicketFace:
        """What it shows."""
        return self._face

    def set_face(self, face: TicketFace) -> None:
        """Show another ticket or state."""
        self._face = face
        self.set_key(face.key)
        self.say(face.name, face.detail)
        name = paint.text_width(face.name, Type.BODY, bold=True) + (14 if face.tone is not Tone.PLAIN else 0)
        needed = max(name, paint.text_width(face.detail, Type.LEAST)) + _MARGINS
        self.setMinimumWidth(min(max(needed, LEAST_WIDTH), MOST_NEEDED))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(max(180, self.minimumWidth()), HEIGHT)

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        outline = colours.brand if self.chosen else colours.line
        width = Size.OUTLINE_CHOSEN if self.chosen else Size.OUTLINE
        fill = colours.brand_soft if self.isDown() else colours.surface
        paint.card(painter, rect, fill, outline=outline, width=width)
        inner = rect.adjusted(14, 5, -12, -5)
        half = inner.height() / 2
        name = QRectF(inner.left(), inner.top(), inner.width(), half)
        if self._face.tone is not Tone.PLAIN:
            paint.disc(
                painter, QPointF(inner.right() - 4, name.center().y()), 4, colours.strong(self._face.tone)
            )
            name.setWidth(name.width() - 14)
        paint.text(painter, name, self._face.name, colours.ink, bold=True)
        below = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        paint.text(painter, below, self._face.detail, colours.muted, size=Type.LEAST)
