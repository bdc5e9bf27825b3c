"""The sheet that gives a member a coupon or points by hand: for a holiday, to make good a mistake.

Nothing is recorded here: signals tell, `ties.py` records, and a manager may have to lend the permission.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from salon_desk.domain.names import Names
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Role, Words

_WIDTH = 520
_MOST_OFFERS = 6
_MOST_DIGITS = 7


class GiveSheet(Sheet):
    """Signals: `coupon(promotion)`, `points(number)`, after the sheet has closed; `coupons` is there for tests."""

    coupon = Signal(str)
    points = Signal(int)

    def __init__(self, host: ScreenHost, offers: Sequence[tuple[str, Names]]) -> None:
        words = host.language.catalogue
        super().__init__(words.text("Give a coupon or points"), width=_WIDTH)
        hint = (
            words.text("Tap a coupon, or type points.")
            if offers
            else words.text("The shop has no coupons yet.")
        )
        self.body.addWidget(Words(hint, Role.MUTED))
        self.coupons: dict[str, ActionButton] = {}
        for promotion, names in offers[:_MOST_OFFERS]:
            self._offer(promotion, names.in_language(words.language))
        self.number = FormField(words.text("Points"), KeyboardWish.NUMBER)
        self.body.addWidget(self.number)
        self.cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        self.give = ActionButton(words.text("Give points"), Kind.PRIMARY, height=Size.TOUCH_PAY)
        self.give.setEnabled(False)
        self.add_button(self.cancel)
        self.add_button(self.give)
        self.cancel.clicked.connect(self.dismiss)
        self.give.clicked.connect(self._give)
        self.number.typed.connect(lambda _text: self.give.setEnabled(self._typed > 0))

    @property
    def _typed(self) -> int:
        """The points that are typed; 0 for what is no number of them."""
        text = self.number.text
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0

    def _offer(self, promotion: str, name: str) -> None:
        button = ActionButton(name, Kind.SECONDARY, height=Size.TOUCH_PAY)
        button.clicked.connect(lambda: self._leave(lambda: self.coupon.emit(promotion)))
        self.coupons[promotion] = button
        self.body.addWidget(button)

    def _give(self) -> None:
        number = self._typed
        self._leave(lambda: self.points.emit(number))

    def _leave(self, tell: Callable[[], None]) -> None:
        self.closed.emit()
        tell()
