"""The open ticket: its lines, technicians and discounts, and the changes that a cashier makes to it.

No price sum or tax lives here (see `pricing`). A ticket is a frozen value; every change returns a new
one, and only an open ticket takes changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from salon_desk.domain.catalog import Item, ItemKind
from salon_desk.domain.errors import (
    AmountMissing,
    DiscountInvalid,
    DiscountMissing,
    DuplicateId,
    LineMissing,
    PriceMissing,
    QuantityOutOfRange,
    TechnicianMissing,
    TicketEmpty,
    TicketNotOpen,
    TicketNotParked,
    TooManyDiscounts,
    TooManyLines,
)
from salon_desk.domain.limits import check_amount
from salon_desk.domain.money import Money, total
from salon_desk.domain.names import Names
from salon_desk.domain.series import VisitUse

MAX_LINES = 200
MAX_QUANTITY = 999
MAX_DISCOUNTS = 20
"""On one line, and on the ticket besides."""
MAX_MINUTES = 24 * 60
MAX_UNITS = 10_000_000
"""Points that one ticket redeems."""
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,4})?")


class TicketState(StrEnum):
    """Where a ticket stands."""

    OPEN = "open"
    PARKED = "parked"
    COMPLETED = "completed"
    DISCARDED = "discarded"


class Bearer(StrEnum):
    """Who pays for a discount: the commission is reckoned by it."""

    SALON = "salon"
    TECHNICIAN = "technician"
    SPLIT = "split"


class DiscountScope(StrEnum):
    """The lines that a ticket's discount may lower."""

    ALL = "all"
    SERVICES = "services"
    PRODUCTS = "products"


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount of the shop: exactly one of `amount` and `percent` (decimal text, "10" = 10 %).

    `items`: where there are any, it lowers the lines of these alone. `rule`: the promotion that chose it; empty for a discount
    that a cashier picked. `asset` and `units`: what it spends of a purse of the member (a coupon, points).
    """

    discount_id: str
    names: Names
    bearer: Bearer
    amount: Money | None = None
    percent: str | None = None
    scope: DiscountScope = DiscountScope.ALL
    items: tuple[str, ...] = ()
    rule: str = ""
    asset: str = ""
    units: int = 0


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One service or product on the ticket; `unit_price` is the list price of one. `visit`: a series that pays it."""

    line_id: str
    item_id: str
    kind: ItemKind
    names: Names
    quantity: int
    unit_price: Money
    tax_class: str
    technician: str | None = None
    requested: bool = False
    discounts: tuple[Discount, ...] = ()
    minutes: int = 0
    visit: VisitUse | None = None

    @property
    def list_total(self) -> Money:
        """Unit price times quantity, before any discount."""
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Wishes:
    """Promotions by id that the cashier took off or wants on (the last one wins), and the points that the member redeems."""

    off: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    points: int = 0

    def without(self, rule: str) -> Wishes:
        """The same with this promotion taken off."""
        on = tuple(one for one in self.on if one != rule)
        return Wishes((*(one for one in self.off if one != rule), rule), on, self.points)

    def with_rule(self, rule: str) -> Wishes:
        """The same with this promotion wanted on, before all others."""
        off = tuple(one for one in self.off if one != rule)
        return Wishes(off, (*(one for one in self.on if one != rule), rule), self.points)


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Ticket:
    """Everything of one visit until it is paid. `member` is a member id, `opened_at` an instant's text.

    `wishes`: what the cashier wants of the shop's promotions.
    """

    ticket_id: str
    number: int
    state: TicketState
    member: str | None
    lines: tuple[TicketLine, ...]
    discounts: tuple[Discount, ...]
    opened_at: str
    currency: str
    wishes: Wishes = NO_WISHES

    def line(self, line_id: str) -> TicketLine:
        """The line of this id; LineMissing if there is none."""
        for line in self.lines:
            if line.line_id == line_id:
                return line
        raise LineMissing(line_id)


def open_ticket(
    ticket_id: str, number: int, *, opened_at: str, currency: str, member: str | None = None
) -> Ticket:
    """A new open ticket without a line."""
    return Ticket(ticket_id, number, TicketState.OPEN, member, (), (), opened_at, currency)


def line_for(
    item: Item,
    line_id: str,
    *,
    price: Money | None = None,
    quantity: int = 1,
    technician: str | None = None,
    requested: bool = False,
) -> TicketLine:
    """A line for an item; `price` overrides the item's own. PriceMissing for open price without one."""
    unit_price = price if price is not None else item.price
    if unit_price is None:
        raise PriceMissing(item.item_id)
    return TicketLine(
        line_id,
        item.item_id,
        item.kind,
        item.names,
        quantity,
        unit_price,
        item.tax_class,
        technician,
        requested,
        (),
        item.minutes,
    )


def add_line(ticket: Ticket, line: TicketLine) -> Ticket:
    """The ticket with this line at its end.

    Raises TicketNotOpen, TooManyLines, DuplicateId, and what `check_line` and the sum's limit refuse.
    """
    _require_open(ticket)
    if len(ticket.lines) >= MAX_LINES:
        raise TooManyLines(MAX_LINES)
    if any(other.line_id == line.line_id for other in ticket.lines):
        raise DuplicateId("line_id", line.line_id)
    check_line(line, ticket.currency)
    return _within_limit(replace(ticket, lines=(*ticket.lines, line)))


def change_quantity(ticket: Ticket, line_id: str, quantity: int) -> Ticket:
    """The line with another quantity. Raises TicketNotOpen, LineMissing, QuantityOutOfRange."""
    return _change_line(ticket, line_id, lambda line: replace(line, quantity=quantity, visit=None))


def assign(ticket: Ticket, line_id: str, technician: str | None, requested: bool) -> Ticket:
    """The line given to a technician (or to nobody), requested by the guest or in turn.

    Raises TicketNotOpen, LineMissing, TechnicianMissing (requested, but nobody).
    """
    return _change_line(
        ticket, line_id, lambda line: replace(line, technician=technician, requested=requested)
    )


def set_price(ticket: Ticket, line_id: str, unit_price: Money) -> Ticket:
    """The line at another unit price. Raises as `add_line`."""
    return _change_line(ticket, line_id, lambda line: replace(line, unit_price=unit_price))


def use_visit(ticket: Ticket, line_id: str, visit: VisitUse | None) -> Ticket:
    """The line paid by a series, or with None no more. Raises TicketNotOpen, LineMissing."""
    return _change_line(ticket, line_id, lambda line: replace(line, visit=visit))


def remove_line(ticket: Ticket, line_id: str) -> Ticket:
    """The ticket without this line. Raises TicketNotOpen, LineMissing."""
    _require_open(ticket)
    gone = ticket.line(line_id)
    return replace(ticket, lines=tuple(line for line in ticket.lines if line is not gone))


def add_discount(ticket: Ticket, discount: Discount, line_id: str | None = None) -> Ticket:
    """A discount on one line, or with `line_id` None on the ticket.

    Raises TicketNotOpen, LineMissing, TooManyDiscounts, DuplicateId and what `check_discount` refuses.
    """
    _require_open(ticket)
    everywhere = (*ticket.discounts, *(held for line in ticket.lines for held in line.discounts))
    if any(held.discount_id == discount.discount_id for held in everywhere):
        raise DuplicateId("discount_id", discount.discount_id)
    check_discount(discount, ticket.currency)
    if line_id is not None:
        return _change_line(
            ticket, line_id, lambda line: replace(line, discounts=(*line.discounts, discount))
        )
    picked = tuple(held for held in ticket.discounts if not held.rule)
    if len(picked) >= MAX_DISCOUNTS:
        raise TooManyDiscounts(MAX_DISCOUNTS)
    by_rule = tuple(held for held in ticket.discounts if held.rule)
    return replace(ticket, discounts=(*picked, discount, *by_rule))


def remove_discount(ticket: Ticket, discount_id: str) -> Ticket:
    """The ticket without this discount, wherever it stood. Raises TicketNotOpen, DiscountMissing."""
    _require_open(ticket)
    lines = tuple(replace(line, discounts=_without(line.discounts, discount_id)) for line in ticket.lines)
    changed = replace(ticket, lines=lines, discounts=_without(ticket.discounts, discount_id))
    if changed == ticket:
        raise DiscountMissing(discount_id)
    return changed


def promote(ticket: Ticket, discounts: tuple[Discount, ...]) -> Ticket:
    """The ticket with these discounts of promotions instead of those it had, behind what the cashier picked."""
    picked = tuple(held for held in ticket.discounts if not held.rule)
    return replace(ticket, discounts=(*picked, *discounts))


def wish(ticket: Ticket, wishes: Wishes) -> Ticket:
    """The ticket with what the cashier wants of the promotions. Raises TicketNotOpen, QuantityOutOfRange."""
    _require_open(ticket)
    if not 0 <= wishes.points <= MAX_UNITS:
        raise QuantityOutOfRange(wishes.points, MAX_UNITS)
    return replace(ticket, wishes=wishes)


def attach_member(ticket: Ticket, member: str | None) -> Ticket:
    """The ticket for this member id, or with None for a walk-in; another guest, other wishes and no visit of the one before.

    Raises TicketNotOpen.
    """
    _require_open(ticket)
    if member == ticket.member:
        return ticket
    lines = tuple(replace(line, visit=None) for line in ticket.lines)
    return replace(ticket, member=member, lines=lines, wishes=NO_WISHES)


def park(ticket: Ticket) -> Ticket:
    """Set the ticket aside. Raises TicketNotOpen."""
    _require_open(ticket)
    return replace(ticket, state=TicketState.PARKED)


def resume(ticket: Ticket) -> Ticket:
    """Take a parked ticket up again. Raises TicketNotParked."""
    if ticket.state is not TicketState.PARKED:
        raise TicketNotParked(ticket.ticket_id, ticket.state.value)
    return replace(ticket, state=TicketState.OPEN)


def discard(ticket: Ticket) -> Ticket:
    """Give an open or parked ticket up for good. Raises TicketNotOpen."""
    if ticket.state is not TicketState.PARKED:
        _require_open(ticket)
    return replace(ticket, state=TicketState.DISCARDED)


def complete(ticket: Ticket) -> Ticket:
    """The paid ticket; nothing on it changes again. Raises TicketNotOpen, TicketEmpty."""
    _require_open(ticket)
    if not ticket.lines:
        raise TicketEmpty(ticket.ticket_id)
    return replace(ticket, state=TicketState.COMPLETED)


def check_line(line: TicketLine, currency: str) -> None:
    """Refuse a line that no ticket of this currency takes.

    Raises QuantityOutOfRange, NegativeAmount, AmountTooLarge, CurrencyMismatch, TechnicianMissing,
    TooManyDiscounts, DiscountInvalid.
    """
    if not 1 <= line.quantity <= MAX_QUANTITY:
        raise QuantityOutOfRange(line.quantity, MAX_QUANTITY)
    check_amount("unit_price", line.unit_price, currency)
    if line.requested and line.technician is None:
        raise TechnicianMissing(line.line_id)
    if not 0 <= line.minutes <= MAX_MINUTES:
        raise QuantityOutOfRange(line.minutes, MAX_MINUTES)
    if len(line.discounts) > MAX_DISCOUNTS:
        raise TooManyDiscounts(MAX_DISCOUNTS)
    for discount in line.discounts:
        check_discount(discount, currency)


def check_discount(discount: Discount, currency: str) -> None:
    """Refuse a discount that says nothing clear.

    Raises DiscountInvalid, AmountMissing, NegativeAmount, AmountTooLarge, CurrencyMismatch.
    """
    if (discount.amount is None) == (discount.percent is None):
        raise DiscountInvalid(discount.discount_id)
    if discount.amount is not None:
        check_amount("discount", discount.amount, currency)
        if not discount.amount:
            raise AmountMissing("discount")
    elif not (_PERCENT.fullmatch(discount.percent or "") and 0 < Decimal(discount.percent or "") <= 100):
        raise DiscountInvalid(discount.discount_id)


def _require_open(ticket: Ticket) -> None:
    if ticket.state is not TicketState.OPEN:
        raise TicketNotOpen(ticket.ticket_id, ticket.state.value)


def _change_line(ticket: Ticket, line_id: str, change: Callable[[TicketLine], TicketLine]) -> Ticket:
    _require_open(ticket)
    old = ticket.line(line_id)
    new = change(old)
    check_line(new, ticket.currency)
    return _within_limit(replace(ticket, lines=tuple(new if line is old else line for line in ticket.lines)))


def _within_limit(ticket: Ticket) -> Ticket:
    whole = total((line.list_total for line in ticket.lines), ticket.currency)
    check_amount("subtotal", whole, ticket.currency)
    return ticket


def _without(discounts: tuple[Discount, ...], discount_id: str) -> tuple[Discount, ...]:
    return tuple(held for held in discounts if held.discount_id != discount_id)
