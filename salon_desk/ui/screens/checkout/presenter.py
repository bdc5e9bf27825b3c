"""What checkout does when it is tapped, typed into or scanned at. No Qt, no rule and no price here.

The gesture is tile, then face: the tile adds the line, the face belongs to the marked line (the one added last), and
the same face again says that the guest asked for her (点工). A face before its tile is kept for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from salon_desk.domain.access import Permission
from salon_desk.domain.catalog import Item
from salon_desk.domain.errors import DomainError, ShiftNotOpen
from salon_desk.domain.money import Money
from salon_desk.domain.shift import check_trading
from salon_desk.domain.ticket import TicketState
from salon_desk.services import cards, search, shifts, tickets
from salon_desk.services.errors import CardCodeShared
from salon_desk.services.search import Found
from salon_desk.services.tickets import NewLine, TicketView
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.counter.last_sale import LastSale
from salon_desk.ui.counter.notices import payment_card
from salon_desk.ui.link_desk import NO_LINE, ValueLine
from salon_desk.ui.screens.checkout import notices
from salon_desk.ui.screens.checkout.allergy import conflicts
from salon_desk.ui.screens.checkout.offers import TicketOffers
from salon_desk.ui.screens.checkout.state import CheckoutLinks, CheckoutState
from salon_desk.ui.screens.checkout.ticket_desk import CheckoutOutlet, TicketDesk
from salon_desk.ui.screens.checkout.ticket_edits import TicketEdits
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

_SEARCH = "checkout-search"


class CheckoutPresenter:
    """The screen's behaviour; `edits` holds what the sheets of a line, a discount and a member do."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        outlet: CheckoutOutlet,
        *,
        links: CheckoutLinks,
        approvals: Approvals,
        line: ValueLine = NO_LINE,
    ) -> None:
        self._desk = TicketDesk(till, tasks, session, outlet, approvals=approvals, line=line)
        self._till, self._tasks, self._session, self._outlet = till, tasks, session, outlet
        self._links = links
        self.edits = TicketEdits(self._desk)
        self.offers = TicketOffers(self._desk, line)

    @property
    def state(self) -> CheckoutState:
        """What the screen shows now."""
        return self._desk.state

    @property
    def idle(self) -> bool:
        """Whether everything that was asked for has answered."""
        return self._desk.steps.idle

    def shown(self) -> None:
        """The screen came to the front: read what may have changed."""
        self._desk.read()

    def search(self, text: str) -> None:
        """Something is being typed into the one field."""
        typed = text.strip()
        if not typed:
            self._desk.set(query="", found=None)
            return
        self._desk.set(query=typed)
        self._tasks.run(
            lambda: search.search(self._till, typed),
            lambda found: self._found(typed, found),
            self._outlet.refuse,
            replaces=_SEARCH,
        )

    def submit(self, text: str) -> None:
        """Enter in the search field: a code that somebody has, else the first that was found."""
        typed = text.strip()
        if typed:
            self._look_up(typed, unknown=lambda: self._take_first(typed))

    def choose_found(self, key: str) -> None:
        """A row of the results: "member/<id>" or "item/<id>"."""
        subject, _, wanted = key.partition("/")
        item = self.state.item(wanted) if subject == "item" else None
        self._desk.set(query="", found=None)
        if item is not None:
            self._tap(item)
        elif subject == "member":
            self.take_member(wanted)

    def code_scanned(self, code: str) -> None:
        """A reader gave a code: a card's, else a product's."""
        wanted = code.strip()
        self._look_up(wanted, unknown=lambda: notices.unknown_code(self._outlet, wanted), read=True)

    def payment_card_swiped(self) -> None:
        """A payment card was swiped and dropped."""
        payment_card(self._outlet)

    def choose_category(self, category: str) -> None:
        """Other tiles."""
        self._desk.set(category=category)

    def choose_ticket(self, ticket: str) -> None:
        """A ticket of the strip; one that is parked stays parked until something is done with it."""

        def decide() -> None:
            self._desk.set(ticket=ticket, line="", technician="", last_sale=None)

        self._desk.steps.add(decide, _nothing, self._desk.failed)

    def new_ticket(self) -> None:
        """An empty ticket, unless an empty one stands on the right already."""

        def decide() -> Callable[[], TicketView] | None:
            current = self.state.current
            if current is not None and _is_blank(current):
                return None
            actor, command = self._session.actor, self._session.new_command()
            return lambda: tickets.open_ticket(self._till, command, actor)

        self._desk.steps.add(decide, self._opened, self._desk.failed)

    def take_member(self, member: str, *, read: str = "") -> None:
        """A member stands here: her waiting ticket, else the ticket without a member, else a new one.

        `read`: the card by which a reader has found her.
        """

        def came(view: TicketView) -> None:
            self._note_read(view.ticket.ticket_id, read)
            self._member_came(view)

        def decide() -> Callable[[], TicketView] | None:
            waiting, current = self.state.of_member(member), self.state.current
            if waiting is not None:
                self._note_read(waiting.ticket.ticket_id, read)
                self._desk.set(ticket=waiting.ticket.ticket_id, line="", last_sale=None)
                self._desk.fetch(waiting)
                return None
            if current is not None and current.ticket.member is None:
                return self._desk.work(
                    lambda command, who, ticket: tickets.attach_member(
                        self._till, command, who, ticket, member=member
                    )
                )
            actor, command = self._session.actor, self._session.new_command()
            return lambda: tickets.open_ticket(self._till, command, actor, member=member)

        self._desk.steps.add(decide, came, self._desk.failed)

    def tap_item(self, item_id: str) -> None:
        """A tile: its line is added at once, unless something has to be asked first."""
        item = self.state.item(item_id)
        if item is not None:
            self._tap(item)

    def tap_technician(self, staff: str) -> None:
        """A face: the marked line is hers; the same face again says that she was requested."""

        def decide() -> Callable[[], TicketView] | None:
            line = self.state.current_line
            if line is None:
                self._desk.set(technician="" if self.state.technician == staff else staff)
                return None
            requested = line.technician == staff and not line.requested
            return self._desk.work(
                lambda command, who, ticket: tickets.assign(
                    self._till, command, who, ticket, line=line.line_id, technician=staff, requested=requested
                )
            )

        self._desk.steps.add(decide, self._desk.changed, self._desk.failed)

    def park(self) -> None:
        """Put the ticket aside (挂单)."""

        def make(command: str, actor: Actor, ticket: str) -> TicketView:
            cards.release(self._till, f"{command}/free", actor, ticket)
            return tickets.park(self._till, command, actor, ticket)

        self._desk.change(make, self._parked)

    def resume(self) -> None:
        """Take the parked ticket on the right up again."""
        self._desk.change(lambda _command, _actor, ticket: tickets.view(self._till, ticket))

    def discard(self) -> None:
        """Throw the ticket away; one with lines asks, and needs the permission to void."""
        current = self.state.current
        if current is None:
            return
        ticket = current.ticket
        if ticket.lines:
            notices.ask_discard(
                self._outlet,
                current,
                lambda: self._desk.approved(
                    Permission.VOID, lambda who: self._discard(who, ticket.ticket_id)
                ),
            )
        else:
            self._discard(self._session.actor, ticket.ticket_id)

    def pay(self) -> None:
        """Go and take the payment; says so when no shift is open."""

        def decide() -> Callable[[], TicketView] | None:
            current = self.state.current
            if current is None or not current.ticket.lines:
                return None
            return self._desk.work(lambda _command, _actor, ticket: self._ready(ticket))

        self._desk.steps.add(decide, self._go_paying, self._not_ready)

    def sale_paid(self, ticket: str, sale: LastSale) -> None:
        """The pay screen has taken the payment: the change stays here until the next ticket opens."""
        self._desk.take(replace(self.state.without_ticket(ticket), last_sale=sale))

    def top_up(self) -> None:
        """Sell value for the member's card."""
        card = _card_of(self.state.current)
        if card:
            self._links.on_top_up(card)

    def new_member(self) -> None:
        """Nobody was found: add a member with what was typed."""
        self._links.on_new_member(self.state.query)

    def open_member(self) -> None:
        """The member's own page."""
        current = self.state.current
        if current is not None and current.ticket.member:
            self._links.on_member(current.ticket.member)

    def _found(self, typed: str, found: tuple[Found, ...]) -> None:
        if typed == self.state.query:
            self._desk.set(found=found)

    def _take_first(self, typed: str) -> None:
        found = self.state.found or ()
        if typed == self.state.query and found:
            self._take(found[0])

    def _note_read(self, ticket: str, card: str) -> None:
        if card:
            self._session.presented.note(ticket, card)

    def _look_up(self, code: str, *, unknown: Callable[[], None], read: bool = False) -> None:
        def done(found: Found | None) -> None:
            if found is None:
                unknown()
            else:
                self._take(found, read=read)

        def failed(refusal: DomainError) -> None:
            self._desk.failed(refusal)
            if isinstance(refusal, CardCodeShared):
                self.search(code)

        self._desk.steps.add(lambda: lambda: search.by_code(self._till, code), done, failed)

    def _take(self, found: Found, *, read: bool = False) -> None:
        if self.state.query:
            self._desk.set(query="", found=None)
        if found.item is not None:
            self._tap(found.item)
        elif found.member is not None:
            if found.card is not None and found.card.frozen:
                notices.frozen_card(self._outlet, found.card.tail, found.card.frozen_reason)
            else:
                self._outlet.clear_notice()
            card = found.card.card if read and found.card is not None else ""
            self.take_member(found.member.member_id, read=card)

    def _tap(self, item: Item) -> None:
        """What has to be asked is asked when its turn comes, for then the member is known."""

        def decide() -> Callable[[], TicketView] | None:
            current = self.state.current
            allergies = current.member.member.allergies if current and current.member else ()
            matching = conflicts(allergies, item.names)
            if matching and not self._desk.was_shown(item.item_id):
                notices.ask_allergy(self._outlet, item, matching, lambda: self._confirmed(item, matching))
                return None
            if item.price is None:
                self._ask_price(item)
                return None
            return self._adding(item)

        self._desk.steps.add(decide, self._line_added, self._desk.failed)

    def _confirmed(self, item: Item, allergies: tuple[str, ...]) -> None:
        self._desk.keep_shown(item.item_id, allergies)
        self._add_or_price(item)

    def _add_or_price(self, item: Item) -> None:
        if item.price is None:
            self._ask_price(item)
        else:
            self._add(item)

    def _ask_price(self, item: Item) -> None:
        words = self._outlet.catalogue
        name = item.names.in_language(words.language)
        catalogue = self.state.catalogue
        if catalogue is not None:
            self._outlet.ask_amount(
                name,
                words.text("Add"),
                currency=catalogue.shop.currency,
                given=lambda price: self._add(item, price),
            )

    def _add(self, item: Item, price: Money | None = None) -> None:
        self._desk.steps.add(lambda: self._adding(item, price), self._line_added, self._desk.failed)

    def _adding(self, item: Item, price: Money | None = None) -> Callable[[], TicketView]:
        asked = NewLine(item.item_id, self.state.technician, price=price)
        return self._desk.work(
            lambda command, who, ticket: tickets.add_line(self._till, command, who, ticket, asked)
        )

    def _line_added(self, view: TicketView) -> None:
        line = view.ticket.lines[-1].line_id
        self._desk.take(replace(self.state.with_ticket(view), line=line, technician=""))

    def _opened(self, view: TicketView) -> None:
        self._desk.take(replace(self.state.with_ticket(view), line="", technician=""))

    def _member_came(self, view: TicketView) -> None:
        same = self.state.ticket == view.ticket.ticket_id
        self._desk.take(replace(self.state.with_ticket(view), line=self.state.line if same else ""))
        self._desk.fetch(view)
        self.offers.fetch()
        allergies = view.member.member.allergies if view.member else ()
        found = [line.names for line in view.ticket.lines if conflicts(allergies, line.names)]
        if found:
            notices.allergy_on_ticket(self._outlet, found)

    def _parked(self, view: TicketView) -> None:
        state = self.state.with_ticket(view)
        self._desk.take(replace(state, ticket="", line="", technician=""))

    def _discard(self, actor: Actor, ticket: str) -> None:
        free, command = self._session.new_command(), self._session.new_command()

        def work() -> None:
            cards.release(self._till, free, actor, ticket)
            tickets.discard(self._till, command, actor, ticket)

        self._desk.steps.add(
            lambda: work, lambda _none: self._desk.take(self.state.without_ticket(ticket)), self._desk.failed
        )

    def _ready(self, ticket: str) -> TicketView:
        """On the database worker: refuse before the pay screen opens if nothing can be taken."""
        shift = shifts.status(self._till).shift
        check_trading(shift.state if shift else None)
        return tickets.view(self._till, ticket)

    def _go_paying(self, view: TicketView) -> None:
        self._desk.changed(view)
        self._links.on_pay(view.ticket.ticket_id)

    def _not_ready(self, error: DomainError) -> None:
        if isinstance(error, ShiftNotOpen):
            notices.no_shift(self._outlet, self._links.on_open_shift)
        else:
            self._desk.failed(error)


def _is_blank(view: TicketView) -> bool:
    ticket = view.ticket
    return ticket.state is TicketState.OPEN and not ticket.lines and ticket.member is None


def _card_of(view: TicketView | None) -> str:
    """The card that a top-up from here is for: the member's first that is not frozen."""
    owned = view.member.cards if view is not None and view.member is not None else ()
    return next((card.card for card, _value in owned if not card.frozen), "")


def _nothing(_result: None) -> None:
    """Nothing came back, and nothing is to be done."""
