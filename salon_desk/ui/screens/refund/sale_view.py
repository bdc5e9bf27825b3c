"""One sale on the refund screen: its head, its lines to tick, what goes back where, and the two acts.

What is shown comes ready from the view model; taps go to the presenter through the screen.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.refund.back_list import BackList
from salon_desk.ui.screens.refund.line_row import LineRow
from salon_desk.ui.screens.refund.view_model import SaleModel
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone, Type
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Figure, Role, Words, panel


class SaleView(QWidget):
    """Signals: `toggled(line)`, `all_toggled()`, `part_wanted(line)`, `refund_wanted()`, `void_wanted()`,
    `dispute_wanted()`, `copy_wanted()`."""

    toggled = Signal(str)
    all_toggled = Signal()
    part_wanted = Signal(str)
    refund_wanted = Signal()
    void_wanted = Signal()
    dispute_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.rows: list[LineRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        column.addLayout(self._make_head())
        self._why = Words("", Role.STRONG, tone=Tone.AMBER)
        column.addWidget(self._why)
        column.addLayout(self._make_lines_head())
        content = QWidget()
        self._lines = QVBoxLayout(content)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(Size.GAP)
        self._lines.addStretch(1)
        column.addWidget(ScrollColumn(content), 1)
        self.back = BackList()
        box = panel("sunk")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(Size.PAD, Size.GAP + 2, Size.PAD, Size.GAP + 2)
        inner.addWidget(self.back)
        column.addWidget(box)
        column.addLayout(self._make_acts())

    def show_sale(self, model: SaleModel) -> None:
        """Write a sale."""
        words = self._language.catalogue
        self._title.setText(model.title)
        self._detail.setText(model.detail)
        self._total.set_text(model.total)
        self.copy.set_text(words.text("Print a copy"))
        self._why.setText(model.why)
        self._why.setVisible(bool(model.why))
        self._ask.setText(words.text("Tap what goes back"))
        self.all.set_text(words.text("No line") if model.all_chosen else words.text("All lines"))
        for part in (self._ask, self.all):
            part.setVisible(model.refundable)
        self.refund.setVisible(model.shows_refund)
        self._show_lines(model)
        self.back.show_back(model.back_title, model.back)
        self.refund.set_text(model.refund)
        self.refund.setEnabled(model.can_refund)
        self.void.set_text(model.void)
        self.void.setVisible(model.can_void)
        self.dispute.set_text(model.dispute)
        self.dispute.setVisible(bool(model.dispute))

    def _show_lines(self, model: SaleModel) -> None:
        part = self._language.catalogue.text("A part")
        while len(self.rows) < len(model.lines):
            row = LineRow()
            row.toggled.connect(self.toggled)
            row.part_wanted.connect(self.part_wanted)
            self._lines.insertWidget(len(self.rows), row)
            self.rows.append(row)
        for at, row in enumerate(self.rows):
            row.setVisible(at < len(model.lines))
            if at < len(model.lines):
                row.set_line(model.lines[at], part)

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.PAD)
        names = QVBoxLayout()
        self._title, self._detail = Words("", Role.TITLE), Words("", Role.MUTED)
        names.addWidget(self._title)
        names.addWidget(self._detail)
        self._total = Figure("", size=Type.FIGURE)
        self.copy: ActionButton = ActionButton("", Kind.PLAIN, icon=Icon.PRINTER, height=Size.TOUCH_PAY)
        self.copy.clicked.connect(self.copy_wanted.emit)
        row.addLayout(names, 1)
        row.addWidget(self._total)
        row.addWidget(self.copy)
        return row

    def _make_lines_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._ask: Words = Words("", Role.MUTED)
        self.all: ActionButton = ActionButton("", Kind.QUIET)
        self.all.clicked.connect(self.all_toggled.emit)
        row.addWidget(self._ask, 1)
        row.addWidget(self.all)
        return row

    def _make_acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP + 4)
        self.void: ActionButton = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_BIG)
        self.dispute: ActionButton = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_BIG)
        self.refund: ActionButton = ActionButton("", Kind.DANGER, height=Size.TOUCH_BIG)
        self.dispute.clicked.connect(self.dispute_wanted.emit)
        self.void.clicked.connect(self.void_wanted.emit)
        self.refund.clicked.connect(self.refund_wanted.emit)
        row.addWidget(self.dispute, 1)
        row.addWidget(self.void, 1)
        row.addWidget(self.refund, 2)
        return row
