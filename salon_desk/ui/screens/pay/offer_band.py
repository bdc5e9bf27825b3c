"""The amber band under the tenders: the card is short, and what would help; or what is planned to.

What helps is handed in. Signals: `acted()`, and `seconded()` for the other way beside it.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.screens.pay.faces import OfferFace
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.words import Role, Words


class OfferBand(QWidget):
    """Shows an `OfferFace`, or nothing."""

    acted = Signal()
    seconded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.PAD, 10, Size.PAD, 10)
        row.setSpacing(Size.PAD)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        self._title, self._detail = Words("", Role.STRONG, tone=Tone.AMBER), Words("", Role.SMALL)
        lines.addWidget(self._title)
        lines.addWidget(self._detail)
        row.addLayout(lines, 1)
        self.action = ActionButton("", Kind.AMBER, height=Size.TOUCH_PAY)
        self.second = ActionButton("", Kind.SECONDARY_AMBER, height=Size.TOUCH_PAY)
        row.addWidget(self.second, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.action.clicked.connect(self.acted.emit)
        self.second.clicked.connect(self.seconded.emit)

    def set_face(self, face: OfferFace | None) -> None:
        """Show an offer, or take the band away."""
        self.setVisible(face is not None)
        if face is not None:
            self._title.setText(face.title)
            self._detail.setText(face.detail)
            self.action.set_text(face.action)
            self.action.set_kind(Kind.SECONDARY_AMBER if face.planned else Kind.AMBER)
            self.second.set_text(face.second)
            for button, text in ((self.action, face.action), (self.second, face.second)):
                button.setVisible(bool(text))

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        paint.card(painter, QRectF(self.rect()), colours.amber_soft, radius=Size.RADIUS)
        painter.end()
