"""The base of everything that is tapped: a QPushButton that paints itself from the tokens.

No look of a particular button lives here. Press shows at once; a tap counts only if the button
still stands for what it stood for when the finger came down (nothing moves under a finger).
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.tokens import Palette, Size

_KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class PaintedButton(QPushButton):
    """Paints through `paint_face`; emits `tapped(key)` besides `clicked`."""

    tapped = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, height: int = Size.TOUCH) -> None:
        super().__init__(parent)
        self._key = ""
        self._key_at_press = ""
        self._chosen = False
        self._by_keyboard = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)
        self.setMinimumHeight(height)
        self.setMinimumWidth(Size.TOUCH)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.pressed.connect(self._remember)
        self.clicked.connect(self._tell)

    @property
    def key(self) -> str:
        """What this button stands for."""
        return self._key

    def set_key(self, key: str) -> None:
        """Say what this button stands for now."""
        self._key = key

    @property
    def chosen(self) -> bool:
        """Whether it is the one in use among its kind."""
        return self._chosen or self.isChecked()

    def set_chosen(self, chosen: bool) -> None:
        """Mark it as the one in use."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    def say(self, name: str, description: str = "") -> None:
        """Give it its name, and more if need be, for a screen reader."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)

    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        """Paint the button into `rect`; subclasses do."""
        raise NotImplementedError

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self.minimumHeight())

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        colours = active.palette()
        self.paint_face(painter, rect, colours)
        if self.hasFocus() and self._by_keyboard:
            paint.outline(painter, rect, colours.ink, width=Size.OUTLINE_CHOSEN)
        painter.end()

    @override
    def focusInEvent(self, event: QFocusEvent, /) -> None:
        self._by_keyboard = event.reason() in _KEYBOARD_REASONS
        super().focusInEvent(event)

    def _remember(self) -> None:
        self._key_at_press = self._key

    def _tell(self) -> None:
        if self._key_at_press == self._key:
            self.tapped.emit(self._key)
