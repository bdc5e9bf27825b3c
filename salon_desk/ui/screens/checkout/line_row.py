"""A line of the ticket as a row that is tapped: names, technician, how, discounts, amount.

What it says is handed in. Names wrap and are never cut, so a row is as high as its words need.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.screens.checkout.ticket_model import LineFace
from salon_desk.ui.theme import paint
from salon_desk.ui.theme.fonts import font
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Palette, Size, Tone, Type
from salon_desk.ui.widgets.painted_button import PaintedButton

LEAST_HEIGHT = 62
_SIDE = 10
_TOP = 5
_CHIP = 26
_NOTE = 20
_NAME = Type.BODY + 1


class LineRow(PaintedButton):
    """Shows a `LineFace`; `tapped(key)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=LEAST_HEIGHT)
        self._face = LineFace("", "", "", "", "", "")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def face(self) -> LineFace:
        """What it shows."""
        return self._face

    def set_face(self, face: LineFace) -> None:
        """Show another line, technician or language."""
        self._face = face
        self.set_key(face.key)
        self.set_chosen(face.chosen)
        told = (face.amount, face.technician or face.needs_technician, face.detail, face.warning)
        self.say(self._names(), ", ".join(part for part in told if part))
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        names = paint.text_height(self._names(), self._names_width(width), font(_NAME, bold=True))
        return max(LEAST_HEIGHT, 2 * _TOP + names + 2 + _CHIP + _NOTE * len(self._face.notes))

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(self.width(), 300)))

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        face = self._face
        if self.chosen:
            paint.card(painter, rect, colours.raised, outline=colours.brand, radius=Size.RADIUS)
        elif self.isDown():
            paint.card(painter, rect, colours.sunk, radius=Size.RADIUS)
        else:
            paint.bar(painter, QRectF(0, rect.bottom() - 1, rect.width(), 1), colours.line, radius=0)
        inner = rect.adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        width = self._names_width(int(rect.width()))
        height = paint.text_height(self._names(), width, font(_NAME, bold=True))
        names = QRectF(inner.left(), inner.top(), width, height)
        paint.wrapped(painter, names, self._names(), colours.ink, size=_NAME, bold=True)
        amount = QRectF(
            inner.left(), inner.top(), inner.width(), QFontMetrics(font(_NAME, bold=True)).height()
        )
        paint.text(painter, amount, face.amount, colours.ink, size=_NAME, bold=True, align=paint.RIGHT)
        below = QRectF(inner.left(), names.bottom() + 2, inner.width(), _CHIP)
        self._write_how(painter, below, colours)
        for at, note in enumerate(face.notes):
            line = QRectF(inner.left(), below.bottom() + at * _NOTE, inner.width(), _NOTE)
            paint.text(painter, line, note, colours.rose, size=Type.LEAST)

    def _write_how(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        face, left = self._face, rect.left()
        if face.warning:
            paint_icon(painter, Icon.WARNING, QRectF(left, rect.center().y() - 10, 20, 20), colours.danger)
            left += 26
        chip, tone = face.technician, Tone.BRAND
        if face.needs_technician:
            chip, tone = face.needs_technician, Tone.AMBER
        if chip:
            width = QFontMetrics(font(Type.LEAST, bold=True)).horizontalAdvance(chip) + 20
            box = QRectF(left, rect.top(), min(width, rect.right() - left), _CHIP)
            paint.card(painter, box, colours.soft(tone), radius=Size.RADIUS_SMALL)
            ink = colours.strong(tone)
            paint.text(painter, box, chip, ink, size=Type.LEAST, bold=True, align=paint.CENTRE)
            left = box.right() + 10
        rest = QRectF(left, rect.top(), rect.right() - left, _CHIP)
        if face.detail and rest.width() > 0:
            paint.text(painter, rest, face.detail, colours.muted, size=Type.LEAST + 1)

    def _names(self) -> str:
        face = self._face
        return f"{face.name} {face.second_name}" if face.second_name else face.name

    def _names_width(self, width: int) -> int:
        taken = QFontMetrics(font(_NAME, bold=True)).horizontalAdvance(self._face.amount) + 12
        return max(80, width - 2 * _SIDE - taken)
