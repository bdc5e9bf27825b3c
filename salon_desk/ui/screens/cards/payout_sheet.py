"""The sheet on which a payout is reckoned before the customer's eyes, with the way it goes back and the reason. UI thread only.

What is said comes from `payout_model`. Signal: `given(key, last_four, reason)`; `closed` as every sheet.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from salon_desk.ui.counter.tender_plan import CARD
from salon_desk.ui.screens.cards.payout_model import PayoutModel
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import AmountRow, Role, Words

_WIDTH = 640
_FOUR = 4


class PayoutSheet(Sheet):
    """`show_model` writes it anew. `ways`, `reasons`, `other`, `four` and `confirm` are there for tests."""

    given = Signal(str, str, str)

    def __init__(self, model: PayoutModel, parent: QWidget | None = None) -> None:
        super().__init__(model.title, width=_WIDTH, parent=parent)
        self._model = model
        self._way, self._reason = model.ways[0].key, ""
        self._rows: list[AmountRow] = []
        self._done = Words("", Role.STRONG, tone=Tone.GOOD)
        self._note = Words("", Role.SMALL)
        self.ways, self.reasons = CategoryPills(), CategoryPills()
        for pills in (self.ways, self.reasons):
            policy = pills.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
            pills.setSizePolicy(policy)
        self.four = FormField("", KeyboardWish.NUMBER)
        self.other = FormField("", KeyboardWish.TEXT)
        for text, amount, strong in model.rows:
            row = AmountRow(strong=strong)
            row.set_words(text, amount)
            self._rows.append(row)
            self.body.addWidget(row)
        for part in (self._note, self.ways, self.four, self.reasons, self.other, self._done):
            self.body.addWidget(part)
        self.cancel = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.confirm = ActionButton("", Kind.DANGER, height=Size.TOUCH_PAY)
        self.add_button(self.cancel)
        self.add_button(self.confirm)
        self.cancel.clicked.connect(self.dismiss)
        self.confirm.clicked.connect(self._go_on)
        self.ways.tapped.connect(self._choose_way)
        self.reasons.tapped.connect(self._choose_reason)
        self.other.typed.connect(lambda _text: self._show())
        self.four.typed.connect(lambda _text: self._show())
        self.show_model(model)

    @property
    def reason(self) -> str:
        """The reason as it stands: typed, else tapped."""
        return self.other.text or self._reason

    def show_model(self, model: PayoutModel) -> None:
        """How it stands now."""
        self._model = model
        self.set_title(model.title)
        self._note.setText(model.note)
        self._note.setVisible(bool(model.note))
        self._done.setText(model.done)
        self._done.setVisible(bool(model.done))
        self.four.set_label(model.four_label)
        self.other.set_label(model.reason_label)
        self.confirm.set_text(model.confirm)
        self.cancel.set_text(model.cancel)
        self._show()

    def _choose_way(self, key: str) -> None:
        self._way = key
        self._show()

    def _choose_reason(self, key: str) -> None:
        self._reason = key
        self.other.set_text("")
        self._show()

    def _show(self) -> None:
        model, open_still = self._model, not self._model.done
        self.ways.set_categories(model.ways, self._way)
        self.reasons.set_categories(model.reasons, self._reason or None)
        self.ways.setVisible(open_still)
        self.four.setVisible(open_still and self._way == CARD)
        for part in (self.reasons, self.other):
            part.setVisible(open_still and bool(model.reasons))
        ready = bool(self.reason) or not model.reasons
        digits = self.four.text if self._way == CARD else "0000"
        fits = len(digits) == _FOUR and digits.isascii() and digits.isdigit()
        self.confirm.setVisible(open_still)
        self.confirm.setEnabled(ready and fits and not model.saving)

    def _go_on(self) -> None:
        self.given.emit(self._way, self.four.text if self._way == CARD else "", self.reason)
