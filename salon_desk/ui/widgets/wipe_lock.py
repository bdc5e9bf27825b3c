"""The wipe lock: a cover under which a wet screen can be wiped without anything being tapped.

It opens by tapping 1, 2, 3 in order; whatever else the cloth touches starts that again. Nothing
behind it is lost or paused.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.language import Language
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.tokens import Palette, Type
from salon_desk.ui.widgets.painted_button import PaintedButton
from salon_desk.ui.widgets.words import Role, Words

_SIDE: Final = 96
_PLACES: Final = ((0.2, 0.2), (0.8, 0.5), (0.2, 0.8))


class _Target(PaintedButton):
    """One of the three numbers."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent, height=_SIDE)
        self.setFixedSize(_SIDE, _SIDE)
        self.set_key(str(number))
        self.say(str(number))

    @override
    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        fill, ink = (colours.brand, colours.on_fill) if self.chosen else (colours.sunk, colours.ink)
        outline = colours.brand if self.isDown() else colours.edge
        paint.card(painter, rect, fill, outline=outline, width=2, radius=_SIDE / 2)
        paint.text(painter, rect, self.key, ink, size=Type.PAD, bold=True, align=paint.CENTRE)


class WipeLock(QWidget):
    """Covers its parent while it is locked. Signal: `unlocked()`."""

    unlocked = Signal()

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._language, self._around = language, parent
        self._next = 1
        self.targets = tuple(_Target(number, self) for number in (1, 2, 3))
        column = QVBoxLayout(self)
        self._title, self._how = Words("", Role.TITLE), Words("", Role.MUTED)
        column.addStretch(1)
        for words in (self._title, self._how):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        column.addStretch(1)
        for target in self.targets:
            target.tapped.connect(self._tap)
            target.raise_()
        language.changed.connect(self.retranslate)
        self.retranslate()
        self.hide()

    def lock(self) -> None:
        """Cover the window."""
        self._begin_again()
        self.setGeometry(self._around.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def retranslate(self) -> None:
        """Write the words again."""
        words = self._language.catalogue
        self._title.setText(words.text("Locked for wiping"))
        self._how.setText(words.text("Wipe the screen. Then tap 1, 2, 3 to go on."))
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._how.text())

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        for target, (across, down) in zip(self.targets, _PLACES, strict=True):
            target.move(round(self.width() * across) - _SIDE // 2, round(self.height() * down) - _SIDE // 2)

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self._begin_again()
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(active.palette().surface))
        painter.end()

    def _tap(self, number: str) -> None:
        if int(number) != self._next:
            self._begin_again()
            return
        self.targets[self._next - 1].set_chosen(True)
        self._next += 1
        if self._next > len(self.targets):
            self.hide()
            self.unlocked.emit()

    def _begin_again(self) -> None:
        self._next = 1
        for target in self.targets:
            target.set_chosen(False)
