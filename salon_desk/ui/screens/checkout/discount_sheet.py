"""The sheet of discounts, for the ticket or for one line: the shop's own at a tap, another one typed, each with its bearer.

What a discount takes from which line is decided by `domain/pricing.py`. A discount that is on is taken off by the same tap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.domain.ticket import Bearer, Discount
from salon_desk.i18n import Catalogue
from salon_desk.ui.digit_entry import DigitEntry
from salon_desk.ui.language import Language
from salon_desk.ui.screens.checkout.state import CheckoutState
from salon_desk.ui.screens.checkout.ticket_edits import TicketEdits
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.widgets.action_button import primary, secondary
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.number_pad import NumberPad
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Figure, Role, Words

_WIDTH = 880
_MOST_PERCENT = 100
_BEARERS = (Bearer.SALON, Bearer.TECHNICIAN, Bearer.SPLIT)


@dataclass(frozen=True, slots=True)
class DiscountFace:
    """One discount that can be tapped."""

    key: str
    title: str
    detail: str
    on: bool


class DiscountSheet(Sheet):
    """For the ticket, or with `line` for one line; `show_state` after every change of the ticket. Signal: `offers_wanted()`."""

    offers_wanted = Signal()

    def __init__(
        self, language: Language, edits: TicketEdits, line: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", width=_WIDTH, parent=parent)
        self._language, self._edits, self._line = language, edits, line
        self._entry, self._percent, self._bearer = DigitEntry(), True, Bearer.SALON
        self._known: dict[str, Discount] = {}
        self._on: set[str] = set()
        self._currency = "USD"
        row = QHBoxLayout()
        row.setSpacing(Size.PAD * 2)
        row.addWidget(self._offered(), 1)
        row.addLayout(self._typed(), 1)
        self.body.addLayout(row)
        self.offers, self.done = secondary(height=Size.TOUCH_PAY), secondary(height=Size.TOUCH_PAY)
        self.offers.setVisible(not line)
        self.add_button(self.offers)
        self.add_button(self.done)
        self.offers.clicked.connect(self._leave_for_offers)
        self.done.clicked.connect(self.dismiss)

    def show_state(self, state: CheckoutState) -> None:
        """Write what is offered, and what is on."""
        view, line = state.current, state.line_of(self._line)
        if view is None or (self._line and line is None):
            self.closed.emit()
            return
        words = self._language.catalogue
        on = line.discounts if line else tuple(one for one in view.ticket.discounts if not one.rule)
        offered = state.catalogue.discounts if state.catalogue else ()
        self._currency = view.ticket.currency
        self._known = {one.discount_id: one for one in (*offered, *on)}
        self._on = {one.discount_id for one in on}
        name = line.names.in_language(words.language) if line else ""
        self.set_title(
            words.text("Discount on {item}", item=name) if line else words.text("Discount on the ticket")
        )
        faces = [
            DiscountFace(key, one.names.in_language(words.language), _told(one, words), key in self._on)
            for key, one in self._known.items()
        ]
        self._pool.show(faces, None)
        for face in faces:
            if (button := self._pool.button(face.key)) is not None:
                button.set_chosen(face.on)
        self._none.setText(
            "" if faces else words.text("The shop has no discounts to pick yet. Type one on the right.")
        )
        self._none.setVisible(not faces)
        self._write()

    def choice(self, key: str) -> ChoiceButton | None:
        """The button of a discount."""
        return self._pool.button(key)

    def _offered(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        rows = QVBoxLayout()
        rows.setSpacing(Size.GAP)
        self._none = Words("", Role.MUTED)
        column.addWidget(self._none)
        column.addLayout(rows)
        column.addStretch(1)
        self._pool: ButtonPool[DiscountFace, ChoiceButton] = ButtonPool(
            rows, lambda: ChoiceButton(height=Size.TOUCH_BIG), _write_face, self._toggle
        )
        return ScrollColumn(content)

    def _typed(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Size.GAP)
        self.by_percent, self.by_amount = ChoiceButton(filled=True), ChoiceButton(filled=True)
        kinds = QHBoxLayout()
        kinds.setSpacing(Size.GAP)
        for button, percent in ((self.by_percent, True), (self.by_amount, False)):
            button.clicked.connect(lambda _on=False, chosen=percent: self._choose_kind(chosen))
            kinds.addWidget(button, 1)
        self.figure = Figure("", size=Type.FIGURE, align=Qt.AlignmentFlag.AlignHCenter)
        self.pad = NumberPad(self._language)
        self.pad.digit.connect(lambda keys: self._type(self._entry.press(keys)))
        self.pad.backspace.connect(lambda: self._type(self._entry.erase()))
        self.bearers: dict[Bearer, ChoiceButton] = {}
        bearers = QHBoxLayout()
        bearers.setSpacing(Size.GAP)
        for bearer in _BEARERS:
            button = ChoiceButton(key=bearer.value, filled=True)
            button.tapped.connect(lambda key: self._choose_bearer(Bearer(key)))
            bearers.addWidget(button, 1)
            self.bearers[bearer] = button
        self._who = Words("", Role.MUTED)
        self.add = primary(height=Size.TOUCH_PAY)
        self.add.clicked.connect(self._add)
        column.addLayout(kinds)
        column.addWidget(self.figure)
        column.addWidget(self.pad, 1)
        column.addWidget(self._who)
        column.addLayout(bearers)
        column.addWidget(self.add)
        return column

    def _write(self) -> None:
        words = self._language.catalogue
        self.by_percent.set_words(words.text("Percent"))
        self.by_amount.set_words(words.text("Amount"))
        self.by_percent.set_chosen(self._percent)
        self.by_amount.set_chosen(not self._percent)
        figure = f"{self._entry.number}%" if self._percent else words.money(self._entry.money(self._currency))
        self.figure.set_text(figure)
        self._who.setText(words.text("Who bears it"))
        for bearer, button in self.bearers.items():
            button.set_words(_bearer_name(bearer, words))
            button.set_chosen(bearer is self._bearer)
        typed = self._entry.number > 0
        self.add.set_text(words.text("Add {discount}", discount=figure) if typed else words.text("Add"))
        self.add.setEnabled(typed)
        self.offers.set_text(words.text("Offers, coupons and points"))
        self.done.set_text(words.text("Done"))

    def _choose_kind(self, percent: bool) -> None:
        self._percent, self._entry = percent, DigitEntry()
        self._write()

    def _choose_bearer(self, bearer: Bearer) -> None:
        self._bearer = bearer
        self._write()

    def _type(self, entry: DigitEntry) -> None:
        if self._percent and entry.number > _MOST_PERCENT:
            return
        self._entry = entry
        self._write()

    def _add(self) -> None:
        entry, self._entry = self._entry, DigitEntry()
        self._edits.typed_discount(
            self._bearer,
            amount=None if self._percent else entry.money(self._currency),
            percent=str(entry.number) if self._percent else None,
            line=self._line,
        )
        self._write()

    def _leave_for_offers(self) -> None:
        self.closed.emit()
        self.offers_wanted.emit()

    def _toggle(self, key: str) -> None:
        if key in self._on:
            self._edits.remove_discount(key)
        else:
            self._edits.discount(self._known[key], self._line)


def _write_face(button: ChoiceButton, face: DiscountFace) -> None:
    button.set_key(face.key)
    button.set_words(face.title, face.detail)


def _told(discount: Discount, words: Catalogue) -> str:
    amount = words.money(discount.amount) if discount.amount is not None else f"{discount.percent}%"
    match discount.bearer:
        case Bearer.SALON:
            return words.text("{amount}, the salon bears it", amount=amount)
        case Bearer.TECHNICIAN:
            return words.text("{amount}, the technician bears it", amount=amount)
        case Bearer.SPLIT:
            return words.text("{amount}, salon and technician share it", amount=amount)
        case _:
            assert_never(discount.bearer)


def _bearer_name(bearer: Bearer, words: Catalogue) -> str:
    match bearer:
        case Bearer.SALON:
            return words.text("Salon")
        case Bearer.TECHNICIAN:
            return words.text("Technician")
        case Bearer.SPLIT:
            return words.text("Both")
        case _:
            assert_never(bearer)
