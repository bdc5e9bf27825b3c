"""Tickets in chairs: opened, changed, parked, resumed, discarded; each change is durable before the screen says so.

Paying is in `checkout.py`. Every function returns the ticket as a TicketView: priced, with names and the member's
figures, ready to paint.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from salon_desk.domain import ticket as rules
from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DiscountInvalid
from salon_desk.domain.limits import MAX_NAME, MAX_REFERENCE, check_text
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.domain.pricing import PricedTicket, price_ticket
from salon_desk.domain.ticket import Discount, Ticket, TicketState, Wishes
from salon_desk.operations.card import HoldReleased
from salon_desk.operations.operation import Operation
from salon_desk.operations.ticket import TicketSaved
from salon_desk.services import occasions, promotions
from salon_desk.services.charge_tenders import require_unlocked
from salon_desk.services.errors import (
    TicketPaid,
    UnknownDiscount,
    UnknownItem,
    UnknownMember,
    UnknownStaff,
    UnknownTicket,
)
from salon_desk.services.promotions import Review
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Recorded
from salon_desk.storage.queries import cards, catalogue, members, staff
from salon_desk.storage.queries import tickets as stored
from salon_desk.storage.queries.cards import Card, CardValue
from salon_desk.storage.queries.merges import canonical


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """A member beside a ticket: who, when last here, and each card with its three figures."""

    member: Member
    last_visit: str
    cards: tuple[tuple[Card, CardValue], ...]


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket, what it comes to, and its member."""

    ticket: Ticket
    priced: PricedTicket
    member: MemberFigures | None


@dataclass(frozen=True, slots=True)
class NewLine:
    """What a tap on a tile and a face asks for. `price` for an open price or an override."""

    item: str
    technician: str = ""
    requested: bool = False
    quantity: int = 1
    price: Money | None = None


Change = Callable[[Transaction, Ticket], Ticket]


def open_ticket(till: Till, command_id: str, actor: Actor, *, member: str = "") -> TicketView:
    """A new empty ticket, for a member or a walk-in; coupons that are due come with it. Raises UnknownMember, PermissionNeeded."""
    actor.require(Permission.SELL)
    occasions.give_here(till, member)

    def decide(transaction: Transaction) -> TicketSaved:
        shop = till.shop(transaction)
        if member and members.member(transaction, member) is None:
            raise UnknownMember(member)
        number = stored.counted(transaction, till.store.node, "ticket") + 1
        fresh = rules.open_ticket(
            till.new_id(), number, opened_at=till.now(), currency=shop.currency, member=member or None
        )
        return TicketSaved(revision=1, ticket=fresh)

    return _shown(till, till.record(command_id, actor, decide))


def add_line(till: Till, command_id: str, actor: Actor, ticket_id: str, asked: NewLine) -> TicketView:
    """One more line.

    Raises UnknownItem, UnknownStaff, PriceMissing (open price), PermissionNeeded for an overridden price, and
    RuleMissing for an item that nobody can price.
    """

    def change(transaction: Transaction, ticket: Ticket) -> Ticket:
        _require_staff(till, transaction, asked.technician)
        item = catalogue.item(transaction, asked.item, till.business_day(transaction))
        if item is None:
            raise UnknownItem(asked.item)
        if asked.price is not None and item.price is not None:
            actor.require(Permission.OPEN_PRICE)
        line = rules.line_for(
            item,
            till.new_id(),
            price=asked.price,
            quantity=asked.quantity,
            technician=asked.technician or None,
            requested=asked.requested,
        )
        return rules.add_line(ticket, line)

    return _change(till, command_id, actor, ticket_id, change)


def change_quantity(
    till: Till, command_id: str, actor: Actor, ticket_id: str, *, line: str, quantity: int
) -> TicketView:
    """Another quantity of a line."""
    return _change(
        till, command_id, actor, ticket_id, lambda _t, ticket: rules.change_quantity(ticket, line, quantity)
    )


def set_price(
    till: Till, command_id: str, actor: Actor, ticket_id: str, *, line: str, price: Money
) -> TicketView:
    """Another unit price of a line. Raises PermissionNeeded."""
    actor.require(Permission.OPEN_PRICE)
    return _change(
        till, command_id, actor, ticket_id, lambda _t, ticket: rules.set_price(ticket, line, price)
    )


def assign(
    till: Till,
    command_id: str,
    actor: Actor,
    ticket_id: str,
    *,
    line: str,
    technician: str,
    requested: bool,
) -> TicketView:
    """Give a line to a technician, requested or in turn. Raises UnknownStaff, TechnicianMissing."""

    def change(transaction: Transaction, ticket: Ticket) -> Ticket:
        _require_staff(till, transaction, technician)
        return rules.assign(ticket, line, technician or None, requested)

    return _change(till, command_id, actor, ticket_id, change)


def remove_line(till: Till, command_id: str, actor: Actor, ticket_id: str, *, line: str) -> TicketView:
    """Take a line off."""
    return _change(till, command_id, actor, ticket_id, lambda _t, ticket: rules.remove_line(ticket, line))


def discount(till: Till, command_id: str, actor: Actor, ticket_id: str, *, discount_id: str) -> TicketView:
    """Put one of the shop's discounts on the ticket. Raises UnknownDiscount, PermissionNeeded."""
    actor.require(Permission.DISCOUNT)

    def change(transaction: Transaction, ticket: Ticket) -> Ticket:
        found = catalogue.discount(transaction, discount_id, till.business_day(transaction))
        if found is None:
            raise UnknownDiscount(discount_id)
        return rules.add_discount(ticket, found)

    return _change(till, command_id, actor, ticket_id, change)


def custom_discount(
    till: Till,
    command_id: str,
    actor: Actor,
    ticket_id: str,
    *,
    wanted: Discount,
    line: str = "",
) -> TicketView:
    """A typed discount, on the ticket or on one line. Raises PermissionNeeded, TextTooLong, DiscountInvalid, ..."""
    actor.require(Permission.DISCOUNT)
    check_text("discount", wanted.discount_id, MAX_REFERENCE)
    if wanted.rule or wanted.asset:
        raise DiscountInvalid(wanted.discount_id)
    for name in (wanted.names.en, wanted.names.zh_CN, wanted.names.zh_TW):
        check_text("discount", name, MAX_NAME)
    return _change(
        till,
        command_id,
        actor,
        ticket_id,
        lambda _t, ticket: rules.add_discount(ticket, wanted, line or None),
    )


def remove_discount(
    till: Till, command_id: str, actor: Actor, ticket_id: str, *, discount_id: str
) -> TicketView:
    """Take a discount off again."""
    return _change(
        till, command_id, actor, ticket_id, lambda _t, ticket: rules.remove_discount(ticket, discount_id)
    )


def wish(till: Till, command_id: str, actor: Actor, ticket_id: str, *, wishes: Wishes) -> TicketView:
    """What the cashier wants of the promotions: taken off, put on, points redeemed. Raises QuantityOutOfRange."""
    return _change(till, command_id, actor, ticket_id, lambda _t, ticket: rules.wish(ticket, wishes))


def review(till: Till, ticket_id: str) -> Review | None:
    """Why each promotion applies to a ticket or does not; None where the shop has none. Raises UnknownTicket, TicketPaid."""
    with till.read() as transaction:
        return promotions.review(till, transaction, unpaid(transaction, ticket_id))


def attach_member(till: Till, command_id: str, actor: Actor, ticket_id: str, *, member: str) -> TicketView:
    """Say whose ticket it is; coupons that are due to them come with it. Raises UnknownMember."""
    actor.require(Permission.SELL)
    occasions.give_here(till, member)

    def change(transaction: Transaction, ticket: Ticket) -> Ticket:
        if member and members.member(transaction, member) is None:
            raise UnknownMember(member)
        return rules.attach_member(ticket, member or None)

    return _change(till, command_id, actor, ticket_id, change)


def change(till: Till, command_id: str, actor: Actor, ticket_id: str, made: Change) -> TicketView:
    """Any change of an open ticket, for the rooms that know what it means. Raises what `made` raises, and UnknownTicket, TicketPaid, TicketLocked."""
    return _change(till, command_id, actor, ticket_id, made)


def park(till: Till, command_id: str, actor: Actor, ticket_id: str) -> TicketView:
    """Put the ticket aside (挂单); what was held for its payment is free again (PITFALLS 37)."""
    return _change(till, command_id, actor, ticket_id, lambda _t, ticket: rules.park(ticket), free=True)


def resume(till: Till, command_id: str, actor: Actor, ticket_id: str) -> TicketView:
    """Take a parked ticket up again; one that is open stays as it is."""
    found = view(till, ticket_id)
    if found.ticket.state is TicketState.OPEN:
        return found
    return _change(till, command_id, actor, ticket_id, lambda _t, ticket: rules.resume(ticket))


def discard(till: Till, command_id: str, actor: Actor, ticket_id: str, *, reason: str = "") -> None:
    """Throw an unpaid ticket away, and free what was held for it; one with lines needs the permission to void.

    Raises PermissionNeeded, UnknownTicket, TicketPaid, TicketLocked, TextTooLong.
    """
    check_text("reason", reason, MAX_REFERENCE)

    def decide(transaction: Transaction) -> list[Operation]:
        found, revision = _unpaid(transaction, ticket_id)
        require_unlocked(transaction, ticket_id)
        if found.lines:
            actor.require(Permission.VOID)
        saved = TicketSaved(revision=revision + 1, ticket=rules.discard(found), reason=reason)
        return [saved, *_freed(transaction, ticket_id)]

    till.record(command_id, actor, decide)


def waiting(till: Till) -> tuple[TicketView, ...]:
    """The strip: every open and parked ticket of this till, oldest first."""
    with till.read() as transaction:
        return tuple(
            _view(till, transaction, one) for one in stored.waiting_tickets(transaction, till.store.node)
        )


def view(till: Till, ticket_id: str) -> TicketView:
    """One unpaid ticket. Raises UnknownTicket, TicketPaid."""
    with till.read() as transaction:
        found, _revision = _unpaid(transaction, ticket_id)
        return _view(till, transaction, found)


def unpaid(transaction: Transaction, ticket_id: str) -> Ticket:
    """One unpaid ticket inside a transaction. Raises UnknownTicket, TicketPaid."""
    return _unpaid(transaction, ticket_id)[0]


def price(till: Till, transaction: Transaction, ticket: Ticket) -> PricedTicket:
    """What a ticket comes to here and today.

    While no shift is open nothing can be sold, and a clock that stands before the law was written shows today's.
    """
    shop, shift = till.shop(transaction), till.shift(transaction)
    day = shift.business_day if shift else max(till.business_day(transaction), till.rules.issued)
    return price_ticket(ticket, till.taxes(shop, day))


def figures(till: Till, transaction: Transaction, member_id: str) -> MemberFigures | None:
    """A member with cards and figures, None when unknown; by whichever id of the person."""
    found = members.member(transaction, canonical(transaction, member_id), till.business_day(transaction))
    if found is None:
        return None
    owned = tuple(
        (card, cards.value(transaction, card, till.store.node, till.store.epoch))
        for card in cards.cards_of(transaction, member_id)
    )
    return MemberFigures(found, members.last_visit(transaction, member_id), owned)


def _view(
    till: Till, transaction: Transaction, ticket: Ticket, priced: PricedTicket | None = None
) -> TicketView:
    member = figures(till, transaction, ticket.member) if ticket.member else None
    return TicketView(ticket, priced or price(till, transaction, ticket), member)


def _unpaid(transaction: Transaction, ticket_id: str) -> tuple[Ticket, int]:
    found = stored.ticket(transaction, ticket_id)
    if found is None:
        raise UnknownTicket(ticket_id)
    if found.sale or found.ticket is None:
        raise TicketPaid(ticket_id)
    return found.ticket, found.revision


def _require_staff(till: Till, transaction: Transaction, technician: str) -> None:
    if not technician:
        return
    found = staff.staff_member(transaction, technician, till.business_day(transaction))
    if found is None or not found.active:
        raise UnknownStaff(technician)


def _freed(transaction: Transaction, ticket_id: str) -> list[Operation]:
    return [HoldReleased(hold=one.hold) for one in cards.holds_of(transaction, ticket_id)]


def _change(
    till: Till, command_id: str, actor: Actor, ticket_id: str, change: Change, *, free: bool = False
) -> TicketView:
    actor.require(Permission.SELL)

    priced: list[PricedTicket] = []

    def decide(transaction: Transaction) -> list[Operation]:
        found, revision = _unpaid(transaction, ticket_id)
        require_unlocked(transaction, ticket_id)
        changed = promotions.promoted(till, transaction, change(transaction, found))
        # what cannot be priced would keep the whole strip from being shown
        priced.append(price(till, transaction, changed))
        saved = TicketSaved(revision=revision + 1, ticket=changed)
        return [saved, *(_freed(transaction, ticket_id) if free else ())]

    return _shown(till, till.record(command_id, actor, decide), *priced)


def _shown(till: Till, recorded: Recorded, priced: PricedTicket | None = None) -> TicketView:
    """The ticket just saved, not read again; after a repeated command as it stands by now."""
    saved = recorded.operations[0]
    assert isinstance(saved, TicketSaved)
    if recorded.repeated:
        return view(till, saved.ticket.ticket_id)
    with till.read() as transaction:
        return _view(till, transaction, saved.ticket, priced)
