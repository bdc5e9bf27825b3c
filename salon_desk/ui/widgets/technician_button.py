"""A technician's face: initial, name, what she is doing, and her place among those who are free.

Whose turn it is lives in the domain; faces stand in the order they are given.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.theme import paint
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.view_values import TechnicianFace
from salon_desk.ui.widgets.painted_button import PaintedButton

HEIGHT = 104
LEAST_WIDTH = 104
MOST_NEEDED = 170
_AVATAR = 20.0


class TechnicianButton(PaintedButton):
    """Shows a `TechnicianFace`; `tapped(key)`."""

    def __init__(self, face: TechnicianFace | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=HEIGHT)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._face = TechnicianFace("", "", "")
        if face is not None:
            self.set_face(face)

    @property
    def face(self) -> TechnicianFace:
        """Whom it shows."""
        return self._face

    def set_face(self, face: TechnicianFace) -> None:
        """Show another technician or state."""
        self._face = face
        self.set_key(face.key)
        needed = max(
            paint.text_width(face.name, Type.BODY, bold=True), paint.text_width(face.state, Type.LEAST)
        )
        self.setMinimumWidth(min(max(needed + 14, LEAST_WIDTH), MOST_NEEDED))
        self.say(face.name, face.state if face.order is None else f"{face.order}. {face.state}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(max(126, self.minimumWidth()), HEIGHT)

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        face = self._face
        outline = colours.brand if self.chosen else colours.line
        width = Size.OUTLINE_CHOSEN if self.chosen else Size.OUTLINE
        fill = colours.brand_soft if self.isDown() else colours.surface
        paint.card(painter, rect, fill, outline=outline, width=width)
        centre = QPointF(rect.center().x(), rect.top() + 12 + _AVATAR)
        paint.disc(painter, centre, _AVATAR, colours.brand_soft if face.free else colours.sunk)
        initial = QRectF(centre.x() - _AVATAR, centre.y() - _AVATAR, 2 * _AVATAR, 2 * _AVATAR)
        ink = colours.brand if face.free else colours.muted
        paint.text(
            painter, initial, face.name[:1].upper(), ink, size=Type.NAME, bold=True, align=paint.CENTRE
        )
        name = QRectF(rect.left() + 6, rect.top() + 53, rect.width() - 12, 22)
        paint.text(painter, name, face.name, colours.ink, bold=True, align=paint.CENTRE)
        state = QRectF(rect.left() + 4, rect.top() + 75, rect.width() - 8, 24)
        paint.text(painter, state, face.state, colours.muted, size=Type.LEAST, align=paint.CENTRE)
        if face.order is not None:
            badge = QRectF(rect.right() - 34, rect.top() + 6, 24, 20)
            paint.text(
                painter, badge, str(face.order), colours.brand, size=Type.LEAST, bold=True, align=paint.RIGHT
            )
