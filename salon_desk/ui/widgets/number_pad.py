"""The number pad: 7 8 9 on top, 00, 0 and backspace, for wherever a number is wanted.

What the digits mean lives in `ui.digit_entry` or the presenter. A hardware number block works too
while the pad has the focus.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.language import Language
from salon_desk.ui.theme import paint
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.widgets.painted_button import PaintedButton

_DIGIT = 0.28
"""How high a digit stands on a large key."""
_PLACES = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"))


class PadKey(PaintedButton):
    """One key of a pad: a digit or an icon, as large as the pad lets it be."""

    def __init__(self, text: str, icon: Icon | None = None, *, strong: bool = False) -> None:
        super().__init__(height=Size.TOUCH_PAY)
        self._icon, self._strong = icon, strong
        self.set_key(text)
        self.setText(text if icon is None else "")
        self.say(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(190)

    @override
    def sizeHint(self) -> QSize:
        return QSize(110, 72)

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        fill, ink = colours.sunk, colours.ink
        if self._strong and self.isEnabled():
            fill, ink = colours.brand_pressed if self.isDown() else colours.brand, colours.on_fill
        elif self.isDown():
            fill = colours.brand_soft
        paint.card(painter, rect, fill, radius=Size.RADIUS)
        if self._icon is None:
            size = max(Type.PAD, round(rect.height() * _DIGIT))
            paint.text(painter, rect, self.text(), ink, size=size, bold=True, align=paint.CENTRE)
            return
        side = max(30, round(rect.height() * _DIGIT))
        box = QRectF(0, 0, side, side)
        box.moveCenter(rect.center())
        paint_icon(painter, self._icon, box, ink if self.isEnabled() else colours.disabled)


class NumberPad(QWidget):
    """Signals: `digit(str)` with "0" to "9" or "00", `backspace()`, `entered()` by Enter on a keyboard.

    `corner` is the key left of 0: "00", "" for none, or "." is never offered (cents are typed through).
    """

    digit = Signal(str)
    backspace = Signal()
    entered = Signal()

    def __init__(self, language: Language, *, corner: str = "00", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(Size.GAP + 1)
        self.keys: dict[str, PadKey] = {}
        for row, digits in enumerate(_PLACES):
            for column, text in enumerate(digits):
                self._add(text, row, column)
        if corner:
            self._add(corner, 3, 0)
        self._add("0", 3, 1)
        self.erase = PadKey("backspace", Icon.BACKSPACE)
        self.erase.clicked.connect(self.backspace.emit)
        self.grid.addWidget(self.erase, 3, 2)
        language.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the keys for a screen reader."""
        self.erase.say(self._language.catalogue.text("Delete the last digit"))
        self.setAccessibleName(self._language.catalogue.text("Number pad"))

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.text().isdigit() and event.text().isascii():
            self.digit.emit(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.backspace.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _add(self, text: str, row: int, column: int) -> None:
        key = PadKey(text)
        key.tapped.connect(self.digit.emit)
        self.grid.addWidget(key, row, column)
        self.keys[text] = key
