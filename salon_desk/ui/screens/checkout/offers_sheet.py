"""The sheet of offers on a ticket: every promotion with its reason left, the member's points to redeem right.

What a tap does is `TicketOffers`' business. What is on is taken off by the same tap.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.ui.digit_entry import DigitEntry
from salon_desk.ui.language import Language
from salon_desk.ui.screens.checkout.offer_row import OfferRow
from salon_desk.ui.screens.checkout.offers import TicketOffers
from salon_desk.ui.screens.checkout.offers_model import OfferFace, PointsPart, offers_model
from salon_desk.ui.screens.checkout.state import CheckoutState
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.widgets.action_button import primary, secondary
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.number_pad import NumberPad
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Figure, Role, Words

_WIDTH = 880


class OffersSheet(Sheet):
    """`show_state` after every change of the ticket; the reasons are read when it opens."""

    def __init__(self, language: Language, offers: TicketOffers, parent: QWidget | None = None) -> None:
        super().__init__("", width=_WIDTH, parent=parent)
        self._language, self._offers = language, offers
        self._entry, self._most = DigitEntry(), 0
        row = QHBoxLayout()
        row.setSpacing(Size.PAD * 2)
        row.addWidget(self._listed(), 1)
        self.points = self._points()
        row.addWidget(self.points, 1)
        self.body.addLayout(row)
        self.done = secondary(height=Size.TOUCH_PAY)
        self.add_button(self.done)
        self.done.clicked.connect(self.dismiss)
        offers.read()

    def show_state(self, state: CheckoutState) -> None:
        """Write every offer with its reason, and the points."""
        if state.current is None:
            self.closed.emit()
            return
        words = self._language.catalogue
        model = offers_model(state.review, words)
        self.set_title(words.text("Offers, coupons and points"))
        self._saved.setText(model.saved)
        self._pool.show(model.faces, None)
        self._nothing.setText(model.nothing)
        self._nothing.setVisible(bool(model.nothing))
        self.points.setVisible(model.points is not None)
        if model.points is not None:
            self._write_points(model.points)
        self.done.set_text(words.text("Done"))

    def row(self, key: str) -> OfferRow | None:
        """The row of an offer."""
        return self._pool.button(key)

    def _listed(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        self._saved, self._nothing = Words("", Role.STRONG), Words("", Role.MUTED)
        column.addWidget(self._saved)
        column.addWidget(self._nothing)
        rows = QVBoxLayout()
        rows.setSpacing(Size.GAP)
        column.addLayout(rows)
        column.addStretch(1)
        self._pool: ButtonPool[OfferFace, OfferRow] = ButtonPool(
            rows, OfferRow, OfferRow.set_face, self._offers.toggle
        )
        return ScrollColumn(content)

    def _points(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        self._balance, self._worth = Words("", Role.STRONG), Words("", Role.MUTED)
        self.figure = Figure("", size=Type.FIGURE, align=Qt.AlignmentFlag.AlignHCenter)
        self.pad = NumberPad(self._language)
        self.pad.digit.connect(lambda keys: self._type(self._entry.press(keys)))
        self.pad.backspace.connect(lambda: self._type(self._entry.erase()))
        self.all, self.none = secondary(height=Size.TOUCH_PAY), secondary(height=Size.TOUCH_PAY)
        self.use = primary(height=Size.TOUCH_PAY)
        self.all.clicked.connect(lambda: self._redeem(self._most))
        self.none.clicked.connect(lambda: self._redeem(0))
        self.use.clicked.connect(lambda: self._redeem(self._entry.number))
        ends = QHBoxLayout()
        ends.setSpacing(Size.GAP)
        ends.addWidget(self.none, 1)
        ends.addWidget(self.all, 1)
        column.addWidget(self._balance)
        column.addWidget(self._worth)
        column.addWidget(self.figure)
        column.addWidget(self.pad, 1)
        column.addLayout(ends)
        column.addWidget(self.use)
        return part

    def _write_points(self, points: PointsPart) -> None:
        words = self._language.catalogue
        self._most = points.most
        shown = self._entry.number or points.redeemed
        self._balance.setText(points.balance)
        self._worth.setText(points.worth)
        self.figure.set_text(words.number(shown))
        self.none.set_text(words.text("No points"))
        self.none.setEnabled(points.redeemed > 0)
        self.all.set_text(words.text("All {points}", points=words.number(points.most)))
        self.all.setEnabled(points.most > 0 and points.redeemed != points.most)
        self._write_use()

    def _type(self, entry: DigitEntry) -> None:
        self._entry = entry
        self.figure.set_text(self._language.catalogue.number(entry.number))
        self._write_use()

    def _write_use(self) -> None:
        words, typed = self._language.catalogue, self._entry.number
        told = words.text("Use {points} points", points=words.number(typed))
        self.use.set_text(told if typed else words.text("Use points"))
        self.use.setEnabled(0 < typed <= self._most)

    def _redeem(self, points: int) -> None:
        self._entry = DigitEntry()
        self._offers.redeem(points)
