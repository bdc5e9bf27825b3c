"""A screen that sells value alone: whom it is for; what, seller and tenders left; planned tenders, pad and Complete right.

What is shown comes from each screen's view model, what happens is its presenter's. UI thread only.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.counter.charge_sheets import ChargeSheets
from salon_desk.ui.counter.paid_page import PaidPage
from salon_desk.ui.counter.plan_page import ReceiptClock, plan_page
from salon_desk.ui.counter.tender_panel import TenderPanel
from salon_desk.ui.counter.tender_tiles import TenderTiles
from salon_desk.ui.counter.value_sale_desk import ValueSaleDesk
from salon_desk.ui.counter.value_sale_model import ValueSaleModel
from salon_desk.ui.counter.whom_page import WhomPage
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.view_values import Heading
from salon_desk.ui.widgets.face_grid import TechnicianStrip
from salon_desk.ui.widgets.words import Role, Words

_ASKING, _SELLING, _PAID = range(3)


class ValueSaleScreen(Screen):
    """What such screens share. A screen makes its presenter and its own parts, then calls `_build(whom)`."""

    rail_key = "cards"
    presenter: ValueSaleDesk[Any]

    def __init__(self, host: ScreenHost) -> None:
        super().__init__(host)
        self._heading = Heading(back=True)
        self.wares, self.tenders = TenderTiles(), TenderTiles()
        self.sellers = TechnicianStrip()
        self.plan, self.paid = TenderPanel(host.language), PaidPage()
        self._name, self._note = Words("", Role.TITLE), Words("", Role.MUTED)
        self._labels = [Words("", Role.MUTED) for _ in range(3)]

    def _model(self) -> ValueSaleModel:
        """The screen in the language in use."""
        raise NotImplementedError

    def _fill(self, column: QVBoxLayout) -> None:
        """Put what is sold into the left column."""
        raise NotImplementedError

    def scanned(self, code: str) -> None:
        """A reader gave a code that is no payment card."""
        if not self.presenter.charging.talk.scanned(code):
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
    def shown(self) -> None:
        self.charges.show()

    @override
    def back(self) -> None:
        self.presenter.leave()

    @override
    def retranslate(self) -> None:
        self._whom.retranslate()
        self.render_state()

    def render_state(self) -> None:
        """Paint what the presenter knows."""
        self.rendered.emit()
        self.charges.show()
        model = self._model()
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
        if model.asks_whom:
            self._whom.set_results(model.results, self.presenter.state.query)
            self._pages.setCurrentIndex(_ASKING)
            return
        self._pages.setCurrentIndex(_SELLING)
        self._show_plan(model)

    def _show_plan(self, model: ValueSaleModel) -> None:
        self._name.setText(model.name)
        self._note.setText(model.note)
        self.wares.set_tiles(model.wares)
        self.sellers.set_technicians(model.sellers, model.seller or None)
        self.tenders.set_tiles(model.ways)
        for label, text in zip(self._labels, model.labels, strict=True):
            label.setText(text)
        self.plan.set_face(model.plan)

    def _watch_receipt(self) -> None:
        state = self.presenter.state
        self._clock.follow(state.receipt, sold=state.done is not None)

    def _add(self, column: QVBoxLayout, *parts: QWidget) -> None:
        """Parts under each other, a little air before each label."""
        for part in parts:
            if part in self._labels:
                column.addSpacing(4)
            column.addWidget(part)

    def _build(self, whom: WhomPage) -> None:
        self.charges = ChargeSheets(self, self.presenter.charging.talk)
        self._whom = whom
        self._pages = QStackedLayout(self)
        for page in (whom, plan_page(self.plan, self._fill), self.paid):
            self._pages.addWidget(page)
        presenter = self.presenter
        self._clock = ReceiptClock(self, presenter.refresh_receipt)
        whom.typed.connect(presenter.search)
        whom.chosen.connect(presenter.choose_member)
        self.wares.tapped.connect(presenter.choose)
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
