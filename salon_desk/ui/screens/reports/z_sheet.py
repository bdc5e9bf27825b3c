"""The list of Z reports, laid over the window; a tap chooses one.

What a Z says is on the screen behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import ListRow
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.sheet import Sheet

_HEIGHT = 440


class ZSheet(Sheet):
    """Signal: `chosen(str)` with the operation's id, after the sheet has closed; `list` is there for tests."""

    chosen = Signal(str)

    def __init__(
        self, rows: Sequence[ListRow], place: int, words: Catalogue, parent: QWidget | None = None
    ) -> None:
        super().__init__(words.text("Z reports"), parent=parent)
        self.list = KineticList(words.text("Z reports"))
        self.list.setMinimumHeight(_HEIGHT)
        self.list.set_rows(rows)
        self.list.choose(place)
        self.list.tapped.connect(self._choose)
        self.body.addWidget(self.list)
        cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        cancel.clicked.connect(self.dismiss)
        self.add_button(cancel)

    def _choose(self, close_op: str) -> None:
        self.closed.emit()
        self.chosen.emit(close_op)
