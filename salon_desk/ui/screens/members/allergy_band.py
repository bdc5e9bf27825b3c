"""The red band of an allergy: it stands over everything else that is said of a member.

What substances there are comes from the service. A sign and words, never the colour alone.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.fonts import font
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Size, Type

_LEAST = 40
_LEFT = 44


class AllergyBand(QWidget):
    """Hidden while there is nothing to warn of; as high as its words need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def text(self) -> str:
        """What it warns of."""
        return self._text

    def set_text(self, text: str) -> None:
        """Warn of this; empty words take the band away."""
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, _LEAST)

    @override
    def heightForWidth(self, width: int, /) -> int:
        chosen = font(Type.BODY, bold=True)
        return max(_LEAST, paint.text_height(self._text, width - _LEFT - Size.PAD, chosen) + 16)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        rect = QRectF(self.rect())
        paint.card(painter, rect, colours.danger, radius=Size.RADIUS_SMALL)
        box = QRectF(14, rect.center().y() - 10, 20, 20)
        paint_icon(painter, Icon.WARNING, box, colours.on_fill, weight=2)
        inner = rect.adjusted(_LEFT, 8, -Size.PAD, -8)
        paint.wrapped(painter, inner, self._text, colours.on_fill, bold=True)
        painter.end()
