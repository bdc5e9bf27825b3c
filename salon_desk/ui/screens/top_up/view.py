"""The top-up screen: card, offers, seller and tenders left; planned tenders, pad and Complete right.

What is shown comes from `view_model`, what happens is the presenter's. UI thread only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.services.till import Till
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter import tender_tiles
from salon_desk.ui.counter.flowing import Flowing
from salon_desk.ui.counter.host_outlet import HostOutlet
from salon_desk.ui.counter.paid_page import PaidPage
from salon_desk.ui.counter.tender_panel import TenderPanel
from salon_desk.ui.counter.tender_tiles import TenderTiles
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.top_up.card_page import CardPage
from salon_desk.ui.screens.top_up.presenter import TopUpPresenter
from salon_desk.ui.screens.top_up.view_model import TopUpModel, top_up_model
from salon_desk.ui.session import Session
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Heading
from salon_desk.ui.widgets.balance_panel import BalancePanel
from salon_desk.ui.widgets.face_grid import TechnicianStrip
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words, panel

_RECEIPT_EVERY_MS = 700
_ROOMY_FROM = 900
_ASKING, _SELLING, _PAID = range(3)


class TopUpScreen(Screen):
    """Bootstrap calls `begin(card)` (or `begin()` to ask for one) before it shows the screen."""

    rail_key = "cards"

    def __init__(
        self, host: ScreenHost, till: Till, session: Session, *, on_done: Callable[[], None]
    ) -> None:
        super().__init__(host)
        outlet = HostOutlet(host, self.render_state)
        self.presenter = TopUpPresenter(till, host.tasks, session, outlet, on_done=on_done)
        self._heading = Heading(back=True)
        self.card = CardPage(host)
        self.offers, self.tenders = TenderTiles(), TenderTiles()
        self.sellers = TechnicianStrip()
        self.plan, self.paid = TenderPanel(host.language), PaidPage()
        self._name, self._tail = Words("", Role.TITLE), Words("", Role.MUTED)
        self._balance = BalancePanel(host.language)
        self._terms = Words("", Role.SMALL)
        self._labels = [Words("", Role.MUTED) for _ in range(3)]
        self._pages = QStackedLayout(self)
        for page in (self.card, self._lay_out(), self.paid):
            self._pages.addWidget(page)
        self._clock = QTimer(self)
        self._clock.setInterval(_RECEIPT_EVERY_MS)
        self._clock.timeout.connect(self.presenter.refresh_receipt)
        self._connect()

    def begin(self, card: str = "") -> None:
        """Another card is to be topped up."""
        self.presenter.begin(card)

    def code_scanned(self, code: str) -> None:
        """A reader gave a code that is no payment card."""
        self.presenter.code_scanned(code)

    def scanned(self, code: str) -> None:
        """As `code_scanned`: the name that screens without a ticket have for it."""
        self.presenter.code_scanned(code)

    def payment_card_swiped(self) -> None:
        """A payment card was swiped and dropped."""
        self.presenter.payment_card_swiped()

    @override
    def heading(self) -> Heading:
        return self._heading

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        roomy = self.height() >= _ROOMY_FROM
        for tiles in (self.offers, self.tenders):
            tiles.set_height(tender_tiles.ROOMY if roomy else tender_tiles.HEIGHT)
        self._column.setSpacing(16 if roomy else Size.GAP)

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
        self.card.retranslate()
        self.render_state()

    def render_state(self) -> None:
        """Paint what the presenter knows."""
        words = self.words.catalogue
        model = top_up_model(self.presenter.state, words)
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
        if not model.has_card:
            self.card.set_results(model.results, self.presenter.state.query)
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

    def _show_plan(self, model: TopUpModel) -> None:
        words = self.words.catalogue
        self._name.setText(model.name)
        self._tail.setText(model.card)
        self._balance.set_balance(model.balance)
        self.offers.set_tiles(model.offers)
        self._terms.setText(model.terms)
        self._terms.setVisible(bool(model.terms))
        self.sellers.set_technicians(model.sellers, model.seller or None)
        self.tenders.set_tiles(model.tiles)
        texts = (words.text("How much"), words.text("Who sold it (may be left out)"), words.text("Paid with"))
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self.plan.set_face(model.plan)

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
        self._column = column
        head, who = QHBoxLayout(), QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self._name)
        who.addWidget(self._tail)
        head.addLayout(who, 2)
        head.addWidget(self._balance, 3)
        column.addLayout(head)
        parts = (
            (self._labels[0], self.offers),
            (self._labels[1], self.sellers),
            (self._labels[2], self.tenders),
        )
        for label, part in parts:
            column.addSpacing(4)
            column.addWidget(label)
            column.addWidget(part)
            if part is self.offers:
                column.addWidget(self._terms)
        column.addStretch(1)
        row.addWidget(card, 8)
        row.addWidget(self.plan, 5)
        return page

    def _connect(self) -> None:
        presenter = self.presenter
        self.card.typed.connect(presenter.search)
        self.card.chosen.connect(presenter.choose_member)
        self.offers.tapped.connect(presenter.choose)
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
