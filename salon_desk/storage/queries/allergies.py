"""What was acknowledged of allergies: by whom, when, for which ticket.

The allergies themselves are read with their member (`members.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.members import allergy_acknowledgements as table

_OF_TICKET = Statement(
    lambda: select(table).where(table.c.ticket == bindparam("ticket")).order_by(table.c.at, table.c.op_id)
)
_OF_MEMBER = Statement(
    lambda: (
        select(table)
        .where(table.c.member == bindparam("member"))
        .order_by(table.c.at.desc(), table.c.op_id)
        .limit(bindparam("most"))
    )
)
_words = msgspec.json.Decoder(tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An acknowledgement. `actor` is a staff id, `at` a hybrid clock reading, `item` what was being added, if anything."""

    ticket: str
    member: str
    substances: tuple[str, ...]
    item: str
    actor: str
    at: int


def acknowledged(transaction: Transaction, ticket: str) -> list[Acknowledged]:
    """Of a ticket, oldest first."""
    return [_read(row) for row in transaction.all(_OF_TICKET, ticket=ticket)]


def acknowledged_of(transaction: Transaction, member: str, most: int = 20) -> list[Acknowledged]:
    """Of a member, newest first."""
    return [_read(row) for row in transaction.all(_OF_MEMBER, member=member, most=most)]


def _read(row: Any) -> Acknowledged:
    return Acknowledged(row.ticket, row.member, _words.decode(row.substances), row.item, row.actor, row.at)
