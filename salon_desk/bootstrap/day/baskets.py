"""What a guest has done and takes home: lines with their technicians, quantities, typed prices, discounts.

How it is paid is in `payments.py`. Technicians are taken in roster order unless a guest asks for one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto

from salon_desk.bootstrap.day.counter import Counter
from salon_desk.bootstrap.day.deck import Deck
from salon_desk.domain.catalog import Item, ItemKind
from salon_desk.domain.names import Names
from salon_desk.domain.ticket import Bearer, Discount
from salon_desk.services import tickets
from salon_desk.services.catalogue import Tiles
from salon_desk.services.tickets import NewLine, TicketView

_HAND_WRITTEN = Names("Small courtesy", "小小心意", "小小心意")


class Basket(Enum):
    """What somebody comes for."""

    ONE_SERVICE = auto()
    TWO_TECHNICIANS = auto()
    SERVICE_AND_PRODUCT = auto()
    PRODUCT = auto()
    SEVERAL_OF_ONE = auto()
    OPEN_PRICE = auto()
    CHANGED_MIND = auto()


class Discounted(Enum):
    """Whether the ticket is made cheaper, and how."""

    NO = auto()
    OF_THE_SHOP = auto()
    TYPED = auto()
    PRICE = auto()


class Baskets:
    """Puts lines on tickets."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        items = [item for tile in counter.view.tiles for item in tile.items]
        self._services = _by_demand(counter.view.tiles)
        self._products = [one for one in items if one.kind is ItemKind.PRODUCT and one.price]
        self._open = [one for one in items if one.price is None]
        self._turn = counter.dice.randrange(1000)
        self._kinds = Deck(
            counter.dice,
            {
                Basket.ONE_SERVICE: 14,
                Basket.TWO_TECHNICIANS: 9,
                Basket.SERVICE_AND_PRODUCT: 7,
                Basket.PRODUCT: 3,
                Basket.SEVERAL_OF_ONE: 3,
                Basket.OPEN_PRICE: 2,
                Basket.CHANGED_MIND: 2,
            },
        )
        self._discounts = Deck(
            counter.dice,
            {Discounted.NO: 30, Discounted.OF_THE_SHOP: 7, Discounted.TYPED: 2, Discounted.PRICE: 1},
        )

    def fill(self, ticket: str) -> TicketView:
        """Put on a ticket what its guest wants, and make it cheaper now and then."""
        kind = self._kinds.draw()
        view = self._fillings()[kind](ticket)
        return self._discount(view)

    def add_product(self, ticket: str) -> None:
        """Something from the shelf at the last moment."""
        if self._products:
            self._add(ticket, self._counter.dice.choice(self._products), technician="")

    def add_something(self, ticket: str) -> TicketView:
        """At least one line, for a ticket that was left without any."""
        return self._one(ticket)

    def _fillings(self) -> dict[Basket, Callable[[str], TicketView]]:
        return {
            Basket.ONE_SERVICE: self._one,
            Basket.TWO_TECHNICIANS: self._two,
            Basket.SERVICE_AND_PRODUCT: self._service_and_product,
            Basket.PRODUCT: self._product,
            Basket.SEVERAL_OF_ONE: self._several,
            Basket.OPEN_PRICE: self._typed_price,
            Basket.CHANGED_MIND: self._changed_mind,
        }

    def _one(self, ticket: str) -> TicketView:
        return self._add(ticket, self._counter.dice.choice(self._services), technician=self._next())

    def _two(self, ticket: str) -> TicketView:
        self._one(ticket)
        return self._one(ticket)

    def _service_and_product(self, ticket: str) -> TicketView:
        view = self._one(ticket)
        if self._products:
            view = self._add(ticket, self._counter.dice.choice(self._products), technician="")
        return view

    def _product(self, ticket: str) -> TicketView:
        if not self._products:
            return self._one(ticket)
        return self._add(ticket, self._counter.dice.choice(self._products), technician="")

    def _several(self, ticket: str) -> TicketView:
        """Nail art by the finger: the cheapest service, several times."""
        self._one(ticket)
        cheapest = min(self._services, key=lambda item: (item.price.cents if item.price else 0, item.item_id))
        view = self._add(ticket, cheapest, technician=self._next())
        fingers = self._counter.dice.randrange(2, 7)
        line = view.ticket.lines[-1].line_id
        return self._counter.act(tickets.change_quantity, ticket, line=line, quantity=fingers)

    def _typed_price(self, ticket: str) -> TicketView:
        if not self._open:
            return self._one(ticket)
        item = self._counter.dice.choice(self._open)
        dollars = self._counter.dice.randrange(12, 90)
        asked = NewLine(item.item_id, technician=self._next(), price=self._counter.money(dollars * 100))
        return self._counter.act(tickets.add_line, ticket, asked)

    def _changed_mind(self, ticket: str) -> TicketView:
        """One line is taken off again, the other gets another technician, on request."""
        first = self._one(ticket)
        self._counter.act(tickets.remove_line, ticket, line=first.ticket.lines[-1].line_id)
        view = self._one(ticket)
        line = view.ticket.lines[-1].line_id
        return self._counter.act(
            tickets.assign,
            ticket,
            line=line,
            technician=self._next(),
            requested=bool(self._counter.technicians),
        )

    def _add(self, ticket: str, item: Item, *, technician: str) -> TicketView:
        requested = bool(technician) and self._counter.chance(30)
        return self._counter.act(
            tickets.add_line, ticket, NewLine(item.item_id, technician=technician, requested=requested)
        )

    def _next(self) -> str:
        """The technician whose turn it is."""
        roster = self._counter.technicians
        if not roster:
            return ""
        self._turn += 1
        return roster[self._turn % len(roster)]

    def _discount(self, view: TicketView) -> TicketView:
        ticket = view.ticket.ticket_id
        match self._discounts.draw():
            case Discounted.NO:
                return view
            case Discounted.OF_THE_SHOP:
                found = self._fitting()
                if found is None:
                    return view
                return self._counter.act_approved(tickets.discount, ticket, discount_id=found.discount_id)
            case Discounted.TYPED:
                wanted = Discount(
                    f"typed-{view.ticket.number}",
                    _HAND_WRITTEN,
                    Bearer.TECHNICIAN,
                    amount=self._counter.money(500),
                )
                line = view.ticket.lines[0].line_id
                return self._counter.act_approved(tickets.custom_discount, ticket, wanted=wanted, line=line)
            case Discounted.PRICE:
                line = view.ticket.lines[0].line_id
                price = self._counter.money(self._counter.dice.randrange(20, 60) * 100)
                return self._counter.act_approved(tickets.set_price, ticket, line=line, price=price)

    def _fitting(self) -> Discount | None:
        """One of the shop's discounts; a ticket that is free altogether stays rare."""
        discounts = self._counter.view.discounts
        if not discounts:
            return None
        found = self._counter.dice.choice(discounts)
        if found.percent == "100" and not self._counter.chance(25):
            found = discounts[0]
        return found


def _by_demand(tiles: Sequence[Tiles]) -> list[Item]:
    """The services, those of the first categories several times: they are what most guests come for."""
    wanted: list[Item] = []
    for place, tile in enumerate(tiles):
        services = [item for item in tile.items if item.kind is ItemKind.SERVICE and item.price]
        wanted += services * max(1, len(tiles) - place)
    return wanted
