"""The checkout screen: search, open tickets, categories, tiles and technicians left, the ticket right.

What is shown comes from `view_model`, what happens is the presenter's. UI thread only; nothing here waits for the
database.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.domain.money import Money
from salon_desk.domain.ticket import TicketState
from salon_desk.i18n import N_
from salon_desk.services.till import Till
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.charging import NO_TERMINAL, ChargeLine
from salon_desk.ui.counter.amount_sheet import AmountSheet
from salon_desk.ui.counter.host_outlet import HostOutlet
from salon_desk.ui.link_desk import NO_LINE, ValueLine
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.checkout.discount_sheet import DiscountSheet
from salon_desk.ui.screens.checkout.line_sheet import LineSheet
from salon_desk.ui.screens.checkout.member_sheet import MemberSheet
from salon_desk.ui.screens.checkout.offers_sheet import OffersSheet
from salon_desk.ui.screens.checkout.presenter import CheckoutPresenter
from salon_desk.ui.screens.checkout.results import ResultsPage
from salon_desk.ui.screens.checkout.state import CheckoutLinks
from salon_desk.ui.screens.checkout.ticket_charges import TicketCharges, marked
from salon_desk.ui.screens.checkout.ticket_panel import TicketPanel
from salon_desk.ui.screens.checkout.tile_shelves import TileShelves
from salon_desk.ui.screens.checkout.view_model import CheckoutModel, checkout_model
from salon_desk.ui.session import Session
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets import ticket_card
from salon_desk.ui.widgets.action_button import plain
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.face_grid import TechnicianStrip, TicketStrip
from salon_desk.ui.widgets.search_field import SearchField
from salon_desk.ui.widgets.words import Role, Words

_LEAST_PANEL, _MOST_PANEL = 356, 560


class CheckoutScreen(Screen):
    """Bootstrap gives scans to `code_scanned` and `payment_card_swiped`, and a paid ticket to `presenter.sale_paid`."""

    def __init__(
        self,
        host: ScreenHost,
        till: Till,
        session: Session,
        links: CheckoutLinks,
        *,
        line: ValueLine = NO_LINE,
        terminal: ChargeLine = NO_TERMINAL,
    ) -> None:
        super().__init__(host)
        self._sheets: list[LineSheet | DiscountSheet | OffersSheet] = []
        self._shown: CheckoutModel | None = None
        outlet = _Outlet(host, self.render_state)
        self.presenter = CheckoutPresenter(
            till,
            host.tasks,
            session,
            outlet,
            links=links,
            approvals=ApprovalDesk(host, till, session),
            line=line,
        )
        self._charges = TicketCharges(host.tasks, terminal, self.render_state)
        self.search = SearchField(host.language)
        self.search.set_placeholder(N_("Card, phone, name, service"))
        self.tickets = TicketStrip()
        self.new_ticket = plain(icon=Icon.PLUS, height=ticket_card.HEIGHT)
        self.categories, self.items, self.faces = CategoryPills(), TileShelves(), TechnicianStrip()
        self.results = ResultsPage(host.language)
        self.panel = TicketPanel(host.language)
        self._more = Words("", Role.MUTED)
        self._lay_out()
        self._connect()

    def code_scanned(self, code: str) -> None:
        """A reader gave a code that is no payment card."""
        self.presenter.code_scanned(code)

    def payment_card_swiped(self) -> None:
        """A payment card was swiped and dropped."""
        self.presenter.payment_card_swiped()

    @override
    def kept_clear(self) -> int:
        return self.panel.width()

    @override
    def shown(self) -> None:
        self.presenter.shown()
        self._charges.look()

    @override
    def retranslate(self) -> None:
        self._shown = None
        self.render_state()

    def render_state(self) -> None:
        """Paint what the presenter knows; parts that say the same as before are left alone."""
        self.rendered.emit()
        state = self.presenter.state
        words, before = self.words.catalogue, self._shown
        model = marked(checkout_model(state, words), self._charges.charges, words)
        self._shown = model
        if before is None or (model.tickets, model.ticket) != (before.tickets, before.ticket):
            self.tickets.set_tickets(model.tickets, model.ticket)
            self._name_new_ticket(bool(model.tickets))
            QTimer.singleShot(0, self, self._show_chosen_ticket)
        if before is None or (model.categories, model.category) != (before.categories, before.category):
            self.categories.set_categories(model.categories, model.category)
        shelves = (model.shelves, model.item)
        if before is None or shelves != (before.shelves, before.item):
            self.items.set_shelves(*shelves)
        if before is None or model.category != before.category:
            self.items.to_top()
        faces = (model.technicians, model.technician)
        if before is None or faces != (before.technicians, before.technician):
            self.faces.set_technicians(*faces)
        self._more.setText(model.more_items)
        self._more.setVisible(bool(model.more_items))
        self._show_results(model)
        self._show_panel(model)
        if not state.query and self.search.text and before is not None:
            self.search.field.clear()
        for sheet in tuple(self._sheets):
            sheet.show_state(state)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.panel.setFixedWidth(max(_LEAST_PANEL, min(_MOST_PANEL, self.width() * 34 // 100)))

    @override
    def sizeHint(self) -> QSize:
        return QSize(1270, 712)

    def _show_chosen_ticket(self) -> None:
        """Scroll the strip to the ticket on the right, once it is laid out."""
        card = self.tickets.card(self.presenter.state.ticket)
        if card is not None:
            self.tickets.ensureWidgetVisible(card, 0, 0)

    def _name_new_ticket(self, among_others: bool) -> None:
        """A plus among tickets; with its name while it stands alone."""
        name = self.words.catalogue.text("New ticket")
        self.new_ticket.set_text("" if among_others else name, name)

    def _show_results(self, model: CheckoutModel) -> None:
        if model.results is not None:
            self.results.set_results(model.results, model.nothing_found)
        self._pages.setCurrentIndex(0 if model.results is None else 1)

    def _show_panel(self, model: CheckoutModel) -> None:
        if model.panel is None:
            self.panel.set_empty(model.empty)
            return
        self.panel.set_ticket(model.panel)
        chosen = next((line.key for line in model.panel.lines if line.chosen), "")
        if chosen:
            self.panel.show_line(chosen)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setContentsMargins(18, 14, 18, 14)
        left.setSpacing(12)
        strip = QHBoxLayout()
        strip.setSpacing(Size.GAP + 2)
        strip.addWidget(self.tickets, 1)
        strip.addWidget(self.new_ticket)
        left.addWidget(self.search)
        left.addLayout(strip)
        tiles = QWidget()
        column = QVBoxLayout(tiles)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.categories, self.items, self._more, self.faces):
            column.addWidget(part, 1 if part is self.items else 0)
        self._pages = QStackedWidget()
        self._pages.addWidget(tiles)
        self._pages.addWidget(self.results)
        left.addWidget(self._pages, 1)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def _connect(self) -> None:
        presenter = self.presenter
        self.search.typed.connect(presenter.search)
        self.search.submitted.connect(presenter.submit)
        self.search.keyboard_wanted.connect(lambda: self.host.open_keyboard(self.search.field))
        self.results.tapped.connect(presenter.choose_found)
        self.results.new_member_wanted.connect(presenter.new_member)
        self.tickets.tapped.connect(presenter.choose_ticket)
        self.new_ticket.clicked.connect(presenter.new_ticket)
        self.categories.tapped.connect(presenter.choose_category)
        self.items.tapped.connect(presenter.tap_item)
        self.faces.tapped.connect(presenter.tap_technician)
        self.panel.line_tapped.connect(self._open_line)
        self.panel.discount_wanted.connect(lambda: self._open_discounts(""))
        self.panel.offers_wanted.connect(self._open_offers)
        self.panel.park_wanted.connect(self._park_or_resume)
        self.panel.slip_wanted.connect(lambda: presenter.edits.print_slip(self.words.code))
        self.panel.discard_wanted.connect(presenter.discard)
        self.panel.pay_wanted.connect(presenter.pay)
        self.panel.head.top_up_wanted.connect(presenter.top_up)
        self.panel.head.name_tapped.connect(self._open_member)

    def _park_or_resume(self) -> None:
        current = self.presenter.state.current
        if current is not None and current.ticket.state is TicketState.PARKED:
            self.presenter.resume()
        else:
            self.presenter.park()

    def _open_line(self, line: str) -> None:
        self.presenter.edits.mark(line)
        sheet = LineSheet(self.words, self.presenter.edits, line)
        sheet.price_wanted.connect(lambda: self._ask_price(line))
        sheet.discount_wanted.connect(lambda: self._open_discounts(line))
        self._open(sheet)

    def _open_discounts(self, line: str) -> None:
        sheet = DiscountSheet(self.words, self.presenter.edits, line)
        sheet.offers_wanted.connect(self._open_offers)
        self._open(sheet)

    def _open_offers(self) -> None:
        self._open(OffersSheet(self.words, self.presenter.offers))

    def _open_member(self) -> None:
        model = self._shown
        if model is not None and model.panel is not None:
            self.host.open_sheet(MemberSheet(self.words, self.presenter, model.panel.name))

    def _open(self, sheet: LineSheet | DiscountSheet | OffersSheet) -> None:
        self._sheets.append(sheet)
        sheet.closed.connect(lambda: self._sheets.remove(sheet) if sheet in self._sheets else None)
        self.host.open_sheet(sheet)
        sheet.show_state(self.presenter.state)

    def _ask_price(self, line: str) -> None:
        words, state = self.words.catalogue, self.presenter.state
        told = state.line_of(line)
        if told is None:
            return
        name = told.names.in_language(words.language)
        now = words.text("Now {amount}", amount=words.money(told.unit_price))
        sheet = AmountSheet(
            self.words,
            told.unit_price.currency,
            title=name,
            confirm=words.text("Set the price"),
            detail=now,
        )
        sheet.given.connect(lambda price: self.presenter.edits.price(line, price))
        self.host.open_sheet(sheet)


class _Outlet(HostOutlet):
    """What the presenter asks of the window, with the sheet for an amount."""

    def __init__(self, host: ScreenHost, render: Callable[[], None]) -> None:
        super().__init__(host, render)
        self._screen_host = host

    def ask_amount(self, title: str, confirm: str, *, currency: str, given: Callable[[Money], None]) -> None:
        """See `ticket_desk.CheckoutOutlet`."""
        sheet = AmountSheet(self._screen_host.language, currency, title=title, confirm=confirm)
        sheet.given.connect(given)
        self._screen_host.open_sheet(sheet)
