"""A line of a sale that can be given back: a box to tick, what it is, what goes back; and a button for a part of it.

What may be chosen is handed in. Colour is not the only sign: the box has a tick.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.domain.money import Money
from salon_desk.ui.screens.refund.view_model import LineModel
from salon_desk.ui.theme import paint
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.painted_button import PaintedButton

HEIGHT = 64
_AMOUNT = 112.0
_PART = 96
_EMPTY = LineModel("", "", "", "", Money(0, ""), chosen=False, can_be_chosen=False)


class LineButton(PaintedButton):
    """The line itself; `tapped(key)`."""

    def __init__(self) -> None:
        super().__init__(height=HEIGHT)
        self._model = _EMPTY
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_line(self, model: LineModel) -> None:
        """Show a line."""
        self._model = model
        self.set_key(model.key)
        self.set_chosen(model.chosen)
        self.setEnabled(model.can_be_chosen)
        self.say(model.title, f"{model.detail} {model.amount}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        model, off = self._model, not self.isEnabled()
        fill = colours.sunk if off else colours.brand_soft if self.chosen else colours.surface
        outline = colours.brand if self.chosen else colours.edge
        width = Size.OUTLINE_CHOSEN if self.chosen else Size.OUTLINE
        paint.card(painter, rect, fill, outline=outline, width=width, dashed=off)
        box = QRectF(rect.left() + 14, rect.center().y() - 13, 26, 26)
        box_fill = colours.brand if self.chosen else colours.surface
        if not off:
            paint.card(painter, box, box_fill, outline=colours.brand, width=2, radius=6)
        if self.chosen:
            paint_icon(painter, Icon.CHECK, box.adjusted(3, 3, -3, -3), colours.on_fill, weight=3)
        ink = colours.disabled if off else colours.ink
        second = colours.disabled if off else colours.muted
        inner = rect.adjusted(54, 8, -14, -8)
        half = inner.height() / 2
        upper = QRectF(inner.left(), inner.top(), inner.width() - _AMOUNT, half)
        lower = upper.translated(0, half)
        paint.text(painter, upper, model.title, ink, bold=True)
        paint.text(painter, lower, model.detail, second, size=Type.LEAST)
        amount = QRectF(inner.right() - _AMOUNT + 8, inner.top(), _AMOUNT - 8, inner.height())
        paint.text(painter, amount, model.amount, ink, size=Type.NAME, bold=True, align=paint.RIGHT)


class LineRow(QWidget):
    """Signals: `toggled(key)`, `part_wanted(key)`."""

    toggled = Signal(str)
    part_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP)
        self.line = LineButton()
        self.part = ActionButton("", Kind.PLAIN)
        self.part.setFixedHeight(HEIGHT)
        self.part.setMinimumWidth(_PART)
        row.addWidget(self.line, 1)
        row.addWidget(self.part)
        self.line.tapped.connect(self.toggled)
        self.part.clicked.connect(lambda: self.part_wanted.emit(self.line.key))

    def set_line(self, model: LineModel, part: str) -> None:
        """Show a line; `part` names the second button."""
        self.line.set_line(model)
        self.part.set_text(part)
        self.part.setEnabled(model.can_be_chosen)
