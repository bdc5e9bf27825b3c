"""The close: one card with its question, what is asked for below it, and at the foot the way on.

The counter, the pad and the rows take turns in the same place. What is shown comes from `close_model.py`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.shift.close_model import CloseModel
from salon_desk.ui.screens.shift.open_view import TALLEST, WIDEST
from salon_desk.ui.screens.shift.state import CloseStep
from salon_desk.ui.screens.shift.tips_panel import TipsPanel
from salon_desk.ui.screens.shift.view_model import pieces
from salon_desk.ui.theme.tokens import Size, Tone, Type
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.denomination_counter import DenominationCounter
from salon_desk.ui.widgets.number_pad import NumberPad
from salon_desk.ui.widgets.words import AmountRow, Figure, Role, Words, panel

_ROWS = 8
_NARROW = 640


class CloseView(QWidget):
    """Signals: `went_on()`, `other_taken()`, `digit(str)`, `erased()`, `counted_changed()`."""

    went_on = Signal()
    other_taken = Signal()
    digit = Signal(str)
    erased = Signal()
    counted_changed = Signal()

    def __init__(self, language: Language, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        outer = QHBoxLayout(self)
        outer.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        card = panel("card")
        card.setMaximumSize(WIDEST, TALLEST)
        outer.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 16, 12, 12)
        column.setSpacing(Size.GAP + 4)
        head = QHBoxLayout()
        self.question: Words = Words("", Role.TITLE)
        self._place = Words("", Role.MUTED, wrap=False)
        head.addWidget(self.question, 1)
        head.addWidget(self._place, 0, Qt.AlignmentFlag.AlignTop)
        self._hint = Words("", Role.MUTED)
        column.addLayout(head)
        column.addWidget(self._hint)
        self._bodies = QStackedWidget()
        self.tips = TipsPanel(language)
        self.counter = DenominationCounter(language, pieces(currency, language.catalogue), currency)
        self.counter.changed.connect(self.counted_changed)
        for body in (self.tips, self.counter, self._make_batch(), self._make_rows()):
            self._bodies.addWidget(body)
        column.addWidget(self._bodies, 1)
        column.addLayout(self._make_foot())

    def begin(self) -> None:
        """Start with an empty drawer."""
        self.counter.set_counts({})

    def show_step(self, model: CloseModel) -> None:
        """Write one screen of the close."""
        self._place.setText(model.place)
        self.question.setText(model.question)
        self._hint.setText(model.hint)
        asked_of_terminal = model.step is CloseStep.BATCH and not model.types_batch
        self._bodies.setCurrentIndex(_ROWS_BODY if asked_of_terminal else _BODY[model.step])
        self._batch.set_text(model.batch)
        self._verdict.setText(model.verdict)
        self._verdict.set_tone(model.verdict_tone)
        self._verdict.setVisible(model.step is CloseStep.RESULT)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(model.rows))
            if at < len(model.rows):
                one = model.rows[at]
                row.set_words(one.name, one.amount, one.tone)
        self._warning.setText(model.warning)
        self._warning.setVisible(bool(model.warning))
        self.other.set_text(model.other)
        self.other.setVisible(bool(model.other))
        self.go_on.set_text(model.go_on)
        self.go_on.setVisible(bool(model.go_on))
        self.go_on.setEnabled(model.can_go_on)

    def _make_batch(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        self._batch: Figure = Figure("", size=Type.DUE, align=Qt.AlignmentFlag.AlignHCenter)
        self.pad: NumberPad = NumberPad(self._language)
        self.pad.setMaximumWidth(_NARROW)
        self.pad.digit.connect(self.digit)
        self.pad.backspace.connect(self.erased)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.pad, 4)
        row.addStretch(1)
        column.addWidget(self._batch)
        column.addLayout(row, 1)
        return body

    def _make_rows(self) -> QWidget:
        body = QWidget()
        outer = QHBoxLayout(body)
        outer.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        inner.setMaximumWidth(_NARROW)
        outer.addWidget(inner)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, Size.PAD, 0, 0)
        column.setSpacing(Size.GAP)
        self._verdict: Words = Words("", Role.DUE)
        self._verdict.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._verdict)
        self._rows: list[AmountRow] = [AmountRow() for _ in range(_ROWS)]
        for row in self._rows:
            column.addWidget(row)
        self._warning: Words = Words("", Role.STRONG, tone=Tone.AMBER)
        column.addWidget(self._warning)
        column.addStretch(1)
        return body

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP + 4)
        self.other: ActionButton = ActionButton("", Kind.PLAIN, height=Size.TOUCH_BIG)
        self.go_on: ActionButton = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_BIG)
        self.other.clicked.connect(self.other_taken.emit)
        self.go_on.clicked.connect(self.went_on.emit)
        foot.addWidget(self.other, 2)
        foot.addStretch(1)
        foot.addWidget(self.go_on, 3)
        return foot


_ROWS_BODY = 3
_BODY = {
    CloseStep.TIPS: 0,
    CloseStep.COUNT: 1,
    CloseStep.BATCH: 2,
    CloseStep.RESULT: 3,
    CloseStep.CONFIRM: 3,
    CloseStep.CLOSED: 3,
}
