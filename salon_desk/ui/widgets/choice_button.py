"""A choice with two lines: a tip, a tender, an offer. One of a group, or on and off.

Who chose what lives in the presenter: the button shows `set_chosen` and tells `tapped(key)`.
An unavailable choice stays readable and says why on its second line.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.theme import paint
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.widgets.painted_button import PaintedButton

_TWO_LINES_DETAIL = 60
_DETAIL_LINE = 21.0


class ChoiceButton(PaintedButton):
    """`filled`: chosen paints it in the brand colour (tips); else in its soft ground (tenders)."""

    def __init__(
        self,
        title: str = "",
        detail: str = "",
        *,
        key: str = "",
        filled: bool = False,
        height: int = Size.TOUCH_PAY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, height=height)
        self._filled = filled
        self._centred = filled
        self._detail = ""
        self.set_key(key)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(title, detail)

    def set_words(self, title: str, detail: str = "") -> None:
        """Set both lines; the second may be empty, or the reason why it cannot be chosen."""
        self.setText(title)
        self._detail = detail
        self.say(title, detail)
        self.update()

    @property
    def detail(self) -> str:
        """The second line."""
        return self._detail

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        fill, ink, second = colours.surface, colours.ink, colours.muted
        outline, width = colours.edge, Size.OUTLINE
        if not self.isEnabled():
            fill, ink, second = colours.sunk, colours.disabled, colours.disabled
        elif self.chosen and self._filled:
            fill = outline = colours.brand
            ink = second = colours.on_fill
        elif self.chosen:
            fill, outline, width = colours.brand_soft, colours.brand, Size.OUTLINE_CHOSEN
        elif self.isDown():
            fill = colours.brand_soft
        paint.card(painter, rect, fill, outline=outline, width=width, dashed=not self.isEnabled())
        self._write(painter, rect, ink, second)

    def _write(self, painter: QPainter, rect: QRectF, ink: str, second: str) -> None:
        side = Size.GAP if self._centred else Size.PAD
        inner = rect.adjusted(side, 6, -side, -6)
        align = paint.CENTRE if self._centred else paint.LEFT
        size = Type.BODY if self._centred else Type.NAME
        if not self._detail:
            paint.text(painter, inner, self.text(), ink, size=size, bold=True, align=align)
            return
        lines = inner.height() if inner.height() > _TWO_LINES_DETAIL else min(inner.height(), 52.0)
        first = lines * 0.4 if lines > _TWO_LINES_DETAIL else lines / 2
        if self._wants_two_lines(inner.width(), size):
            lines = inner.height()
            first = lines - _DETAIL_LINE
        top = QRectF(inner.left(), inner.center().y() - lines / 2, inner.width(), first)
        below = QRectF(inner.left(), top.bottom(), inner.width(), lines - first)
        paint.text(painter, top, self.text(), ink, size=size, bold=True, align=align)
        paint.text(painter, below, self._detail, second, size=Type.LEAST + 1, align=align)

    def _wants_two_lines(self, width: float, size: int) -> bool:
        """Whether the title stood narrower on one line, while the detail needs no second."""
        title = paint.fitting_font(self.text(), width, size, bold=True)
        detail = paint.fitting_font(self._detail, width, Type.LEAST + 1)
        return title.stretch() < 100 and detail.stretch() == 100
