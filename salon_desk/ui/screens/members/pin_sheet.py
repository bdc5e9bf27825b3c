"""The sheet on which a member types a PIN, and what is told when it is set.

What is asked next is `pin.py`'s. It is turned to the guest, so nothing of the member but the name stands on it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.new_pin import new_pin_title
from salon_desk.ui.error_text import error_text
from salon_desk.ui.language import Language
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.members.pin import PinAsked, PinSetting, Step
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.pin_pad import PinPad
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Role, Words

_WIDTH = 520
_PAD_HEIGHT = 430


class PinSheet(Sheet):
    """Signals: `typed(pin)`, `typing()`, `forgotten()`, and `closed()` when it is left. `pad` and `manager` are there for tests."""

    typed = Signal(str)
    typing = Signal()
    forgotten = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("", width=_WIDTH)
        self._language = language
        words = language.catalogue
        self.asks, self.pad = Words("", Role.STRONG), PinPad(language)
        self.asks.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.pad.setFixedHeight(_PAD_HEIGHT)
        self.body.addWidget(self.asks)
        self.body.addWidget(self.pad)
        self.pad.completed.connect(self.typed.emit)
        self.pad.pad.digit.connect(lambda _digit: self.typing.emit())
        cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        self.manager = ActionButton(words.text("Ask a manager"), Kind.SECONDARY, height=Size.TOUCH_PAY)
        cancel.clicked.connect(self.dismiss)
        self.manager.clicked.connect(self.forgotten.emit)
        self.add_button(cancel)
        self.add_button(self.manager)

    def show_asked(self, asked: PinAsked) -> None:
        """Show how it stands."""
        words = self._language.catalogue
        self.set_title(words.text("PIN of {name}", name=asked.member.called(words.language)))
        self.asks.setText(_asks(asked.step, words))
        self.manager.setVisible(asked.step is Step.OLD)
        self.pad.setEnabled(not asked.working)
        if asked.refusal is not None:
            self.pad.refuse(error_text(asked.refusal, words))
        self.pad.setFocus()


class PinDesk:
    """Lays the sheet while a PIN is asked for, and tells that it is set. UI thread only."""

    def __init__(self, host: ScreenHost, pins: PinSetting) -> None:
        self._host, self._pins = host, pins
        self._sheet: PinSheet | None = None
        pins.changed = self._show
        pins.done = self._tell

    def _show(self) -> None:
        asked = self._pins.asked
        if asked is None:
            sheet, self._sheet = self._sheet, None
            if sheet is not None:
                sheet.closed.emit()
            return
        if self._sheet is None:
            self._sheet = self._open()
        self._sheet.show_asked(asked)

    def _open(self) -> PinSheet:
        sheet = PinSheet(self._host.language)
        sheet.typed.connect(self._pins.give)
        sheet.typing.connect(self._pins.typing)
        sheet.forgotten.connect(self._pins.vouch)
        sheet.closed.connect(self._left)
        self._host.open_sheet(sheet)
        return sheet

    def _left(self) -> None:
        if self._sheet is not None:
            self._sheet = None
            self._pins.stop()

    def _tell(self) -> None:
        words = self._host.language.catalogue
        self._host.notify(Alert.GOOD, words.text("The PIN is set."))


def _asks(step: Step, words: Catalogue) -> str:
    if step is Step.OLD:
        return words.text("Please type your PIN")
    return new_pin_title(words, again=step is Step.AGAIN)
