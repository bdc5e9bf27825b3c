"""Tickets in chairs: every change is kept, parked ones wait, and a paid one never comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.domain.errors import PermissionNeeded, PriceMissing, TicketNotOpen
from salon_desk.domain.ticket import TicketState
from salon_desk.operations.description import ItemDescribed
from salon_desk.operations.ticket import TicketSaved
from salon_desk.services import tickets
from salon_desk.services.describe import describe
from salon_desk.services.errors import TicketPaid, UnknownDiscount, UnknownItem, UnknownMember, UnknownTicket
from salon_desk.services.till import Till
from salon_desk.storage.opening import open_store
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars


def test_open_tickets_are_there_after_a_restart(shop: Shop, tmp_path: Path) -> None:
    first = shop.ticket(("gel", "lily"))
    second = shop.ticket(("pedicure", "kim"), member=False)
    tickets.park(shop.till, shop.command(), CASHIER, second)
    shop.till.store.close()
    again = Till(open_store(tmp_path / "till", shop.clock, lambda: "id-after"), shop.till.rules)
    waiting = tickets.waiting(again)
    assert [(one.ticket.ticket_id, one.ticket.state) for one in waiting] == [
        (first, TicketState.OPEN),
        (second, TicketState.PARKED),
    ]
    assert waiting[0].member is not None
    again.store.close()


def test_a_parked_ticket_is_resumed_paid_and_gone(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))
    tickets.park(shop.till, shop.command(), CASHIER, ticket)
    with pytest.raises(TicketNotOpen):
        shop.sell(ticket, cash())
    tickets.resume(shop.till, shop.command(), CASHIER, ticket)
    tickets.resume(shop.till, shop.command(), CASHIER, ticket)
    shop.sell(ticket, cash())
    assert tickets.waiting(shop.till) == ()


def test_an_older_draft_never_reopens_a_paid_ticket(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))
    draft = tickets.view(shop.till, ticket).ticket
    shop.sell(ticket, cash())
    shop.till.record(shop.command(), CASHIER, lambda _t: TicketSaved(revision=99, ticket=draft))
    assert tickets.waiting(shop.till) == ()
    with pytest.raises(TicketPaid):
        tickets.view(shop.till, ticket)


def test_quantity_technician_price_and_discount_can_be_changed_and_taken_off(shop: Shop) -> None:
    ticket = shop.ticket(("cream", ""))
    line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
    till, command = shop.till, shop.command
    tickets.change_quantity(till, command(), CASHIER, ticket, line=line, quantity=2)
    tickets.assign(till, command(), CASHIER, ticket, line=line, technician="kim", requested=True)
    tickets.set_price(till, command(), MANAGER, ticket, line=line, price=dollars("20.00"))
    seen = tickets.view(till, ticket)
    assert seen.priced.subtotal == dollars("40.00")
    assert (seen.ticket.lines[0].technician, seen.ticket.lines[0].requested) == ("kim", True)
    tickets.remove_line(till, command(), CASHIER, ticket, line=line)
    assert tickets.view(till, ticket).ticket.lines == ()


def test_discounts_and_prices_need_permission(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))
    line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
    with pytest.raises(PermissionNeeded):
        tickets.discount(shop.till, shop.command(), CASHIER, ticket, discount_id="birthday")
    with pytest.raises(PermissionNeeded):
        tickets.set_price(shop.till, shop.command(), CASHIER, ticket, line=line, price=dollars("1.00"))
    with pytest.raises(PermissionNeeded):
        tickets.discard(shop.till, shop.command(), CASHIER, ticket)
    with pytest.raises(UnknownDiscount):
        tickets.discount(shop.till, shop.command(), MANAGER, ticket, discount_id="none")


def test_an_open_price_is_asked_for(shop: Shop) -> None:
    values = {"kind": "service", "name_en": "Open", "price_cents": None, "tax_class": "service.nail"}
    describe(shop.till, shop.command(), None, [(ItemDescribed, "open", values)])
    ticket = shop.ticket()
    with pytest.raises(PriceMissing):
        tickets.add_line(shop.till, shop.command(), CASHIER, ticket, tickets.NewLine("open"))
    line = tickets.NewLine("open", "kim", price=dollars("12.00"))
    assert tickets.add_line(shop.till, shop.command(), CASHIER, ticket, line).priced.subtotal == dollars(
        "12.00"
    )


def test_what_is_unknown_is_refused_and_recorded_nowhere(shop: Shop) -> None:
    ticket = shop.ticket()
    head = shop.till.store.head
    with pytest.raises(UnknownItem):
        tickets.add_line(shop.till, shop.command(), CASHIER, ticket, tickets.NewLine("nothing"))
    with pytest.raises(UnknownTicket):
        tickets.view(shop.till, "nothing")
    with pytest.raises(UnknownMember):
        tickets.attach_member(shop.till, shop.command(), CASHIER, ticket, member="nobody")
    assert shop.till.store.head == head


def test_a_discarded_ticket_leaves_the_strip_and_keeps_its_reason(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))
    tickets.discard(shop.till, shop.command(), MANAGER, ticket, reason="left")
    assert tickets.waiting(shop.till) == ()
