"""The pay screen: what is due, tips, stored value and tenders left; planned tenders, pad and Complete right.

What is shown comes from `view_model`, what happens is the presenter's. After the payment another page stands until
the next guest. UI thread only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout
from typing_extensions import override

from salon_desk.services.till import Till
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.charging import NO_TERMINAL, ChargeLine
from salon_desk.ui.counter import tender_tiles
from salon_desk.ui.counter.captured import CHARGE
from salon_desk.ui.counter.charge_sheets import ChargeSheets
from salon_desk.ui.counter.host_outlet import HostOutlet
from salon_desk.ui.counter.paid_page import PaidPage
from salon_desk.ui.counter.plan_page import ReceiptClock, plan_page
from salon_desk.ui.counter.tender_panel import TenderPanel
from salon_desk.ui.counter.tender_tiles import TenderTiles
from salon_desk.ui.link_desk import NO_LINE, ValueLine
from salon_desk.ui.phone_bridge import NO_PHONE, PhoneBridge
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.pay import tip_bar
from salon_desk.ui.screens.pay.faces import PayModel
from salon_desk.ui.screens.pay.fetch_sheet import FetchSheet
from salon_desk.ui.screens.pay.offer_band import OfferBand
from salon_desk.ui.screens.pay.override_sheet import OverrideSheet
from salon_desk.ui.screens.pay.presenter import OnPaid, PayPresenter
from salon_desk.ui.screens.pay.proof_sheet import ProofSheet, connect
from salon_desk.ui.screens.pay.state import Fetch, Override, Proving
from salon_desk.ui.screens.pay.tip_bar import TipBar
from salon_desk.ui.screens.pay.tip_sheet import TipSheet
from salon_desk.ui.screens.pay.value_panel import ValuePanels
from salon_desk.ui.screens.pay.view_model import pay_model
from salon_desk.ui.session import Session
from salon_desk.ui.theme.tokens import Type
from salon_desk.ui.view_values import Heading
from salon_desk.ui.widgets.words import AmountRow, Figure, Role, Words

_ROOMY_FROM = 900


class PayScreen(Screen):
    """Bootstrap calls `begin(ticket)` before it shows the screen, and gives scans to `code_scanned`."""

    rail_key = "checkout"

    def __init__(
        self,
        host: ScreenHost,
        till: Till,
        session: Session,
        *,
        on_paid: OnPaid,
        on_done: Callable[[], None],
        line: ValueLine = NO_LINE,
        phone: PhoneBridge = NO_PHONE,
        terminal: ChargeLine = NO_TERMINAL,
    ) -> None:
        super().__init__(host)
        outlet = HostOutlet(host, self.render_state)
        self.presenter = PayPresenter(
            till,
            host.tasks,
            session,
            outlet,
            on_paid=on_paid,
            on_done=on_done,
            approvals=ApprovalDesk(host, till, session),
            line=line,
            phone=phone,
            terminal=terminal,
        )
        self.charges = ChargeSheets(self, self.presenter.charging.talk)
        self._heading = Heading(back=True)
        self.due = Figure("", size=Type.DUE, align=Qt.AlignmentFlag.AlignLeft)
        self._due_label = Words("", Role.MUTED)
        self._sums: list[AmountRow] = []
        self.tips, self.values, self.tenders = TipBar(), ValuePanels(), TenderTiles()
        self.fetch, self.offer = OfferBand(), OfferBand()
        self.plan, self.paid = TenderPanel(host.language), PaidPage()
        self.fetch_sheet: FetchSheet | None = None
        self.override_sheet: OverrideSheet | None = None
        self.proof_sheet: ProofSheet | None = None
        self._pages = QStackedLayout(self)
        self._pages.addWidget(plan_page(self.plan, self._fill))
        self._pages.addWidget(self.paid)
        self._clock = ReceiptClock(self, self.presenter.refresh_receipt)
        self._connect()

    def begin(self, ticket: str) -> None:
        """Another ticket is to be paid."""
        self.presenter.begin(ticket)

    def code_scanned(self, code: str) -> None:
        """A reader gave a code that is no payment card."""
        self.presenter.code_scanned(code)

    def payment_card_swiped(self) -> None:
        """A payment card was swiped and dropped."""
        self.presenter.payment_card_swiped()

    @override
    def heading(self) -> Heading:
        return self._heading

    @override
    def shown(self) -> None:
        self.charges.show()

    @override
    def left(self) -> None:
        self.presenter.abandon()

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        roomy = self.height() >= _ROOMY_FROM
        self.tips.set_height(tip_bar.ROOMY if roomy else tip_bar.HEIGHT)
        self.tenders.set_height(tender_tiles.ROOMY if roomy else tender_tiles.HEIGHT)
        self._column.setSpacing(24 if roomy else 12)

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
        self.presenter.back()

    @override
    def retranslate(self) -> None:
        self.render_state()

    def render_state(self) -> None:
        """Paint what the presenter knows."""
        self.rendered.emit()
        self._show_fetch(self.presenter.state.fetch)
        self._show_override(self.presenter.state.override)
        self._show_proving(self.presenter.state.proving)
        self.charges.show()
        model = pay_model(self.presenter.state, self.words.catalogue)
        if model.heading != self._heading:
            self._heading = model.heading
            self.heading_changed.emit()
        if model.paid is not None:
            self.paid.set_face(model.paid)
            if self._pages.currentIndex() != 1:
                self._pages.setCurrentIndex(1)
                self.paid.next.setFocus(Qt.FocusReason.OtherFocusReason)
            self._watch_receipt()
            return
        self._pages.setCurrentIndex(0)
        self._show_plan(model)

    def _watch_receipt(self) -> None:
        state = self.presenter.state
        self._clock.follow(state.receipt, sold=state.sold is not None)

    def _show_plan(self, model: PayModel) -> None:
        self._due_label.setText(model.due_label)
        self.due.set_text(model.due)
        self._show_sums(model.sums)
        self.tips.set_tips(model.tip_title, model.tip_note, model.tip_split, model.tips)
        self.values.set_values(model.values)
        self.fetch.set_face(model.fetch)
        self.tenders.set_tiles(model.tiles)
        self.offer.set_face(model.offer)
        self.plan.set_face(model.plan)

    def _show_sums(self, sums: tuple[tuple[str, str], ...]) -> None:
        while len(self._sums) < len(sums):
            row = AmountRow()
            row.setContentsMargins(0, -2, 0, -2)
            self._sums.append(row)
            self._sum_column.insertWidget(len(self._sums), row)
        for row, (label, amount) in zip(self._sums, sums, strict=False):
            row.set_words(label, amount)
            row.show()
        for spare in self._sums[len(sums) :]:
            spare.hide()

    def _fill(self, column: QVBoxLayout) -> None:
        column.setSpacing(12)
        self._column = column
        head = QHBoxLayout()
        due = QVBoxLayout()
        due.setSpacing(0)
        due.addWidget(self._due_label)
        due.addWidget(self.due)
        due.addStretch(1)
        head.addLayout(due, 3)
        self._sum_column = QVBoxLayout()
        self._sum_column.setSpacing(0)
        self._sum_column.addStretch(1)
        self._sum_column.addStretch(1)
        head.addLayout(self._sum_column, 2)
        column.addLayout(head)
        for part in (self.tips, self.values, self.fetch, self.tenders, self.offer):
            column.addWidget(part)

    def _connect(self) -> None:
        presenter, edits = self.presenter, self.presenter.edits
        self.tips.chosen.connect(edits.choose_tip)
        self.tips.split_wanted.connect(self._open_tips)
        self.values.tapped.connect(edits.toggle_stored)
        self.tenders.tapped.connect(edits.choose_tender)
        self.fetch.acted.connect(presenter.fetch.start)
        self.fetch.seconded.connect(presenter.override.start)
        self.offer.acted.connect(self._offer)
        self.plan.row_tapped.connect(edits.tap_row)
        self.plan.row_removed.connect(self._remove)
        self.plan.field_tapped.connect(edits.tap_field)
        self.plan.quick_tapped.connect(edits.quick)
        self.plan.digit.connect(edits.press)
        self.plan.backspace.connect(edits.erase)
        self.plan.reference_typed.connect(edits.refer)
        self.plan.completed.connect(presenter.complete)
        self.paid.next_wanted.connect(presenter.next)
        self.paid.reprint_wanted.connect(presenter.reprint)
        self.paid.remind_wanted.connect(presenter.paper.print_it)

    def _remove(self, key: str) -> None:
        """Plan without a tender; what was charged has to be voided."""
        if key.startswith(CHARGE):
            self.presenter.charging.give_back(key)
        else:
            self.presenter.edits.remove_tender(key)

    def _offer(self) -> None:
        if self.presenter.state.draft.top_up is None:
            self.presenter.take_offer()
        else:
            self.presenter.drop_offer()

    def _show_fetch(self, fetch: Fetch | None) -> None:
        """Lay the sheet of a telephone's code, tell it how it stands, or take it away."""
        sheet = self.fetch_sheet
        if fetch is None:
            self.fetch_sheet = None
            if sheet is not None:
                sheet.closed.emit()
        elif sheet is not None:
            sheet.set_fetch(fetch)
        else:
            self.fetch_sheet = sheet = FetchSheet(self.words)
            sheet.set_fetch(fetch)
            sheet.closed.connect(self._fetch_closed)
            self.host.open_sheet(sheet)

    def _fetch_closed(self) -> None:
        """Somebody gave it up."""
        if self.fetch_sheet is not None:
            self.fetch_sheet = None
            self.presenter.fetch.stop()

    def _show_override(self, override: Override | None) -> None:
        """Lay the sheet of a manager's override, or take it away."""
        sheet = self.override_sheet
        if override is None and sheet is not None:
            self.override_sheet = None
            sheet.closed.emit()
        elif override is not None and sheet is None:
            self.override_sheet = sheet = OverrideSheet(override, self.words.catalogue)
            sheet.wanted.connect(self.presenter.override.ask)
            sheet.closed.connect(self._override_closed)
            self.host.open_sheet(sheet)

    def _override_closed(self) -> None:
        """Somebody gave it up."""
        if self.override_sheet is not None:
            self.override_sheet = None
            self.presenter.override.stop()

    def _show_proving(self, proving: Proving | None) -> None:
        """Lay the sheet that asks who spends, tell it how that stands, or take it away."""
        sheet = self.proof_sheet
        if proving is None:
            self.proof_sheet = None
            if sheet is not None:
                sheet.closed.emit()
        elif sheet is not None:
            sheet.set_proving(proving)
        else:
            self.proof_sheet = sheet = ProofSheet(self.host.language)
            sheet.set_proving(proving)
            connect(sheet, self.presenter.proving)
            sheet.closed.connect(self._proving_closed)
            self.host.open_sheet(sheet)

    def _proving_closed(self) -> None:
        """Somebody gave it up."""
        if self.proof_sheet is not None:
            self.proof_sheet = None
            self.presenter.proving.stop()

    def _open_tips(self) -> None:
        state = self.presenter.state
        if state.reckoned is None:
            return
        preview = state.reckoned.preview
        sheet = TipSheet(self.words, state.technicians, dict(preview.tips), currency=preview.due.currency)
        sheet.given.connect(self.presenter.edits.split_tip)
        self.host.open_sheet(sheet)
