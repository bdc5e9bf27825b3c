"""A one-time code being typed: ten cells in two groups, and large keys for every character that a code can have.

What the characters are is `wire/one_time_code.py`'s. A keyboard types into the cells while they have the focus; a code can be
pasted.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.i18n import Catalogue
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.widgets.number_pad import PadKey
from salon_desk.wire.one_time_code import ALPHABET, HALF, LENGTH

_COLUMNS = 8
_HEIGHT = 60
_DASH = 22


class CodeCells(QWidget):
    """Shows the code. Signals: `typed(str)`, `erased()`, `entered()` from a keyboard."""

    typed = Signal(str)
    erased = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cells: tuple[str, ...] = (" ",) * LENGTH
        self._wrong = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_cells(self, cells: Sequence[str], *, wrong: bool, spoken: str) -> None:
        """Show these characters; `wrong` marks them all."""
        self._cells, self._wrong = tuple(cells), wrong
        self.setAccessibleName(spoken)
        self.update()

    @property
    def code(self) -> str:
        """What stands in the cells."""
        return "".join(self._cells).strip()

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, _HEIGHT)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.typed.emit(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.erased.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.text().isalnum():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        gap = 5.0
        width = (self.width() - _DASH - gap * (LENGTH - 1)) / LENGTH
        at = next((n for n, one in enumerate(self._cells) if one == " "), LENGTH)
        left = 0.0
        for n, character in enumerate(self._cells):
            if n == HALF:
                dash = QRectF(left - gap, 0, _DASH + gap, self.height())
                paint.text(painter, dash, "-", colours.muted, size=Type.PAD, bold=True, align=paint.CENTRE)
                left += _DASH
            cell = QRectF(left, 0, width, self.height())
            here = n == at and self.hasFocus()
            line = colours.danger if self._wrong else colours.brand if here else colours.edge
            weight = Size.OUTLINE_CHOSEN if here or self._wrong else Size.OUTLINE
            paint.card(painter, cell, colours.surface, outline=line, width=weight, radius=Size.RADIUS_SMALL)
            if character != " ":
                paint.text(
                    painter, cell, character, colours.ink, size=Type.PAD, bold=True, align=paint.CENTRE
                )
            left += width + gap
        painter.end()


class CodePad(QWidget):
    """The keys. Signals: `typed(str)`, `erased()`; `keys` by character and `erase` are there for tests."""

    typed = Signal(str)
    erased = Signal()

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Size.GAP)
        self.keys: dict[str, PadKey] = {}
        for n, character in enumerate(ALPHABET):
            key = PadKey(character)
            key.tapped.connect(self.typed.emit)
            grid.addWidget(key, n // _COLUMNS, n % _COLUMNS)
            self.keys[character] = key
        self.erase = PadKey("backspace", Icon.BACKSPACE)
        self.erase.setMaximumHeight(Size.TOUCH_BIG)
        self.erase.clicked.connect(self.erased.emit)

    def show_words(self, words: Catalogue, *, typing: bool) -> None:
        """Name the keys, and let them be tapped or not."""
        self.setAccessibleName(words.text("Keys of the code"))
        self.erase.say(words.text("Delete the last character"))
        for key in (*self.keys.values(), self.erase):
            key.setEnabled(typing)
