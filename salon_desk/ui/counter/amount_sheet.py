"""A sheet that asks for one amount of money with the number pad: an open price, another price, a custom top-up.

What the amount is for is handed in; nothing is decided here.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from salon_desk.domain.money import Money
from salon_desk.ui.digit_entry import DigitEntry
from salon_desk.ui.language import Language
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.widgets.action_button import ActionButton, Kind, primary
from salon_desk.ui.widgets.number_pad import NumberPad
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Figure, Role, Words

_WIDTH = 440


class AmountSheet(Sheet):
    """Signal: `given(object)` with the Money, then it closes. Nothing typed is not an amount."""

    given = Signal(object)

    def __init__(
        self,
        language: Language,
        currency: str,
        *,
        title: str,
        confirm: str,
        detail: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, width=_WIDTH, parent=parent)
        self._language, self._currency, self._entry = language, currency, DigitEntry()
        if detail:
            self.body.addWidget(Words(detail, Role.MUTED))
        self.figure = Figure("", size=Type.DUE, align=Qt.AlignmentFlag.AlignHCenter)
        self.pad = NumberPad(language)
        self.body.addWidget(self.figure)
        self.body.addWidget(self.pad, 1)
        cancel = ActionButton(language.catalogue.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        self.confirm = primary(confirm, height=Size.TOUCH_PAY)
        self.add_button(cancel)
        self.add_button(self.confirm)
        cancel.clicked.connect(self.dismiss)
        self.confirm.clicked.connect(self._give)
        self.pad.digit.connect(lambda keys: self._type(self._entry.press(keys)))
        self.pad.backspace.connect(lambda: self._type(self._entry.erase()))
        self.pad.entered.connect(self._give)
        self.setFocusProxy(self.pad)
        self._type(self._entry)

    def _type(self, entry: DigitEntry) -> None:
        self._entry = entry
        self.figure.set_text(self._language.catalogue.money(entry.money(self._currency)))
        self.confirm.setEnabled(not entry.empty)

    def _give(self) -> None:
        if self._entry.empty:
            return
        amount: Money = self._entry.money(self._currency)
        self.closed.emit()
        self.given.emit(amount)
