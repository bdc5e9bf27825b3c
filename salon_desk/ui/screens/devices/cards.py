"""The cards of the devices screen: printer with its queue and paper, drawer, reader.

What they say comes ready from the view model; taps go to the presenter.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.device_status import PaperWidth
from salon_desk.ui.screens.devices.view_model import PrinterModel, ReaderModel
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.words import Role, Words, panel


def card_column(margin: int = 20) -> tuple[QWidget, QVBoxLayout]:
    """A white card and the column in it."""
    card = panel("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(margin, Size.PAD, margin, Size.PAD)
    column.setSpacing(Size.GAP)
    return card, column


class PrinterCard(QWidget):
    """Signals: `retried()`, `tested()`, `paper_tapped(str)` with a `PaperWidth`."""

    retried = Signal()
    tested = Signal()
    paper_tapped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card, column = card_column()
        outer.addWidget(card)
        self._title = Words("", Role.MUTED)
        self.condition, self._what = Words("", Role.FIGURE), Words("")
        self._name = Words("", Role.SMALL)
        self.queue, self._problem = Words("", Role.STRONG), Words("", tone=Tone.DANGER)
        for part in (self._title, self.condition, self._what, self._name, self.queue, self._problem):
            column.addWidget(part)
        column.addSpacing(4)
        column.addLayout(self._make_papers())
        column.addSpacing(4)
        column.addLayout(self._make_acts())

    def show_printer(self, model: PrinterModel, paper: PaperWidth, words: Catalogue) -> None:
        """Write the printer's state."""
        self._title.setText(words.text("Receipt printer"))
        self.condition.setText(model.condition)
        self.condition.set_tone(model.tone)
        self._what.setText(model.what_to_do)
        self._name.setText(model.name)
        self._name.setVisible(bool(model.name))
        self.queue.setText(model.queue)
        self._problem.setText(model.problem)
        self._problem.setVisible(bool(model.problem))
        self.narrow.set_words(words.text("58 mm"), words.text("narrow roll"))
        self.wide.set_words(words.text("80 mm"), words.text("wide roll"))
        self.narrow.set_chosen(paper is PaperWidth.MM_58)
        self.wide.set_chosen(paper is PaperWidth.MM_80)
        self.test.set_text(words.text("Print a test page"))
        self.test.setEnabled(model.can_test)
        self.retry.set_text(words.text("Print what waits"))
        self.retry.setEnabled(model.can_retry)

    def _make_papers(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        self.narrow = ChoiceButton(key=PaperWidth.MM_58.value, height=Size.TOUCH_BIG)
        self.wide = ChoiceButton(key=PaperWidth.MM_80.value, height=Size.TOUCH_BIG)
        for button in (self.narrow, self.wide):
            button.tapped.connect(self.paper_tapped)
            row.addWidget(button, 1)
        return row

    def _make_acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        self.test: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.retry: ActionButton = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_PAY)
        self.test.clicked.connect(self.tested.emit)
        self.retry.clicked.connect(self.retried.emit)
        row.addWidget(self.test, 1)
        row.addWidget(self.retry, 1)
        return row


class DeviceCard(QWidget):
    """Drawer or reader: what it is, what was heard last, and the button of its test. Signal: `tested()`."""

    tested = Signal()

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card, column = card_column()
        outer.addWidget(card)
        self._title, self._what = Words("", Role.NAME), Words("", Role.MUTED)
        self.said = Words("", Role.STRONG)
        row = QHBoxLayout()
        row.setSpacing(Size.PAD)
        text = QVBoxLayout()
        text.setSpacing(4)
        for part in (self._title, self._what, self.said):
            text.addWidget(part)
        row.addLayout(text, 1)
        self.test: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.test.setMinimumWidth(150)
        self.test.clicked.connect(self.tested.emit)
        row.addWidget(self.test)
        column.addLayout(row)

    def show_drawer(self, words: Catalogue) -> None:
        """Write the drawer's card."""
        self._title.setText(words.text("Cash drawer"))
        self._what.setText(words.text("It hangs on the printer. Each opening is recorded with its reason."))
        self.said.hide()
        self.test.set_text(words.text("Open the drawer"))

    def show_reader(self, model: ReaderModel, words: Catalogue) -> None:
        """Write the reader's card."""
        self._title.setText(words.text("Card and barcode reader"))
        self._what.setText(model.condition)
        self._what.set_tone(None if model.tone is Tone.PLAIN else model.tone)
        self.said.setText(model.scan)
        self.said.set_tone(None if model.scan_tone is Tone.PLAIN else model.scan_tone)
        self.test.set_text(model.test)
