"""The three pages of the second screen: welcome, the visit, and one thing said large. UI thread only.

What they say is handed in as a `GuestModel`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salon_desk.ui.guest_screen.pad import TipPad
from salon_desk.ui.guest_screen.parts import Rows, Said, TipChoices
from salon_desk.ui.guest_screen.view_model import GuestModel
from salon_desk.ui.language import Language
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.widgets.code_squares import CodeSquares
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import panel, rule
from salon_desk.wire.squares import squares

_MESSAGE_WIDTH = 520
_CODE = 400
_BIG = Type.DUE + 18


class MessagePage(QWidget):
    """A title, a figure and what belongs to it, in the middle, a code to scan beside. Also the welcome, which has no figure."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Said(Type.FIGURE + 7, bold=True, centred=True)
        self.label = Said(Type.TITLE, muted=True, centred=True)
        self.figure = Said(_BIG, bold=True, centred=True, figure=True)
        self.detail = Said(Type.TITLE, muted=True, centred=True)
        self.own = Rows()
        self._card = panel("card")
        card = QVBoxLayout(self._card)
        card.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        card.addWidget(self.own)
        self.code = CodeSquares("")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(3 * Size.PAD)
        self._row.addStretch(1)
        self._row.addWidget(self.code, 0, Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        self._row.addLayout(column)
        self._row.addStretch(1)
        column.addStretch(1)
        for part in (self.title, self.label, self.figure, self.detail):
            column.addWidget(part)
        column.addSpacing(Size.PAD)
        column.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, model: GuestModel) -> None:
        """Show it."""
        self.title.say(model.title)
        self.label.say(model.due_label)
        self.figure.say(model.due)
        self.detail.say(model.detail)
        self.own.say(model.own)
        self._card.setVisible(bool(model.own))
        self.code.setVisible(bool(model.to_scan))
        if model.to_scan:
            self.code.set_squares(squares(model.to_scan))
            self.code.setAccessibleName(model.detail)

    def set_scale(self, scale: float, *, upright: bool) -> None:
        """As large as the screen lets it be, a code beside the words or above them."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if upright else direction.LeftToRight)
        for part in (self.title, self.label, self.figure, self.detail, self.own):
            part.set_scale(scale)
        self._card.setFixedWidth(round(_MESSAGE_WIDTH * scale))
        side = round(_CODE * scale)
        self.code.setFixedSize(side, side)


class VisitPage(QWidget):
    """Lines and sums on one side; what is to be paid, the tips and what is the guest's own on the other, or below."""

    def __init__(self, language: Language, tapped: Callable[[str], None]) -> None:
        super().__init__()
        self.lines, self.sums, self.own = Rows(strong=True), Rows(), Rows()
        self.due_label, self.due = Said(Type.TITLE, muted=True), Said(Type.DUE, bold=True, figure=True)
        self.tip_title, self.tip_note = Said(Type.TITLE, bold=True), Said(Type.BODY, muted=True)
        self.tips, self.pad = TipChoices(tapped), TipPad(language)
        self._scroll = self._scrolling()
        self._sides = QStackedWidget()
        self._sides.addWidget(ScrollColumn(self._paying()))
        self._sides.addWidget(self.pad)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Size.PAD)
        self._row.addWidget(self._ticket(), 1)
        self._row.addWidget(self._sides, 1)

    def say(self, model: GuestModel) -> None:
        """Show it; the newest line is in sight."""
        self.lines.say(model.lines)
        self.sums.say(model.sums)
        self._rule.setVisible(bool(model.sums))
        self.due_label.say(model.due_label)
        self.due.say(model.due)
        self.tip_title.say(model.tip_title)
        self.tip_note.say(model.tip_note)
        self.tips.say(model.tips)
        self.own.say(model.own)
        self._own.setVisible(bool(model.own))
        if model.pad is not None:
            self.pad.say(model.pad)
        self._sides.setCurrentIndex(0 if model.pad is None else 1)

    def set_scale(self, scale: float, *, upright: bool) -> None:
        """As large as the screen lets it be, side by side or one below the other."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if upright else direction.LeftToRight)
        for said in (self.due_label, self.due, self.tip_title, self.tip_note):
            said.set_scale(scale)
        for rows in (self.lines, self.sums, self.own):
            rows.set_scale(scale)
        self.tips.set_scale(scale)
        self.pad.set_scale(scale)

    def _scrolling(self) -> ScrollColumn:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
        column.addStretch(1)
        scroll = ScrollColumn(content)
        bar = scroll.verticalScrollBar()

        def newest(_least: int, most: int) -> None:
            column.setContentsMargins(0, 0, Size.GAP if most else 0, 0)
            bar.setValue(most)

        bar.rangeChanged.connect(newest)
        return scroll

    def _ticket(self) -> QWidget:
        card = panel("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP)
        self._rule = rule()
        column.addWidget(self._scroll, 1)
        column.addWidget(self._rule)
        column.addWidget(self.sums)
        return card

    def _paying(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        column.addWidget(self.due_label)
        column.addWidget(self.due)
        column.addSpacing(Size.GAP)
        for part in (self.tip_title, self.tip_note, self.tips):
            column.addWidget(part)
        column.addSpacing(Size.GAP)
        self._own = panel("card")
        own = QVBoxLayout(self._own)
        own.setContentsMargins(Size.PAD, Size.PAD - 4, Size.PAD, Size.PAD - 4)
        own.addWidget(self.own)
        column.addWidget(self._own)
        column.addStretch(1)
        return content
