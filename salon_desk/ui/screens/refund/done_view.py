"""What stands after a refund or a void: how much went back, what is left to do by hand, the receipt that prints.

It stays until somebody goes on: the amounts are read while the money is counted out.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.refund.back_list import BackList
from salon_desk.ui.screens.refund.view_model import DoneModel
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.words import Role, Words, panel


class DoneView(QWidget):
    """Signal: `finished()`."""

    finished = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD * 2, Size.PAD * 2, Size.PAD * 2, Size.PAD * 2)
        column.setSpacing(Size.PAD)
        self._title, self.amount = Words("", Role.TITLE), Words("", Role.DUE)
        self._receipt = Words("", Role.MUTED)
        self.back = BackList()
        box = panel("outlined")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        inner.addWidget(self.back)
        self.finish = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_BIG)
        self.finish.clicked.connect(self.finished.emit)
        for part in (self._title, self.amount, box, self._receipt):
            column.addWidget(part)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.finish, 1)
        column.addLayout(foot)

    def show_done(self, model: DoneModel) -> None:
        """Write what was done."""
        words = self._language.catalogue
        self._title.setText(model.title)
        self.amount.setText(model.amount)
        self.back.show_back(words.text("What went back where"), model.back)
        self._receipt.setText(model.receipt)
        self.finish.set_text(words.text("Done"))
