"""A sheet that asks which plan a card saves towards. UI thread only.

Which there are is the presenter's to say. Signal: `chosen(plan)`.
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
from salon_desk.ui.widgets.words import Role, Words

_WIDTH, _HEIGHT = 640, 260


class SavingSheet(Sheet):
    """`list` is there for tests."""

    chosen = Signal(str)

    def __init__(self, rows: Sequence[ListRow], words: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(words.text("Which plan does the card save towards?"), width=_WIDTH, parent=parent)
        note = words.text(
            "Its top-ups without an offer count. They stay on the card and can be spent at once; the bonus comes at the target."
        )
        self.list = KineticList()
        self.list.setMinimumHeight(_HEIGHT)
        self.list.setAccessibleName(words.text("Savings plans"))
        self.list.set_rows(rows)
        for part in (Words(note, Role.MUTED), self.list):
            self.body.addWidget(part)
        cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        cancel.clicked.connect(self.dismiss)
        self.add_button(cancel)
        self.list.tapped.connect(self.chosen.emit)
