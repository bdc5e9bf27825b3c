"""Words on a screen: labels by role, figures that are never cut, and rows of a label with an amount.

No text is made here; it arrives written in the reader's language.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.fonts import font
from salon_desk.ui.theme.tokens import Tone, Type


class Role(StrEnum):
    """What a label is, which decides its size and weight."""

    BODY = "body"
    MUTED = "muted"
    SMALL = "small"
    STRONG = "strong"
    NAME = "name"
    TITLE = "title"
    FIGURE = "figure"
    DUE = "due"


class Words(QLabel):
    """A label that wraps, in a role and, if wished, a tone."""

    def __init__(
        self, text: str = "", role: Role = Role.BODY, *, tone: Tone | None = None, wrap: bool = True
    ) -> None:
        super().__init__(text)
        self.setProperty("role", role.value)
        if tone is not None:
            self.setProperty("tone", tone.value)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the words by tone, or as the role says."""
        self.setProperty("tone", tone.value if tone else None)
        self.style().unpolish(self)
        self.style().polish(self)


class Figure(QWidget):
    """An amount on one line, with figures of one width; smaller when the place is narrow, never cut."""

    def __init__(
        self,
        text: str = "",
        *,
        size: int = Type.BODY,
        bold: bool = True,
        tone: Tone = Tone.PLAIN,
        align: Qt.AlignmentFlag = paint.RIGHT,
    ) -> None:
        super().__init__()
        self._text, self._size, self._bold, self._tone, self._align = text, size, bold, tone, align
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """What is written."""
        return self._text

    def set_text(self, text: str, tone: Tone | None = None) -> None:
        """Write another amount, in another tone if given."""
        self._text = text
        self._tone = tone if tone is not None else self._tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(self._size, bold=self._bold))
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.capHeight() * 2 + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        least = QFontMetrics(font(Type.LEAST, bold=self._bold)).horizontalAdvance(self._text)
        return QSize(least + 2, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        colour = active.palette().strong(self._tone)
        rect = QRectF(self.rect())
        paint.text(painter, rect, self._text, colour, size=self._size, bold=self._bold, align=self._align)
        painter.end()


class AmountRow(QWidget):
    """A label left, an amount right, in one column with the rows above and below."""

    def __init__(
        self, label: str = "", amount: str = "", *, strong: bool = False, tone: Tone = Tone.PLAIN
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        self._label = Words(label, Role.STRONG if strong else Role.MUTED, tone=_told(tone))
        self._amount = Figure(amount, bold=strong, tone=tone)
        row.addWidget(self._label, 1)
        row.addWidget(self._amount, 0, Qt.AlignmentFlag.AlignTop)

    def set_words(self, label: str, amount: str, tone: Tone = Tone.PLAIN) -> None:
        """Write both."""
        self._label.setText(label)
        self._label.set_tone(_told(tone))
        self._amount.set_text(amount, tone)


def _told(tone: Tone) -> Tone | None:
    return None if tone is Tone.PLAIN else tone


def rule() -> QFrame:
    """A thin line between two parts."""
    line = QFrame()
    line.setProperty("panel", "rule")
    line.setFixedHeight(1)
    return line


def panel(kind: str) -> QFrame:
    """A ground for other widgets: "card", "outlined", "sunk", "surface", "raised" or "side"."""
    frame = QFrame()
    frame.setProperty("panel", kind)
    return frame
