"""Tickets in chairs and parked: the newest saved draft of each; and the running numbers of the tills.

The highest (revision, at, node) stands, sold or not; a ticket that was sold stays sold, whatever draft arrives
(PITFALLS 32). Of two sales of one ticket the smaller operation id is named.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, case, insert, select, tuple_, update

from salon_desk.domain.ticket import TicketState
from salon_desk.operations.envelope import Header
from salon_desk.operations.ticket import TicketSaved
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.tickets import counters, tickets

_IS_KNOWN = Statement(lambda: select(tickets.c.id).where(tickets.c.id == bindparam("id")))
_ADD = Statement(lambda: insert(tickets))
_OF_DRAFT = ("number", "member", "opened_at", "body", "revision", "at", "node")
_CHANGE_IF_NEWER = Statement(
    lambda: (
        update(tickets)
        .where(
            tickets.c.id == bindparam("of_id"),
            tuple_(tickets.c.revision, tickets.c.at, tickets.c.node)
            < tuple_(bindparam("than_revision"), bindparam("than_at"), bindparam("than_node")),
        )
        .values(
            state=case((tickets.c.sale == "", bindparam("state")), else_=tickets.c.state),
            **{name: bindparam(name) for name in _OF_DRAFT},
        )
    )
)
_SELL = Statement(
    lambda: (
        update(tickets)
        .where(tickets.c.id == bindparam("of_id"))
        .values(
            state=bindparam("state"),
            sale=case(
                (tickets.c.sale == "", bindparam("by")),
                (tickets.c.sale > bindparam("by"), bindparam("by")),
                else_=tickets.c.sale,
            ),
        )
    )
)
_COUNT = Statement(
    lambda: (
        update(counters)
        .where(counters.c.node == bindparam("of_node"), counters.c.name == bindparam("of_name"))
        .values(value=counters.c.value + bindparam("more"))
    )
)
_RAISE = Statement(
    lambda: (
        update(counters)
        .where(
            counters.c.node == bindparam("of_node"),
            counters.c.name == bindparam("of_name"),
            counters.c.value < bindparam("to"),
        )
        .values(value=bindparam("to"))
    )
)
_COUNTED = Statement(
    lambda: select(counters.c.value).where(
        counters.c.node == bindparam("node"), counters.c.name == bindparam("name")
    )
)
_ADD_COUNT = Statement(lambda: insert(counters))

_encode = msgspec.json.Encoder().encode


def ticket_saved(transaction: Transaction, header: Header, operation: TicketSaved) -> None:
    """Keep this draft unless a newer one is there. Its till has used its number."""
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
    }
    than = {"than_revision": operation.revision, "than_at": header.at, "than_node": header.node}
    if operation.revision == 1:
        _number_used(transaction, header.node, "ticket", ticket.number)
    if transaction.run(_CHANGE_IF_NEWER, of_id=ticket.ticket_id, **than, **values):
        return
    if transaction.value(_IS_KNOWN, id=ticket.ticket_id) is None:
        transaction.run(_ADD, id=ticket.ticket_id, sale="", **values)


def ticket_sold(transaction: Transaction, header: Header, ticket: str) -> None:
    """The ticket is paid: it leaves the strip and no draft brings it back. One without a draft is blank until one comes."""
    state = TicketState.COMPLETED.value
    if not transaction.run(_SELL, of_id=ticket, state=state, by=header.op_id):
        blank = {"number": 0, "member": "", "opened_at": "", "body": "", "revision": 0, "at": 0, "node": ""}
        transaction.run(_ADD, id=ticket, state=state, sale=header.op_id, **blank)


def count(transaction: Transaction, node: str, name: str) -> None:
    """Count one more of a till's running numbers."""
    if not transaction.run(_COUNT, of_node=node, of_name=name, more=1):
        transaction.run(_ADD_COUNT, node=node, name=name, value=1)


def _number_used(transaction: Transaction, node: str, name: str, number: int) -> None:
    """The highest of a till's numbers that were used: a number stands in its operation, so none is counted twice."""
    if transaction.run(_RAISE, of_node=node, of_name=name, to=number):
        return
    if transaction.value(_COUNTED, node=node, name=name) is None:
        transaction.run(_ADD_COUNT, node=node, name=name, value=number)
