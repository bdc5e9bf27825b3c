"""What the checkout screen knows, as one frozen value, and the ways out of it that bootstrap wires.

No word and no Qt lives here. Every change of the screen is a new state; the language is not part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final

from salon_desk.domain.catalog import Item
from salon_desk.domain.ticket import TicketLine
from salon_desk.services.catalogue import CatalogueView
from salon_desk.services.promotions import Review
from salon_desk.services.search import Found
from salon_desk.services.tickets import TicketView
from salon_desk.services.visits import Fitting
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.counter.elsewhere import Lying, Place
from salon_desk.ui.counter.last_sale import LastSale
from salon_desk.ui.link_desk import Reach


@dataclass(frozen=True, slots=True)
class CheckoutLinks:
    """Where the checkout screen hands over: each is wired by bootstrap to another screen.

    `on_pay(ticket)`, `on_top_up(card)`, `on_member(member)`, `on_new_member(typed)`, `on_open_shift()`.
    """

    on_pay: Callable[[str], None]
    on_top_up: Callable[[str], None]
    on_member: Callable[[str], None]
    on_new_member: Callable[[str], None]
    on_open_shift: Callable[[], None]


_IN_REACH: Final = Reach()


@dataclass(frozen=True, slots=True)
class CheckoutState:
    """Everything the screen shows.

    `line`: the line that faces belong to. `technician`: a face that was tapped before its tile. `found`: None while
    nothing is searched. `fitting`: the series that could pay the line whose sheet is open. `lying`: where value of the waiting members' cards lies that is not here. `review`: why each
    promotion applies to the ticket on the right, as it was read last for the sheet of offers.
    """

    catalogue: CatalogueView | None = None
    technicians: tuple[StaffMember, ...] = ()
    waiting: tuple[TicketView, ...] = ()
    ticket: str = ""
    line: str = ""
    technician: str = ""
    category: str = ""
    query: str = ""
    found: tuple[Found, ...] | None = None
    last_sale: LastSale | None = None
    lying: tuple[Lying, ...] = ()
    reach: Reach = _IN_REACH
    fitting: tuple[Fitting, ...] = ()
    review: Review | None = None

    @property
    def current(self) -> TicketView | None:
        """The ticket on the right."""
        return next((one for one in self.waiting if one.ticket.ticket_id == self.ticket), None)

    @property
    def current_line(self) -> TicketLine | None:
        """The line that a tap on a face gives away."""
        return self.line_of(self.line)

    def line_of(self, line_id: str) -> TicketLine | None:
        """A line of the ticket on the right."""
        view = self.current
        if view is None:
            return None
        return next((line for line in view.ticket.lines if line.line_id == line_id), None)

    def of_member(self, member: str) -> TicketView | None:
        """The waiting ticket of a member, if there is one."""
        return next((one for one in self.waiting if one.ticket.member == member), None)

    def places(self, cards: Collection[str]) -> tuple[Place, ...]:
        """Where value of these cards lies that is not here."""
        return tuple(place for one in self.lying if one.card in cards for place in one.places)

    def item(self, item_id: str) -> Item | None:
        """An item among the tiles and the search results."""
        tiles = self.catalogue.tiles if self.catalogue else ()
        shown = (item for group in tiles for item in group.items)
        found = (one.item for one in self.found or () if one.item is not None)
        return next((item for item in (*shown, *found) if item.item_id == item_id), None)

    def with_ticket(self, view: TicketView) -> CheckoutState:
        """The state with a ticket as it came back from the services, on the right."""
        ticket_id = view.ticket.ticket_id
        known = any(one.ticket.ticket_id == ticket_id for one in self.waiting)
        waiting = tuple(view if one.ticket.ticket_id == ticket_id else one for one in self.waiting)
        return replace(self, waiting=waiting if known else (*waiting, view), ticket=ticket_id, last_sale=None)

    def without_ticket(self, ticket_id: str) -> CheckoutState:
        """The state after a ticket was thrown away or paid."""
        waiting = tuple(one for one in self.waiting if one.ticket.ticket_id != ticket_id)
        chosen = "" if self.ticket == ticket_id else self.ticket
        return replace(self, waiting=waiting, ticket=chosen, line="" if not chosen else self.line)
