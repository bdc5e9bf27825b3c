"""Opening the shift: the float by note and coin, and one button.

The counts stay when the language changes; what they come to is reckoned by the counter.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.shift.view_model import pieces
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.denomination_counter import DenominationCounter
from salon_desk.ui.widgets.words import Role, Words, panel

WIDEST, TALLEST = 1280, 800


class ShiftOpenView(QWidget):
    """Signal: `opened(dict)` with the counts by cents of a piece."""

    opened = Signal(object)

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
        column.setSpacing(Size.PAD)
        self._title, self._hint = Words("", Role.TITLE), Words("", Role.MUTED)
        self.counter = DenominationCounter(language, pieces(currency, language.catalogue), currency)
        self.counter.changed.connect(self.show_words)
        self.open: ActionButton = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_BIG)
        self.open.clicked.connect(lambda: self.opened.emit(dict(self.counter.counts)))
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self.counter, 1)
        foot = QHBoxLayout()
        foot.addStretch(3)
        foot.addWidget(self.open, 2)
        column.addLayout(foot)

    def show_words(self) -> None:
        """Write the words and what was counted so far."""
        words = self._language.catalogue
        self._title.setText(words.text("What is in the drawer to begin with?"))
        self._hint.setText(words.text("Count the opening float. Without a shift nothing can be sold."))
        total = words.money(self.counter.total)
        self.open.set_text(words.text("Open the shift with {amount}", amount=total))

    def set_busy(self, busy: bool) -> None:
        """Whether the shift is being opened now."""
        self.open.setEnabled(not busy)
