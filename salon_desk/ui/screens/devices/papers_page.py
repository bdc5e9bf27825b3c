"""The newest papers of the print queue, and a copy of the receipt that was tapped.

What it says comes ready from the view model; taps go to the presenter.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.screens.devices.paper_rows import paper_rows
from salon_desk.ui.screens.devices.presenter import DevicesState
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import ListRow
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.words import Role, Words


class PapersPage(QWidget):
    """Signals: `tapped(str)`, `copied()`, `retried()`. Its parts are there for tests."""

    tapped = Signal(str)
    copied = Signal()
    retried = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP)
        self._rows: tuple[ListRow, ...] = ()
        self._label, self._hint = Words("", Role.NAME), Words("", Role.MUTED)
        self._lists = QStackedWidget()
        self.list, self._nothing = KineticList(), EmptyState(Icon.PRINTER)
        self._lists.addWidget(self.list)
        self._lists.addWidget(self._nothing)
        self.reprint: ActionButton = ActionButton(
            "", Kind.SECONDARY, icon=Icon.RECEIPT, height=Size.TOUCH_PAY
        )
        self.retry: ActionButton = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        column.addWidget(self._label)
        column.addWidget(self._hint)
        column.addWidget(self._lists, 1)
        acts = QHBoxLayout()
        acts.setSpacing(Size.GAP)
        acts.addWidget(self.retry, 1)
        acts.addWidget(self.reprint, 1)
        column.addLayout(acts)
        self.list.tapped.connect(self.tapped)
        self.reprint.clicked.connect(self.copied.emit)
        self.retry.clicked.connect(self.retried.emit)

    def show_papers(self, state: DevicesState, *, can_retry: bool, words: Catalogue) -> None:
        """Write everything."""
        rows = paper_rows(state.room, words) if state.room else ()
        if rows != self._rows:
            self._rows = rows
            self.list.set_rows(rows, keep_place=True)
        self.list.choose(next((at for at, row in enumerate(rows) if row.key == state.chosen), -1))
        self._lists.setCurrentIndex(0 if rows or state.room is None else 1)
        self._label.setText(words.text("Newest papers"))
        paper = state.paper
        can = paper is not None and paper.can_be_copied and not state.working
        self._hint.setText(
            words.text("Tap a receipt to print a copy of it.")
            if paper is None or can
            else words.text("Only receipts can be printed again here.")
        )
        self.list.setAccessibleName(words.text("Newest papers"))
        self._nothing.set_words(
            words.text("Nothing was printed yet"), words.text("Print a test page to see whether it works.")
        )
        self.retry.set_text(words.text("Print what waits"))
        self.retry.setEnabled(can_retry)
        self.reprint.set_text(words.text("Print a copy"))
        self.reprint.setEnabled(can)
