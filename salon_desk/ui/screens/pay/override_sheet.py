"""The sheet before a manager's override: how much may be given now, and what bounds it. It asks; nothing is given here.

Signals: `wanted()` once somebody goes on to the approval, `closed()` as every sheet.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.screens.pay.state import Override
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import AmountRow, Figure, Role, Words, rule

_WIDTH = 620


class OverrideSheet(Sheet):
    """Shows an `Override`."""

    wanted = Signal()

    def __init__(self, override: Override, words: Catalogue, parent: QWidget | None = None) -> None:
        title = words.text("Manager's override for card {tail}", tail=masked(override.card.tail))
        super().__init__(title, width=_WIDTH, parent=parent)
        found = override.allowance
        self.body.addWidget(Words(words.text("The shop's money stands in now"), Role.MUTED))
        self.now = Figure(words.money(found.now), size=Type.FIGURE, align=Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.now)
        if found.now:
            what = words.text("It is taken back from the card once its value is in reach.")
        else:
            what = words.text("Nothing more may be given for this card now. Take the rest another way.")
        self.body.addWidget(Words(what))
        self.body.addWidget(rule())
        for label, amount in (
            (words.text("Limit for one card at this till"), found.limit),
            (words.text("Left of it for this card"), found.left_of_card),
            (words.text("Left for all cards in this outage"), found.left_of_store),
            (words.text("Out of reach, by the balance last known"), found.elsewhere),
        ):
            row = AmountRow()
            row.set_words(label, words.money(amount))
            self.body.addWidget(row)
        cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        cancel.clicked.connect(self.dismiss)
        self.add_button(cancel)
        self.go = ActionButton(words.text("Ask a manager"), Kind.PRIMARY, height=Size.TOUCH_PAY)
        self.go.setEnabled(bool(found.now))
        self.go.clicked.connect(self.wanted.emit)
        self.add_button(self.go)
