"""The questions about the printer's self-test page: each line as it should look, to be tapped where it came out so.

What fits the answers is judged elsewhere; taps go to the presenter.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salon_desk.documents.self_test import SAMPLES
from salon_desk.i18n import Catalogue
from salon_desk.ui.device_status import PaperWidth
from salon_desk.ui.screens.devices.presenter import SelfTest
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import Chip
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.words import Role, Words

_WIDEST = 760


class SelfTestPage(QWidget):
    """Signals: `line_tapped(str)` with its way, `paper_tapped(str)`, `left()`, `done()`. Its parts are there for tests."""

    line_tapped = Signal(str)
    paper_tapped = Signal(str)
    left = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP)
        self._title, self._hint = Words("", Role.TITLE), Words("", Role.MUTED)
        self._wrong = Words("", Role.STRONG, tone=Tone.DANGER)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        self.lines = [ChoiceButton(key=one.way.value, height=Size.TOUCH_BIG) for one in SAMPLES]
        for button in self.lines:
            button.setMaximumWidth(_WIDEST)
            button.tapped.connect(self.line_tapped)
            column.addWidget(button)
        column.addWidget(self._make_papers())
        column.addWidget(self._wrong)
        column.addStretch(1)
        column.addLayout(self._make_acts())

    def show_questions(self, asked: SelfTest, *, can_go_on: bool, words: Catalogue) -> None:
        """Write everything."""
        self._title.setText(words.text("What came out of the printer?"))
        self._hint.setText(
            words.text(
                "A page with five numbered lines is printing. Tap every line that looks exactly as here."
            )
        )
        for button, sample in zip(self.lines, SAMPLES, strict=True):
            right = sample.way in asked.right
            detail = words.text("looks right") if right else words.text("wrong, or nothing")
            button.set_words(f"{sample.number}   {sample.text}", detail)
            button.set_chosen(right)
        widths = (
            Chip(words.text("Roll of 80 mm"), key=PaperWidth.MM_80.value),
            Chip(words.text("Roll of 58 mm"), key=PaperWidth.MM_58.value),
        )
        self.papers.set_categories(widths, asked.paper.value)
        self._wrong.setText(
            words.text("This printer shows Chinese in no way: receipts need another one.")
            if asked.none_fits
            else ""
        )
        self._wrong.setVisible(asked.none_fits)
        self.leave.set_text(words.text("Cancel"))
        self.go_on.set_text(words.text("Print like this"))
        self.go_on.setEnabled(can_go_on)

    def _make_papers(self) -> CategoryPills:
        self.papers = CategoryPills()
        policy = self.papers.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.papers.setSizePolicy(policy)
        self.papers.tapped.connect(self.paper_tapped)
        return self.papers

    def _make_acts(self) -> QHBoxLayout:
        self.leave: ActionButton = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.go_on: ActionButton = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_PAY)
        self.leave.clicked.connect(self.left.emit)
        self.go_on.clicked.connect(self.done.emit)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        row.addWidget(self.leave, 1)
        row.addWidget(self.go_on, 2)
        return row
