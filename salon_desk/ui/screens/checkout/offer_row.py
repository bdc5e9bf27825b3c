"""An offer as a row that is tapped: a mark, its name, and in one sentence why it applies or does not.

What it says is handed in. The sentence wraps and is never cut, so a row is as high as its words need.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.screens.checkout.offers_model import OfferFace
from salon_desk.ui.theme import paint
from salon_desk.ui.theme.fonts import font
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.widgets.painted_button import PaintedButton

_SIDE = 12
_TOP = 8
_MARK = 34
_LEAST = 64


class OfferRow(PaintedButton):
    """Shows an `OfferFace`; `tapped(key)`. What cannot be changed is readable, and does nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=_LEAST)
        self._face = OfferFace("", "", "", on=False, live=False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def face(self) -> OfferFace:
        """What it shows."""
        return self._face

    def set_face(self, face: OfferFace) -> None:
        """Show another offer, reason or language."""
        self._face = face
        self.set_key(face.key)
        self.set_chosen(face.on)
        self.setEnabled(face.live)
        self.say(face.title, face.told)
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        room = width - 2 * _SIDE - _MARK
        upper = paint.text_height(self._face.title, room, font(Type.NAME, bold=True))
        lower = paint.text_height(self._face.told, room, font(Type.LEAST + 1))
        return max(_LEAST, upper + lower + 2 * _TOP + 2)

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(self.width(), 300)))

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        face = self._face
        fill, outline, width = colours.surface, colours.edge, Size.OUTLINE
        if face.on:
            fill, outline, width = colours.brand_soft, colours.brand, Size.OUTLINE_CHOSEN
        elif not face.live:
            fill, outline = colours.sunk, colours.line
        elif self.isDown():
            fill = colours.brand_soft
        paint.card(painter, rect, fill, outline=outline, width=width)
        if face.on:
            box = QRectF(rect.left() + _SIDE, rect.center().y() - 11, 22, 22)
            paint_icon(painter, Icon.CHECK, box, colours.brand, weight=3)
        inner = rect.adjusted(_SIDE + _MARK, _TOP, -_SIDE, -_TOP)
        upper = paint.text_height(face.title, int(inner.width()), font(Type.NAME, bold=True))
        paint.wrapped(painter, inner, face.title, colours.ink, size=Type.NAME, bold=True)
        below = inner.adjusted(0, upper + 2, 0, 0)
        paint.wrapped(painter, below, face.told, colours.muted, size=Type.LEAST + 1)
