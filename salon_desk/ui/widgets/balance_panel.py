"""A member's three figures, always together: balance, usable here, elsewhere.

No sum lives here. On a screen that a guest can see the figures are hidden.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.language import Language
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.view_values import Balance

_HEIGHT = 58
_HIDDEN = "\N{BULLET}\N{BULLET}\N{BULLET}"


class BalancePanel(QWidget):
    """Shows a `Balance`."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._balance = Balance("", "", "")
        self._hidden = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        language.changed.connect(self._name)

    def set_balance(self, balance: Balance) -> None:
        """Show other figures."""
        self._balance = balance
        self._name()

    def set_hidden(self, hidden: bool) -> None:
        """Hide the figures from a guest who can see the screen."""
        self._hidden = hidden
        self._name()

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(rect, Size.RADIUS, Size.RADIUS)
        painter.setClipPath(shape)
        third = rect.width() / 3
        grounds = (colours.sunk, colours.good_soft, colours.sunk)
        inks = (colours.ink, colours.good, colours.ink)
        for at, (label, figure) in enumerate(self._figures()):
            cell = QRectF(rect.left() + third * at, rect.top(), third + 1, rect.height())
            paint.bar(painter, cell, grounds[at], radius=0)
            inner = cell.adjusted(12, 7, -8, -7)
            upper = QRectF(inner.left(), inner.top(), inner.width(), 20)
            lower = QRectF(inner.left(), inner.bottom() - 25, inner.width(), 25)
            ink = colours.good if at == 1 else colours.muted
            paint.text(painter, upper, label, ink, size=Type.LEAST)
            paint.text(painter, lower, figure, inks[at], size=18, bold=True)
        painter.end()

    def _figures(self) -> tuple[tuple[str, str], ...]:
        words, shown = self._language.catalogue, self._balance
        labels = (
            words.text("Balance"),
            words.text("Usable here"),
            shown.elsewhere_label or words.text("Elsewhere"),
        )
        figures = (_HIDDEN,) * 3 if self._hidden else (shown.whole, shown.here, shown.elsewhere)
        return tuple(zip(labels, figures, strict=True))

    def _name(self) -> None:
        self.setAccessibleName("; ".join(f"{label}: {figure}" for label, figure in self._figures()))
        self.update()
