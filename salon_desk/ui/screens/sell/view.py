"""The screen that sells gift cards and series: what, its words, seller and tenders left; planned tenders and Complete right.

What is shown comes from `view_model`, what happens is the presenter's. UI thread only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.services.till import Till
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter.flowing import Flowing
from salon_desk.ui.counter.host_outlet import HostOutlet
from salon_desk.ui.counter.paid_page import PaidPage
from salon_desk.ui.counter.tender_panel import TenderPanel
from salon_desk.ui.counter.tender_tiles import TenderTiles
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.sell.member_page import MemberPage
from salon_desk.ui.screens.sell.presenter import SellPresenter
from salon_desk.ui.screens.sell.state import Ware
from salon_desk.ui.screens.sell.view_model import SellModel, sell_model
from salon_desk.ui.session import Session
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Heading
from salon_desk.ui.widgets.face_grid import TechnicianStrip
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words, panel

_RECEIPT_EVERY_MS = 700
_ASKING, _SELLING, _PAID = range(3)


class SellScreen(Screen):
    """Bootstrap calls `begin(ware)` before it shows the screen."""

    rail_key = "cards"

    def __init__(
        self, host: ScreenHost, till: Till, session: Session, *, on_done: Callable[[], None]
    ) -> None:
        super().__init__(host)
        outlet = HostOutlet(host, self.render_state)
        self.presenter = SellPresenter(till, host.tasks, session, outlet, on_done=on_done)
        self._heading = Heading(back=True)
        self.member = MemberPage(host)
        self.wares, self.tenders = TenderTiles(), TenderTiles()
        self.sellers = TechnicianStrip()
        self.code = FormField("", KeyboardWish.TEXT)
        self.recipient = FormField("", KeyboardWish.NAME)
        self.giver = FormField("", KeyboardWish.NAME)
        self.greeting = FormField("", KeyboardWish.TEXT)
        self.plan, self.paid = TenderPanel(host.language), PaidPage()
        self._name, self._note = Words("", Role.TITLE), Words("", Role.MUTED)
        self._labels = [Words("", Role.MUTED) for _ in range(3)]
        self._gift = self._make_gift()
        self._pages = QStackedLayout(self)
        for page in (self.member, self._lay_out(), self.paid):
            self._pages.addWidget(page)
        self._clock = QTimer(self)
        self._clock.setInterval(_RECEIPT_EVERY_MS)
        self._clock.timeout.connect(self.presenter.refresh_receipt)
        self._connect()

    def begin(self, ware: Ware, member: str = "") -> None:
        """Another gift card or series is to be sold."""
        for field in (self.code, self.recipient, self.giver, self.greeting):
            field.set_text("")
        self.presenter.begin(ware, member)

    def scanned(self, code: str) -> None:
        """A reader gave a code that is no payment card."""
        self.presenter.code_scanned(code)

    def payment_card_swiped(self) -> None:
        """A payment card was swiped and dropped."""
        self.presenter.payment_card_swiped()

    @override
    def heading(self) -> Heading:
        return self._heading

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self._watch_receipt()

    @override
    def hideEvent(self, event: QHideEvent, /) -> None:
        super().hideEvent(event)
        self._clock.stop()

    @override
    def back(self) -> None:
        self.presenter.leave()

    @override
    def retranslate(self) -> None:
        self.member.retranslate()
        self.render_state()

    def render_state(self) -> None:
        """Paint what the presenter knows."""
        model = sell_model(self.presenter.state, self.words.catalogue)
        if model.heading != self._heading:
            self._heading = model.heading
            self.heading_changed.emit()
        if model.paid is not None:
            self.paid.set_face(model.paid)
            if self._pages.currentIndex() != _PAID:
                self._pages.setCurrentIndex(_PAID)
                self.paid.next.setFocus(Qt.FocusReason.OtherFocusReason)
            self._watch_receipt()
            return
        if model.asks_member:
            self.member.set_results(model.results, self.presenter.state.query)
            self._pages.setCurrentIndex(_ASKING)
            return
        self._pages.setCurrentIndex(_SELLING)
        self._show_plan(model)

    def _watch_receipt(self) -> None:
        """Ask what became of the paper while somebody looks, until it is printed."""
        state = self.presenter.state
        if self.isVisible() and state.done is not None and state.receipt is not JobState.PRINTED:
            self._clock.start()
        else:
            self._clock.stop()

    def _show_plan(self, model: SellModel) -> None:
        words = self.words.catalogue
        self._name.setText(model.name)
        self._note.setText(model.note)
        self.wares.set_tiles(model.tiles)
        self._gift.setVisible(model.is_gift)
        if self.code.text != self.presenter.state.code:
            self.code.set_text(self.presenter.state.code)
        self.code.set_label(words.text("Code of the card"), words.text("made if left empty"))
        self.recipient.set_label(words.text("For (may be left out)"))
        self.giver.set_label(words.text("From (may be left out)"))
        self.greeting.set_label(words.text("Words on it (may be left out)"))
        self.sellers.set_technicians(model.sellers, model.seller or None)
        self.tenders.set_tiles(model.ways)
        what = words.text("Value on it") if model.is_gift else words.text("Which series")
        texts = (what, words.text("Who sold it (may be left out)"), words.text("Paid with"))
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self.plan.set_face(model.plan)

    def _make_gift(self) -> QWidget:
        """What a gift card says, besides its value."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        names = QHBoxLayout()
        names.setSpacing(Size.GAP)
        for field in (self.code, self.recipient, self.giver):
            names.addWidget(field, 1)
        column.addLayout(names)
        column.addWidget(self.greeting)
        return box

    def _lay_out(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        row.setSpacing(Size.PAD)
        card = panel("card")
        outer = QVBoxLayout(card)
        outer.setContentsMargins(4, 4, 4, 4)
        content = Flowing()
        outer.addWidget(ScrollColumn(content))
        column = QVBoxLayout(content)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(Size.GAP)
        column.addWidget(self._name)
        column.addWidget(self._note)
        what, sellers, tenders = self._labels
        for part in (what, self.wares, self._gift, tenders, self.tenders, sellers, self.sellers):
            if part in self._labels:
                column.addSpacing(4)
            column.addWidget(part)
        column.addStretch(1)
        row.addWidget(card, 8)
        row.addWidget(self.plan, 5)
        return page

    def _connect(self) -> None:
        presenter = self.presenter
        self.member.typed.connect(presenter.search)
        self.member.chosen.connect(presenter.choose_member)
        self.wares.tapped.connect(presenter.choose)
        self.code.typed.connect(presenter.type_code)
        self.recipient.typed.connect(lambda text: presenter.write(recipient=text))
        self.giver.typed.connect(lambda text: presenter.write(sender=text))
        self.greeting.typed.connect(lambda text: presenter.write(greeting=text))
        self.sellers.tapped.connect(presenter.choose_seller)
        self.tenders.tapped.connect(presenter.choose_tender)
        self.plan.row_tapped.connect(presenter.choose_tender)
        self.plan.row_removed.connect(presenter.remove_tender)
        self.plan.field_tapped.connect(presenter.tap_field)
        self.plan.quick_tapped.connect(presenter.quick)
        self.plan.digit.connect(presenter.press)
        self.plan.backspace.connect(presenter.erase)
        self.plan.reference_typed.connect(presenter.refer)
        self.plan.completed.connect(presenter.complete)
        self.paid.next_wanted.connect(presenter.leave)
        self.paid.reprint_wanted.connect(presenter.reprint)
