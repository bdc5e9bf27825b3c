"""A stored-value card on the pay screen: what it can pay, a bar of how much of it goes, what stays, the amount taken.

A tap lets the card pay or not; whether it can is handed in.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.screens.pay.faces import ValueFace
from salon_desk.ui.theme import paint
from salon_desk.ui.theme.fonts import font
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.painted_button import PaintedButton

HEIGHT = 92
ELSEWHERE = 20
"""How much higher it stands with a line about other stores."""
_BAR = 10
_TICK = 22


class ValueButton(PaintedButton):
    """Shows a `ValueFace`; `tapped(key)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=HEIGHT)
        self._face = ValueFace("", "", "", "", "", 0, on=False, enabled=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def face(self) -> ValueFace:
        """What it shows."""
        return self._face

    def set_face(self, face: ValueFace) -> None:
        """Show another card or share."""
        self._face = face
        self.set_key(face.key)
        self.setEnabled(face.enabled)
        self.say(
            f"{face.title} {face.taken}", ". ".join(filter(None, (face.usable, face.elsewhere, face.after)))
        )
        height = HEIGHT + (ELSEWHERE if face.elsewhere else 0)
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
            self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, self.minimumHeight())

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        face = self._face
        fill = colours.brand_soft if face.on or self.isDown() else colours.surface
        outline = colours.brand if face.on else colours.edge
        width = Size.OUTLINE_CHOSEN if face.on else Size.OUTLINE
        if not self.isEnabled():
            fill, outline = colours.sunk, colours.edge
        paint.card(painter, rect, fill, outline=outline, width=width, dashed=not self.isEnabled())
        inner = rect.adjusted(Size.PAD, 10, -Size.PAD, -10)
        amount = QFontMetrics(font(Type.TITLE + 2, bold=True)).horizontalAdvance(face.taken) + 4
        ink = colours.ink if self.isEnabled() else colours.disabled
        size = Type.TITLE + 2
        paint.text(painter, inner, face.taken, ink, size=size, bold=True, align=paint.RIGHT)
        left = QRectF(inner.left(), inner.top(), inner.width() - amount - Size.PAD, inner.height())
        self._write(painter, left, colours, ink)

    def _write(self, painter: QPainter, left: QRectF, colours: Palette, ink: str) -> None:
        face = self._face
        upper = QRectF(left.left(), left.top(), left.width(), 24)
        if face.on:
            box = QRectF(left.left(), upper.center().y() - _TICK / 2, _TICK, _TICK)
            paint_icon(painter, Icon.CHECK, box, colours.brand, weight=2.2)
            upper.setLeft(upper.left() + _TICK + 8)
        title = QFontMetrics(font(Type.BODY + 1, bold=True)).horizontalAdvance(face.title)
        paint.text(painter, upper, face.title, ink, size=Type.BODY + 1, bold=True)
        beside = upper.adjusted(title + 14, 0, 0, 0)
        muted = colours.muted if self.isEnabled() else colours.disabled
        if beside.width() > 40:
            paint.text(painter, beside, face.usable, muted, size=Type.LEAST + 1)
        bar = QRectF(left.left(), upper.bottom() + 7, left.width(), _BAR)
        paint.bar(painter, bar, colours.line if face.on else colours.sunk, radius=_BAR / 2)
        if face.filled:
            used = QRectF(bar.left(), bar.top(), max(_BAR, bar.width() * face.filled / 1000), _BAR)
            paint.bar(painter, used, colours.brand, radius=_BAR / 2)
        below = QRectF(left.left(), bar.bottom() + 5, left.width(), left.bottom() - bar.bottom() - 5)
        if face.elsewhere:
            below.setHeight(below.height() / 2)
            paint.text(painter, below, face.elsewhere, muted, size=Type.LEAST + 1)
            below.moveTop(below.bottom())
        paint.text(painter, below, face.after, muted, size=Type.LEAST + 1)


class ValuePanels(QWidget):
    """The cards that can pay, one below the other. Signal: `tapped(key)`."""

    tapped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        self._pool: ButtonPool[ValueFace, ValueButton] = ButtonPool(
            column, ValueButton, ValueButton.set_face, self.tapped.emit
        )

    def set_values(self, values: Sequence[ValueFace]) -> None:
        """Show these cards."""
        self._pool.show(values, None)
        self.setVisible(bool(values))

    def value(self, key: str) -> ValueButton | None:
        """The panel of a card."""
        return self._pool.button(key)
