"""One fact: a mark for how sure it is, what became of it, and what to do.

The mark is an icon and never a colour alone; the words come ready from the view model.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.screens.recovery.fact import Fact, Sureness
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.words import Role, Words

_MARK = 44
_MARKS: Final = {
    Sureness.SETTLED: (Icon.CHECK, Tone.GOOD),
    Sureness.COMING: (Icon.CLOCK, Tone.AMBER),
    Sureness.LOOK: (Icon.WARNING, Tone.DANGER),
    Sureness.NOTHING: (Icon.MINUS, Tone.PLAIN),
}


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(_MARK, _MARK))
        self._sureness = Sureness.NOTHING

    def set_sureness(self, sureness: Sureness) -> None:
        self._sureness = sureness
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        icon, tone = _MARKS[self._sureness]
        rect = QRectF(self.rect())
        paint.disc(painter, rect.center(), _MARK / 2, colours.soft(tone))
        paint_icon(painter, icon, rect.adjusted(11, 11, -11, -11), colours.strong(tone))
        painter.end()


class FactRow(QWidget):
    """Shows a `Fact`; `title` and `detail` are there for tests."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(Size.PAD)
        self._mark = _Mark()
        self.title, self.detail = Words("", Role.NAME), Words("", Role.MUTED)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.detail)
        column.addStretch(1)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def set_fact(self, fact: Fact) -> None:
        """Write another fact."""
        self._mark.set_sureness(fact.sureness)
        self.title.setText(fact.title)
        self.detail.setText(fact.detail)
        self.detail.setVisible(bool(fact.detail))
