"""The page of a group: what it means, how many belong to it and the first of them, the way to write to them.

What is shown comes from the view model.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.screens.segments.view_model import PageModel
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.words import Role, Words


class SegmentPage(QWidget):
    """Signals: `write()`, `change()`, `drop()`, `reckon()`, `stopped()`."""

    write = Signal()
    change = Signal()
    drop = Signal()
    reckon = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        self._title, self._meaning = Words("", Role.TITLE), Words("")
        self._why, self.count = Words("", Role.MUTED), Words("", Role.NAME)
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        self.rows = KineticList()
        self._writes = ActionButton("", icon=Icon.MESSAGE, height=Size.TOUCH_BIG)
        for part in (self._title, self._meaning, self._why, self.count, self._refusal):
            column.addWidget(part)
        column.addWidget(self.rows, 1)
        column.addLayout(self._acts())

    def show_page(self, model: PageModel, words: Catalogue) -> None:
        """Write everything."""
        for label, text in (
            (self._title, model.title),
            (self._meaning, model.meaning),
            (self._why, model.why),
            (self.count, model.count),
            (self._refusal, model.refusal),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.rows.set_rows(model.rows, keep_place=True)
        self.rows.setAccessibleName(model.title)
        self._writes.set_text(words.text("Write to them"))
        self._writes.setEnabled(model.write)
        for button, text in (
            (self._changes, model.change),
            (self._reckons, model.reckon),
            (self._stops, model.stop),
            (self._drops, words.text("Delete it") if model.own else ""),
        ):
            button.set_text(text)
            button.setVisible(bool(text))

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        self._drops = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_BIG)
        self._changes = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_BIG)
        self._reckons = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_BIG)
        self._stops = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_BIG)
        for button, told in (
            (self._drops, self.drop),
            (self._changes, self.change),
            (self._reckons, self.reckon),
            (self._stops, self.stopped),
        ):
            button.clicked.connect(told.emit)
            row.addWidget(button, 1)
        self._writes.clicked.connect(self.write.emit)
        row.addWidget(self._writes, 2)
        return row
