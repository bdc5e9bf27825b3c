"""A PIN: dots and a number pad. The digits are kept only until they are handed on.

Whether a PIN is right, and the lockout, live in the sign-in service. Nothing is logged here.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.language import Language
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.number_pad import NumberPad, PadKey
from salon_desk.ui.widgets.words import Role, Words

LEAST_DIGITS = 4
MOST_DIGITS = 8


class _Dots(QWidget):
    """A dot for every digit typed, rings for those still missing."""

    def __init__(self) -> None:
        super().__init__()
        self.filled = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, 32)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        count = max(LEAST_DIGITS, self.filled)
        left = self.width() / 2 - (count - 1) * 14
        for at in range(count):
            centre = QPointF(left + at * 28, self.height() / 2)
            paint.disc(painter, centre, 9, colours.brand if at < self.filled else colours.edge)
            if at >= self.filled:
                paint.disc(painter, centre, 7.5, colours.surface)
        painter.end()


class PinPad(QWidget):
    """Signal: `completed(str)` with the digits when the tick is tapped; then the pad is empty again."""

    completed = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._digits = language, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        self._dots = _Dots()
        self._told = Words("", Role.STRONG, tone=Tone.DANGER)
        self._told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._told.setMinimumHeight(44)
        self.pad = NumberPad(language, corner="")
        self.confirm = PadKey("ok", Icon.CHECK, strong=True)
        self.pad.grid.addWidget(self.confirm, 3, 0)
        for part in (self._dots, self._told):
            column.addWidget(part)
        column.addWidget(self.pad, 1)
        self.pad.digit.connect(self._type)
        self.pad.backspace.connect(self._erase)
        self.pad.entered.connect(self._complete)
        self.confirm.clicked.connect(self._complete)
        self.setFocusProxy(self.pad)
        language.changed.connect(self.retranslate)
        self.retranslate()
        self._show()

    @property
    def told(self) -> str:
        """Why the last PIN was not taken; empty while one is typed."""
        return self._told.text()

    def clear(self) -> None:
        """Forget what was typed and what was said."""
        self._digits = ""
        self._told.setText("")
        self._show()

    def refuse(self, words: str) -> None:
        """Say in words why it was not taken, and start again."""
        self.clear()
        self._told.setText(words)

    def retranslate(self) -> None:
        """Name the parts for a screen reader."""
        self.confirm.say(self._language.catalogue.text("Confirm the PIN"))

    def _type(self, digit: str) -> None:
        self._told.setText("")
        self._digits = (self._digits + digit)[:MOST_DIGITS]
        self._show()

    def _erase(self) -> None:
        self._digits = self._digits[:-1]
        self._show()

    def _complete(self) -> None:
        if len(self._digits) < LEAST_DIGITS:
            return
        digits, self._digits = self._digits, ""
        self._show()
        self.completed.emit(digits)

    def _show(self) -> None:
        self._dots.filled = len(self._digits)
        self._dots.setAccessibleName(
            self._language.catalogue.plural("{n} digit typed", "{n} digits typed", len(self._digits))
        )
        self.confirm.setEnabled(len(self._digits) >= LEAST_DIGITS)
        self._dots.update()
