"""Everything that is kept of one person, for an export or before an erasure: what was described, and every document.

The descriptions themselves are found in `storage/erasing.py`. Reads whole tables' worth of one member: for one at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.bookings import bookings
from salon_desk.storage.tables.sales import sale_lines, sales

_COUNT = Statement(
    lambda: select(func.count()).select_from(sales).where(sales.c.member == bindparam("member"))
)
_DOCUMENTS = Statement(
    lambda: (
        select(sales).where(sales.c.member == bindparam("member")).order_by(sales.c.sold_at, sales.c.op_id)
    )
)
_LINES = Statement(
    lambda: select(sale_lines).where(sale_lines.c.op_id == bindparam("op_id")).order_by(sale_lines.c.number)
)
_BOOKINGS = Statement(
    lambda: (
        select(bookings)
        .where(bookings.c.member == bindparam("member"))
        .order_by(bookings.c.starts_at, bookings.c.id)
    )
)


def documents_of(transaction: Transaction, member: str) -> int:
    """How many sales, top-ups, refunds and voids name a member."""
    return int(transaction.value(_COUNT, member=member))


def all_documents(transaction: Transaction, member: str) -> Sequence[tuple[Any, Sequence[Any]]]:
    """Every such document with its lines, oldest first."""
    return [
        (row, transaction.all(_LINES, op_id=row.op_id)) for row in transaction.all(_DOCUMENTS, member=member)
    ]


def all_bookings(transaction: Transaction, member: str) -> Sequence[Any]:
    """Every booking of a member, those that were called off too."""
    return transaction.all(_BOOKINGS, member=member)
