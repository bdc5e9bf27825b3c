"""Projection of words that were typed about members beside acts that stay, each under its name.

Should two have one name, those of the smaller operation stand.
"""

from __future__ import annotations

from salon_desk.operations.envelope import Header
from salon_desk.operations.said import ReasonSaid
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.sayings import sayings

_SAY = Rows(
    sayings,
    lambda new: {"member": new.member, "words": new.words, "op_id": new.op_id},
    only=lambda new: sayings.c.op_id > new.op_id,
)


def reason_said(transaction: Transaction, header: Header, operation: ReasonSaid) -> None:
    """Keep the words."""
    transaction.put(
        _SAY,
        saying=operation.saying,
        member=operation.member,
        words=operation.words,
        op_id=header.op_id,
    )
