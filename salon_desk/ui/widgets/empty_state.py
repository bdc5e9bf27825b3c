"""What an empty screen says: what will stand here, and what to do first.

No screen is known here; the words are handed in.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.words import Role, Words


class _Picture(QWidget):
    def __init__(self, icon: Icon) -> None:
        super().__init__()
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(88, 88)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        centre = QRectF(self.rect()).center()
        paint.disc(painter, centre, 40, colours.sunk)
        paint_icon(
            painter, self._icon, QRectF(centre.x() - 20, centre.y() - 20, 40, 40), colours.muted, weight=1.4
        )
        painter.end()


class EmptyState(QWidget):
    """Signal: `acted()` when its button is tapped."""

    acted = Signal()

    def __init__(self, icon: Icon = Icon.EMPTY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(Size.GAP)
        self._title, self._what = Words("", Role.NAME), Words("", Role.MUTED)
        self.action = ActionButton("", Kind.SECONDARY)
        self.action.hide()
        column.addStretch(1)
        column.addWidget(_Picture(icon))
        for words in (self._title, self._what):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.action.clicked.connect(self.acted.emit)

    def set_words(self, title: str, what_first: str = "", action: str = "") -> None:
        """Say what is empty, what to do first, and name the button that does it."""
        self._title.setText(title)
        self._what.setText(what_first)
        self.action.set_text(action)
        self.action.setVisible(bool(action))
        self.setAccessibleName(title)
