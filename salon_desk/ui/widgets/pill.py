"""Pills and chips: a category that is chosen, a state that can be tapped, a label that cannot.

No grouping lives here (see `category_pills`).
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.tokens import Palette, Size, Tone, Type
from salon_desk.ui.view_values import Chip, StatusPill
from salon_desk.ui.widgets.painted_button import PaintedButton

_CHIP_HEIGHT = 28


class Pill(PaintedButton):
    """A rounded choice, such as a category: white, or filled with its tone when chosen. `tapped(key)`."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=Size.TOUCH)
        self._chip = chip
        self.set_chip(chip)

    def set_chip(self, chip: Chip) -> None:
        """Show other words or another tone."""
        self._chip = chip
        self.set_key(chip.key)
        self.say(chip.text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = paint.text_width(self._chip.text, Type.BODY + 1, bold=True)
        return QSize(max(words + 42, 74), Size.TOUCH)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        tone = self._chip.tone if self._chip.tone is not Tone.PLAIN else Tone.BRAND
        if self.chosen:
            fill, ink, outline = colours.strong(tone), colours.on_fill, colours.strong(tone)
        else:
            fill = colours.soft(tone) if self.isDown() else colours.surface
            ink, outline = colours.ink, colours.line
        paint.card(painter, rect, fill, outline=outline, radius=rect.height() / 2)
        inner = rect.adjusted(12, 0, -12, 0)
        paint.text(painter, inner, self._chip.text, ink, size=Type.BODY + 1, bold=True, align=paint.CENTRE)


class StatusButton(PaintedButton):
    """A state in the top bar, a dot and a word in its tone. `tapped(key)`."""

    def __init__(self, pill: StatusPill, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=Size.TOUCH)
        self._pill, self._short = pill, False
        self.set_pill(pill)

    @property
    def pill(self) -> StatusPill:
        """What it shows."""
        return self._pill

    def set_short(self, short: bool) -> None:
        """Show the fewer words where there is little room."""
        if short != self._short:
            self._short = short
            self.updateGeometry()
            self.update()

    def width_for(self, *, short: bool) -> int:
        """How wide it stands with all or with fewer words."""
        words = (self._pill.short if short else "") or self._pill.text
        width = paint.text_width(words, Type.LEAST + 1, bold=True)
        return max(width + 2 * _side(short=short) + (16 if self._pill.dot else 0), 56)

    def set_pill(self, pill: StatusPill) -> None:
        """Show another state."""
        self._pill = pill
        self.set_key(pill.key)
        self.say(pill.spoken or pill.text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.width_for(short=self._short), Size.TOUCH)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        tone, side = self._pill.tone, _side(short=self._short)
        inner, ink = rect.adjusted(side, 0, -side, 0), colours.strong(tone)
        fill, outline = (colours.surface, ink) if self.isDown() else (colours.soft(tone), None)
        paint.card(painter, rect, fill, outline=outline, radius=rect.height() / 2)
        align = paint.CENTRE
        if self._pill.dot:
            paint.disc(painter, QPointF(inner.left() + 4, rect.center().y()), 4.5, ink)
            inner.setLeft(inner.left() + 16)
            align = paint.LEFT
        words = (self._pill.short if self._short else "") or self._pill.text
        paint.text(painter, inner, words, ink, size=Type.LEAST + 1, bold=True, align=align)


def _side(*, short: bool) -> int:
    """The room left and right of what a state says, less where there is little."""
    return 9 if short else 13


class ChipLabel(QWidget):
    """A small quiet label; it is not tapped."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chip = chip
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_chip(chip)

    def set_chip(self, chip: Chip) -> None:
        """Show other words or another tone."""
        self._chip = chip
        self.setAccessibleName(chip.text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = paint.text_width(self._chip.text, Type.LEAST, bold=True)
        return QSize(words + 20, _CHIP_HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), _CHIP_HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        colours, painter = active.palette(), QPainter(self)
        rect = QRectF(self.rect())
        paint.card(painter, rect, colours.soft(self._chip.tone), radius=Size.RADIUS_SMALL)
        ink = colours.strong(self._chip.tone)
        inner = rect.adjusted(8, 0, -8, 0)
        paint.text(painter, inner, self._chip.text, ink, size=Type.LEAST, bold=True, align=paint.CENTRE)
        painter.end()
