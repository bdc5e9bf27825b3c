"""What the second screen is painted of: words that grow with the screen, rows of a label with an amount, the tips to choose.

No text is made here. Guests stand further away than the cashier, so everything is larger than on the till (`Scale`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.guest_screen.view_model import Row, TipFace
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.fonts import font
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.view_values import Chip
from salon_desk.ui.widgets.painted_button import PaintedButton
from salon_desk.ui.widgets.pill import Pill

TIP_HEIGHT = 76
_TIP_COLUMNS = 3
_FREE = 1 << 24


class Said(QWidget):
    """Words in one size, over several lines where need be. `figure`: an amount, on one line and never cut."""

    def __init__(
        self,
        size: int,
        *,
        bold: bool = False,
        muted: bool = False,
        centred: bool = False,
        figure: bool = False,
    ) -> None:
        super().__init__()
        self._text, self._base, self._size = "", size, size
        self._bold, self._muted, self._figure = bold, muted, figure
        self._align = paint.CENTRE if centred else paint.LEFT
        grows = QSizePolicy.Policy.Fixed if figure else QSizePolicy.Policy.Minimum
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, grows)
        policy.setHeightForWidth(not figure)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """What is written."""
        return self._text

    def say(self, text: str) -> None:
        """Write this; nothing takes no room."""
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def set_scale(self, scale: float) -> None:
        """As large as the screen lets it be."""
        self._size = round(self._base * scale)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = paint.text_width(self._text, self._size, bold=self._bold)
        return QSize(width + self._size // 4, self.heightForWidth(width + 4))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(Size.TOUCH, self.heightForWidth(_FREE) if self._figure else self._line)

    @override
    def heightForWidth(self, width: int, /) -> int:
        if self._figure:
            return self._line
        return max(paint.text_height(self._text, width, font(self._size, bold=self._bold)), self._line)

    @property
    def _line(self) -> int:
        return round(self._size * (1.35 if self._figure else 1.45))

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        ink = colours.muted if self._muted else colours.ink
        rect = QRectF(self.rect())
        if self._figure or paint.text_width(self._text, self._size, bold=self._bold) <= rect.width():
            paint.text(painter, rect, self._text, ink, size=self._size, bold=self._bold, align=self._align)
        else:
            align = Qt.AlignmentFlag.AlignCenter if self._align is paint.CENTRE else paint.TOP_LEFT
            paint.wrapped(painter, rect, self._text, ink, size=self._size, bold=self._bold, align=align)
        painter.end()


class RowPart(QWidget):
    """A label left, small words below it, an amount right: the label gives way to the amount."""

    def __init__(self, *, strong: bool) -> None:
        super().__init__()
        self._row, self._strong, self._scale = Row("", ""), strong, 1.0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def row(self) -> Row:
        """What it says."""
        return self._row

    def say(self, row: Row) -> None:
        """Write both."""
        self._row = row
        self.setAccessibleName(row.label)
        self.setAccessibleDescription(row.amount)
        self.updateGeometry()
        self.update()

    def set_scale(self, scale: float) -> None:
        """As large as the screen lets it be."""
        self._scale = scale
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(_FREE))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(_FREE))

    @override
    def heightForWidth(self, width: int, /) -> int:
        left = max(width - self._amount_width - Size.PAD, 60)
        label = paint.text_height(self._row.label, left, font(self._size, bold=self._strong))
        detail = paint.text_height(self._row.detail, left, font(self._small)) if self._row.detail else 0
        return label + detail + round((8 if self._strong else 4) * self._scale)

    @property
    def _size(self) -> int:
        return round((Type.TITLE if self._strong else Type.NAME) * self._scale)

    @property
    def _small(self) -> int:
        return round(Type.BODY * self._scale)

    @property
    def _amount_width(self) -> int:
        return paint.text_width(self._row.amount, self._size, bold=True)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        rect, amount = QRectF(self.rect()), self._amount_width
        left = rect.adjusted(0, 0, -amount - Size.PAD, 0)
        ink = colours.ink if self._strong else colours.muted
        taken = paint.wrapped(painter, left, self._row.label, ink, size=self._size, bold=self._strong)
        right = QRectF(rect.right() - amount - 4, rect.top(), amount + 4, min(taken, self._size * 1.45))
        paint.text(
            painter, right, self._row.amount, colours.ink, size=self._size, bold=True, align=paint.RIGHT
        )
        if self._row.detail:
            below = left.adjusted(0, taken, 0, 0)
            paint.wrapped(painter, below, self._row.detail, colours.muted, size=self._small)
        painter.end()


class Rows(QWidget):
    """Rows one below the other; their widgets stay while what they say changes."""

    def __init__(self, *, strong: bool = False) -> None:
        super().__init__()
        self._strong, self._scale = strong, 1.0
        self.parts: list[RowPart] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def say(self, rows: Sequence[Row]) -> None:
        """Show these; none takes no room."""
        while len(self.parts) < len(rows):
            part = RowPart(strong=self._strong)
            part.set_scale(self._scale)
            self._column.addWidget(part)
            self.parts.append(part)
        for part, row in zip(self.parts, rows, strict=False):
            part.say(row)
            part.show()
        for spare in self.parts[len(rows) :]:
            spare.hide()
        self.setVisible(bool(rows))

    def set_scale(self, scale: float) -> None:
        """As large as the screen lets them be."""
        self._scale = scale
        for part in self.parts:
            part.set_scale(scale)


class Languages(QWidget):
    """The languages at the right edge, the one in use marked."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP)
        self._row, self.pills = row, list[Pill]()

    def say(self, chips: Sequence[Chip], chosen: str, tapped: Callable[[str], None]) -> None:
        """Show these."""
        while len(self.pills) < len(chips):
            pill = Pill(Chip(""))
            pill.tapped.connect(tapped)
            self._row.addWidget(pill)
            self.pills.append(pill)
        for pill, chip in zip(self.pills, chips, strict=True):
            pill.set_chip(chip)
            pill.set_chosen(chip.key == chosen)


class TipButton(PaintedButton):
    """One tip: what it is, and how much that is. All have one size and one look until one is chosen."""

    def __init__(self) -> None:
        super().__init__(height=TIP_HEIGHT)
        self._detail, self._scale = "", 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_face(self, face: TipFace) -> None:
        """Show this tip."""
        self.set_key(face.key)
        self.setText(face.title)
        self._detail = face.detail
        self.say(face.title, face.detail)
        self.set_chosen(face.chosen)
        self.update()

    def set_scale(self, scale: float) -> None:
        """As large as the screen lets it be."""
        self._scale = scale
        self.setMinimumHeight(round(TIP_HEIGHT * scale))

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        fill, ink, second, outline = colours.surface, colours.ink, colours.muted, colours.edge
        if self.chosen:
            fill = outline = colours.brand
            ink = second = colours.on_fill
        elif self.isDown():
            fill = colours.brand_soft
        paint.card(painter, rect, fill, outline=outline, radius=Size.RADIUS)
        inner = rect.adjusted(Size.GAP, 8, -Size.GAP, -8)
        size = round(Type.TITLE * self._scale)
        if not self._detail:
            paint.text(painter, inner, self.text(), ink, size=size, bold=True, align=paint.CENTRE)
            return
        top, below = QRectF(inner), QRectF(inner)
        top.setHeight(inner.height() / 2)
        below.setTop(top.bottom())
        small = round(Type.NAME * self._scale)
        paint.text(painter, top, self.text(), ink, size=size, bold=True, align=paint.CENTRE)
        paint.text(painter, below, self._detail, second, size=small, align=paint.CENTRE)


class TipChoices(QWidget):
    """The tips in a grid of equal places."""

    def __init__(self, tapped: Callable[[str], None]) -> None:
        super().__init__()
        self._tapped, self._scale = tapped, 1.0
        self.buttons: list[TipButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Size.GAP)
        for column in range(_TIP_COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def say(self, tips: Sequence[TipFace]) -> None:
        """Show these; none takes no room."""
        while len(self.buttons) < len(tips):
            button = TipButton()
            button.set_scale(self._scale)
            button.tapped.connect(self._tapped)
            self._grid.addWidget(button, *divmod(len(self.buttons), _TIP_COLUMNS))
            self.buttons.append(button)
        for button, face in zip(self.buttons, tips, strict=False):
            button.show_face(face)
        self.setVisible(bool(tips))

    def set_scale(self, scale: float) -> None:
        """As large as the screen lets them be."""
        self._scale = scale
        for button in self.buttons:
            button.set_scale(scale)

    def button(self, key: str) -> TipButton | None:
        """The button of a tip."""
        return next((one for one in self.buttons if one.key == key), None)
