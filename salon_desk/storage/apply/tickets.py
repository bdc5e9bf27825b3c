"""Tickets in chairs and parked: the newest saved draft of each.

The highest (revision, at, node) stands; a ticket that was sold stays sold, whatever older draft arrives (PITFALLS 32).
"""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, insert, select, tuple_, update

from salon_desk.domain.ticket import TicketState
from salon_desk.operations.envelope import Header
from salon_desk.operations.ticket import TicketSaved
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.tickets import counters, tickets

_IS_KNOWN = Statement(lambda: select(tickets.c.id).where(tickets.c.id == bindparam("id")))
_ADD = Statement(lambda: insert(tickets))
_CHANGE_IF_NEWER = Statement(
    lambda: (
        update(tickets)
        .where(
            tickets.c.id == bindparam("of_id"),
            tickets.c.sale == bindparam("unsold"),
            tuple_(tickets.c.revision, tickets.c.at, tickets.c.node)
            < tuple_(bindparam("than_revision"), bindparam("than_at"), bindparam("than_node")),
        )
        .values({column: bindparam(column.name) for column in tickets.columns if column.name != "id"})
    )
)
_SELL = Statement(
    lambda: (
        update(tickets)
        .where(tickets.c.id == bindparam("of_id"))
        .values(state=bindparam("state"), sale=bindparam("sale"))
    )
)
_COUNT = Statement(
    lambda: (
        update(counters)
        .where(counters.c.node == bindparam("of_node"), counters.c.name == bindparam("of_name"))
        .values(value=counters.c.value + bindparam("more"))
    )
)
_ADD_COUNT = Statement(lambda: insert(counters))

_encode = msgspec.json.Encoder().encode


def ticket_saved(transaction: Transaction, header: Header, operation: TicketSaved) -> None:
    """Keep this draft unless a newer one or a sale is there."""
    ticket = operation.ticket
    values = {
        "state": ticket.state.value,
        "number": ticket.number,
        "member": ticket.member or "",
        "opened_at": ticket.opened_at,
        "body": _encode(ticket).decode(),
        "revision": operation.revision,
        "at": header.at,
        "node": header.node,
        "sale": "",
    }
    than = {"than_revision": operation.revision, "than_at": header.at, "than_node": header.node}
    if transaction.run(_CHANGE_IF_NEWER, of_id=ticket.ticket_id, unsold="", **than, **values):
        return
    if transaction.value(_IS_KNOWN, id=ticket.ticket_id) is None:
        count(transaction, header.node, "ticket")
        transaction.run(_ADD, id=ticket.ticket_id, **values)


def ticket_sold(transaction: Transaction, header: Header, ticket: str, member: str) -> None:
    """The ticket is paid: it leaves the strip and no draft brings it back."""
    final = {"state": TicketState.COMPLETED.value, "sale": header.op_id}
    if not transaction.run(_SELL, of_id=ticket, **final):
        blank = {"number": 0, "member": member, "opened_at": "", "body": "", "revision": 0, "at": header.at}
        transaction.run(_ADD, id=ticket, node=header.node, **blank, **final)


def count(transaction: Transaction, node: str, name: str) -> None:
    """Count one more of a till's running numbers."""
    if not transaction.run(_COUNT, of_node=node, of_name=name, more=1):
        transaction.run(_ADD_COUNT, node=node, name=name, value=1)
