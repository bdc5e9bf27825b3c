"""Rows of planned and taken tenders, and the fields of numbers below them, as painted buttons.

What a row says is handed in (`tender_faces`). Grey is planned; a tick stands only where something was taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.counter.tender_faces import EntryField, PlanRow
from salon_desk.ui.theme import paint
from salon_desk.ui.theme.fonts import font
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.view_values import Chip
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.painted_button import PaintedButton

ROW_HEIGHT = 60
FIELD_HEIGHT = 60
_TICK = 22
_CHIP = 24
_NO_CHIP = Chip("")


class PlanRowButton(PaintedButton):
    """One tender: its name and state left, the amount right. `removed(key)` by the button at its end."""

    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=ROW_HEIGHT)
        self._row = PlanRow("", "", "", _NO_CHIP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        inner = QHBoxLayout(self)
        inner.setContentsMargins(0, 0, 4, 0)
        inner.addStretch(1)
        self.remove = ActionButton("", Kind.PLAIN, icon=Icon.CLOSE, height=Size.TOUCH_PAY)
        self.remove.setMinimumWidth(Size.TOUCH_PAY)
        self.remove.clicked.connect(lambda: self.removed.emit(self.key))
        inner.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_row(self, row: PlanRow) -> None:
        """Show another tender or state."""
        self._row = row
        self.set_key(row.key)
        self.remove.set_text("", row.remove)
        self.remove.setVisible(bool(row.remove))
        self.say(row.title, f"{row.state.text} {row.amount}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(260, ROW_HEIGHT)

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        row = self._row
        if row.chosen:
            paint.card(painter, rect, colours.brand_soft, outline=colours.brand, radius=Size.RADIUS)
        elif self.isDown():
            paint.card(painter, rect, colours.sunk, radius=Size.RADIUS)
        else:
            paint.bar(painter, QRectF(0, rect.bottom() - 1, rect.width(), 1), colours.line, radius=0)
        inner = rect.adjusted(10, 4, -10, -4)
        if not self.remove.isHidden():
            inner.setRight(inner.right() - Size.TOUCH_PAY - 2)
        ink = colours.ink if row.taken else colours.muted
        figure = font(Type.NAME, bold=True)
        taken = QFontMetrics(figure).horizontalAdvance(row.amount) + 8
        paint.text(painter, inner, row.amount, ink, size=Type.NAME, bold=True, align=paint.RIGHT)
        left = QRectF(inner.left(), inner.top(), inner.width() - taken, inner.height())
        if row.taken:
            box = QRectF(left.left(), left.center().y() - _TICK / 2, _TICK, _TICK)
            paint_icon(painter, Icon.CHECK, box, colours.good, weight=2.4)
            left.setLeft(left.left() + _TICK + 8)
        half = left.height() / 2
        upper = QRectF(left.left(), left.top(), left.width(), half)
        paint.text(painter, upper, row.title, colours.ink, size=Type.BODY, bold=True)
        below = QRectF(left.left(), left.top() + half, left.width(), half)
        self._write_state(painter, below, colours)

    def _write_state(self, painter: QPainter, below: QRectF, colours: Palette) -> None:
        row = self._row
        words = QFontMetrics(font(Type.LEAST, bold=True)).horizontalAdvance(row.state.text)
        chip = QRectF(below.left(), below.center().y() - _CHIP / 2, words + 16, _CHIP)
        paint.card(painter, chip, colours.soft(row.state.tone), radius=Size.RADIUS_SMALL)
        ink = colours.muted if row.state.tone.value == "plain" else colours.strong(row.state.tone)
        paint.text(painter, chip, row.state.text, ink, size=Type.LEAST, bold=True, align=paint.CENTRE)
        detail = QRectF(chip.right() + 8, below.top(), below.right() - chip.right() - 8, below.height())
        if row.detail and detail.width() > 0:
            paint.text(painter, detail, row.detail, colours.muted, size=Type.LEAST)


class EntryFieldButton(PaintedButton):
    """A number that the pad can write into: its name over the figure. `tapped(key)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=FIELD_HEIGHT)
        self._field = EntryField("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_field(self, field: EntryField) -> None:
        """Show another number."""
        self._field = field
        self.set_key(field.key)
        self.say(field.label, field.text)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, FIELD_HEIGHT)

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        fill = colours.brand_soft if self.chosen or self.isDown() else colours.surface
        outline = colours.brand if self.chosen else colours.edge
        width = Size.OUTLINE_CHOSEN if self.chosen else Size.OUTLINE
        paint.card(painter, rect, fill, outline=outline, width=width)
        inner = rect.adjusted(10, 6, -10, -6)
        half = inner.height() * 0.45
        upper = QRectF(inner.left(), inner.top(), inner.width(), half)
        below = QRectF(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
        paint.text(painter, upper, self._field.label, colours.muted, size=Type.LEAST)
        paint.text(painter, below, self._field.text, colours.ink, size=Type.TITLE, bold=True)


class PlanRows(QWidget):
    """A column of tenders. Signals: `tapped(key)`, `removed(key)`."""

    tapped = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        rows = QVBoxLayout()
        rows.setSpacing(4)
        column.addLayout(rows)
        column.addStretch(1)
        self._pool: ButtonPool[PlanRow, PlanRowButton] = ButtonPool(
            rows, self._make, PlanRowButton.set_row, self.tapped.emit
        )

    def set_rows(self, rows: Sequence[PlanRow]) -> None:
        """Show these tenders."""
        self._pool.show(rows, None)

    def row(self, key: str) -> PlanRowButton | None:
        """The row of a tender."""
        return self._pool.button(key)

    def _make(self) -> PlanRowButton:
        button = PlanRowButton()
        button.removed.connect(self.removed.emit)
        return button


class EntryFields(QWidget):
    """The fields of the tender in use, side by side. Signal: `tapped(key)`."""

    tapped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP)
        self._pool: ButtonPool[EntryField, EntryFieldButton] = ButtonPool(
            row, EntryFieldButton, EntryFieldButton.set_field, self.tapped.emit
        )

    def set_fields(self, fields: Sequence[EntryField]) -> None:
        """Show these numbers."""
        chosen = next((field.key for field in fields if field.chosen), None)
        self._pool.show(fields, chosen)

    def field(self, key: str) -> EntryFieldButton | None:
        """The button of a number."""
        return self._pool.button(key)
