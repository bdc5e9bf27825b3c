"""The rail: a place for everything, always in the same place, at the left edge.

Which places there are is handed in. One that is not built yet, or not allowed, stays readable and
says why when it is tapped.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.language import Language
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.view_values import RailEntry
from salon_desk.ui.widgets.painted_button import PaintedButton

_ITEM_HEIGHT = 68
_MARGINS, _SPACING = (2, 60, 2, 12), 6
_FACE = 51
"""What an icon over a word takes."""
_LOGO = "SD"


class RailButton(PaintedButton):
    """One place of the rail: an icon over a word."""

    def __init__(self, entry: RailEntry) -> None:
        super().__init__(height=_ITEM_HEIGHT)
        self.entry = entry
        self.set_key(entry.key)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(Size.RAIL - 4, _ITEM_HEIGHT)

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        ink = colours.on_rail
        if self.chosen:
            paint.card(painter, rect.adjusted(5, 0, -5, 0), colours.rail_chosen, radius=Size.RADIUS_LARGE)
            ink = colours.on_rail_chosen
        elif self.isDown():
            paint.card(painter, rect.adjusted(5, 0, -5, 0), colours.rail_pressed, radius=Size.RADIUS_LARGE)
        top = rect.top() + min(10.0, max(0.0, (rect.height() - _FACE) / 2))
        box = QRectF(rect.center().x() - 13, top, 26, 26)
        paint_icon(painter, Icon(self.entry.icon), box, ink)
        if self.entry.reason:
            paint_icon(painter, Icon.LOCK, QRectF(box.right() + 4, box.top(), 12, 12), ink)
        label = QRectF(rect.left() + 2, box.bottom() + 3, rect.width() - 4, 22)
        size = Type.LEAST
        paint.text(painter, label, self.text(), ink, size=size, bold=self.chosen, align=paint.CENTRE)


class Rail(QWidget):
    """Signals: `tapped(key)`, and `refused(reason)` (ready to read) for a place that is off."""

    tapped = Signal(str)
    refused = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._buttons: dict[str, RailButton] = {}
        self.setFixedWidth(Size.RAIL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*_MARGINS)
        self._column.setSpacing(_SPACING)
        language.changed.connect(self.retranslate)

    def set_entries(self, entries: Sequence[RailEntry]) -> None:
        """Put these places into the rail; those `at_bottom` stand at the foot."""
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._buttons = {}
        for entry in (e for e in entries if not e.at_bottom):
            self._add(entry)
        self._column.addStretch(1)
        for entry in (e for e in entries if e.at_bottom):
            self._add(entry)
        self._fit()
        self.retranslate()

    def choose(self, key: str) -> None:
        """Mark the place that stands in front."""
        for button in self._buttons.values():
            button.set_chosen(button.key == key)

    def button(self, key: str) -> RailButton:
        """The button of a place; KeyError if there is none."""
        return self._buttons[key]

    def retranslate(self) -> None:
        """Write the words again."""
        words = self._language.catalogue
        for button in self._buttons.values():
            name = words.text(button.entry.msgid)
            button.setText(name)
            button.say(name, words.text(button.entry.reason))
            button.update()

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        painter.fillRect(self.rect(), QColor(colours.rail))
        logo = QRectF(0, 14, self.width(), 36)
        paint.text(painter, logo, _LOGO, colours.on_rail, size=Type.TITLE, bold=True, align=paint.CENTRE)
        painter.end()

    def _fit(self) -> None:
        """As high as all places leave room for, never lower than a finger needs."""
        room = self.height() - _MARGINS[1] - _MARGINS[3] + _SPACING
        each = room // max(len(self._buttons), 1) - _SPACING
        for button in self._buttons.values():
            button.setFixedHeight(min(_ITEM_HEIGHT, max(Size.TOUCH, each)))

    def _add(self, entry: RailEntry) -> None:
        button = RailButton(entry)
        button.tapped.connect(self._tap)
        self._buttons[entry.key] = button
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _tap(self, key: str) -> None:
        entry = self._buttons[key].entry
        if entry.reason:
            self.refused.emit(self._language.catalogue.text(entry.reason))
        else:
            self.tapped.emit(key)
