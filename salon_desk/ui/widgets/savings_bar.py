"""How far savings have come: the plan's name, a bar, a sentence below it.

No figure is reckoned here; they come ready as text.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.words import Role, Words

_THICK = 10


class SavingsBar(QWidget):
    """Shows one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP // 2)
        self._name, self._said, self._bar = Words("", Role.STRONG), Words("", Role.MUTED), _Bar()
        for part in (self._name, self._bar, self._said):
            column.addWidget(part)

    @property
    def said(self) -> str:
        """The sentence, for tests."""
        return self._said.text()

    def show_progress(self, name: str, said: str, permille: int) -> None:
        """Write all three; `permille` of the bar is full."""
        self._name.setText(name)
        self._said.setText(said)
        self._bar.show_full(permille)


class _Bar(QWidget):
    """The bar alone."""

    def __init__(self) -> None:
        super().__init__()
        self._permille = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_full(self, permille: int) -> None:
        """So much of it is full."""
        self._permille = permille
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, _THICK)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        whole = QRectF(self.rect())
        paint.bar(painter, whole, colours.sunk, radius=_THICK / 2)
        if self._permille:
            wide = max(whole.width() * self._permille / 1000, _THICK)
            paint.bar(painter, QRectF(0, 0, wide, whole.height()), colours.good, radius=_THICK / 2)
        painter.end()
