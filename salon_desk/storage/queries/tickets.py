"""Tickets that are not yet paid, and this till's running numbers.

What a ticket comes to is not here (`domain/pricing.py`); a paid ticket is a sale (`sales.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import bindparam, or_, select

from salon_desk.domain.ticket import Ticket, TicketState
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.people import tills
from salon_desk.storage.tables.tickets import counters, tickets

_WAITING = Statement(
    lambda: (
        select(tickets.c.body)
        .where(
            or_(tickets.c.state == TicketState.OPEN.value, tickets.c.state == TicketState.PARKED.value),
            tickets.c.node == bindparam("node"),
        )
        .order_by(tickets.c.opened_at, tickets.c.number)
    )
)
_CHECKED_IN = Statement(
    lambda: (
        select(tickets.c.member, tills.c.store)
        .join(tills, tills.c.id == tickets.c.node)
        .where(
            or_(tickets.c.state == TicketState.OPEN.value, tickets.c.state == TicketState.PARKED.value),
            tickets.c.opened_at >= bindparam("since"),
            tickets.c.member != "",
        )
        .order_by(tickets.c.opened_at, tickets.c.id)
    )
)
_ONE = Statement(lambda: select(tickets).where(tickets.c.id == bindparam("id")))
_COUNT = Statement(
    lambda: select(counters.c.value).where(
        counters.c.node == bindparam("node"), counters.c.name == bindparam("name")
    )
)
_decode = msgspec.json.Decoder(Ticket).decode


@dataclass(frozen=True, slots=True)
class StoredTicket:
    """A ticket with the revision of its newest draft, and the sale it became, if any."""

    ticket: Ticket | None
    revision: int
    state: TicketState
    sale: str


def waiting_tickets(transaction: Transaction, node: str) -> list[Ticket]:
    """Open and parked tickets of a till, oldest first."""
    return [_decode(row.body) for row in transaction.all(_WAITING, node=node)]


def checked_in(transaction: Transaction, since: str) -> dict[str, str]:
    """By member, the store of the newest ticket that is open or parked and was opened since an instant."""
    return {row.member: row.store for row in transaction.all(_CHECKED_IN, since=since)}


def ticket(transaction: Transaction, ticket_id: str) -> StoredTicket | None:
    """One ticket, whatever its state."""
    row = transaction.one(_ONE, id=ticket_id)
    if row is None:
        return None
    body = _decode(row.body) if row.body else None
    return StoredTicket(body, row.revision, TicketState(row.state), row.sale)


def counted(transaction: Transaction, node: str, name: str) -> int:
    """How many "ticket", "receipt" or "z" numbers this till has used."""
    return transaction.value(_COUNT, node=node, name=name) or 0
