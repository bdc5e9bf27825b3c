"""Tickets in chairs and parked: the newest saved draft of each; and the running numbers of the tills.

The highest (revision, at, node) stands, of two alike the greater one, sold or not; a ticket that was sold stays sold, whatever
draft arrives (PITFALLS 32). Of two sales of one ticket the smaller operation id is named.
"""

from __future__ import annotations

from operator import itemgetter

import msgspec
from sqlalchemy import case, tuple_

from salon_desk.domain.ticket import TicketState
from salon_desk.operations.envelope import Header
from salon_desk.operations.ticket import TicketSaved
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.tickets import counters, tickets

_OF_DRAFT = ("number", "member", "opened_at", "body", "revision", "at", "node")
_STANDING = tickets.c
_SAVE = Rows(
    tickets,
    lambda new: {
        "state": case((_STANDING.sale == "", new.state), else_=_STANDING.state),
        **{name: new[name] for name in _OF_DRAFT},
    },
    only=lambda new: (
        tuple_(_STANDING.revision, _STANDING.at, _STANDING.node, _STANDING.body)
        < tuple_(new.revision, new.at, new.node, new.body)
    ),
    fold=lambda one, other: max(one, other, key=itemgetter("revision", "at", "node", "body")),
)
_SELL = Rows(
    tickets,
    lambda new: {
        "state": new.state,
        "sale": case(
            (_STANDING.sale == "", new.sale), (_STANDING.sale > new.sale, new.sale), else_=_STANDING.sale
        ),
    },
)
_COUNT = Rows(
    counters,
    lambda new: {"value": counters.c.value + new.value},
    fold=lambda one, other: {**one, "value": one["value"] + other["value"]},
)
_RAISE = Rows(
    counters,
    lambda new: {"value": new.value},
    only=lambda new: counters.c.value < new.value,
    fold=lambda one, other: max(one, other, key=itemgetter("value")),
)

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
    if operation.revision == 1:
        # a number stands in its operation, so none is counted twice
        transaction.put(_RAISE, node=header.node, name="ticket", value=ticket.number)
    transaction.put(_SAVE, id=ticket.ticket_id, sale="", **values)


def ticket_sold(transaction: Transaction, header: Header, ticket: str) -> None:
    """The ticket is paid: it leaves the strip and no draft brings it back. One without a draft is blank until one comes."""
    state = TicketState.COMPLETED.value
    blank = {"number": 0, "member": "", "opened_at": "", "body": "", "revision": 0, "at": 0, "node": ""}
    transaction.put(_SELL, id=ticket, state=state, sale=header.op_id, **blank)


def count(transaction: Transaction, node: str, name: str) -> None:
    """Count one more of a till's running numbers."""
    transaction.put(_COUNT, node=node, name=name, value=1)
