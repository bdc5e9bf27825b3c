"""Sales, top-ups, refunds and voids as documents: found by id, receipt or member, newest first.

Sums are in `reports.py`; what exactly was sold stands in the operation itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from salon_desk.domain.money import Money
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.sales import sales

_ONE = Statement(lambda: select(sales).where(sales.c.op_id == bindparam("op_id")))
_BY_RECEIPT = Statement(lambda: select(sales).where(sales.c.receipt == bindparam("receipt")))
_UNDONE = Statement(
    lambda: (
        select(sales.c.op_id)
        .where(sales.c.of_sale == bindparam("sale"), sales.c.kind == "refund")
        .order_by(sales.c.seq)
    )
)
_RECENT = Statement(lambda: select(sales).order_by(sales.c.seq.desc()).limit(bindparam("most")))
_OF_MEMBER = Statement(
    lambda: (
        select(sales)
        .where(sales.c.member == bindparam("member"))
        .order_by(sales.c.seq.desc())
        .limit(bindparam("most"))
    )
)


@dataclass(frozen=True, slots=True)
class Document:
    """A sale, top-up, refund or void in a list. `kind` is "sale", "top_up", "refund" or "void"."""

    op_id: str
    kind: str
    receipt: str
    sold_at: str
    business_day: str
    shift: str
    member: str
    cashier: str
    total: Money
    tip: Money
    funded: Money
    of_sale: str
    voided_by: str


def document(transaction: Transaction, op_id: str) -> Document | None:
    """One document by the id of its operation."""
    row = transaction.one(_ONE, op_id=op_id)
    return None if row is None else _document(row)


def by_receipt(transaction: Transaction, receipt: str) -> Document | None:
    """One document by its receipt number."""
    row = transaction.one(_BY_RECEIPT, receipt=receipt)
    return None if row is None else _document(row)


def undone(transaction: Transaction, sale: str) -> list[str]:
    """The ids of the refunds of a sale, oldest first."""
    return [row.op_id for row in transaction.all(_UNDONE, sale=sale)]


def recent(transaction: Transaction, most: int = 50) -> list[Document]:
    """The newest documents by the till's own numbers, which no clock can confuse."""
    return [_document(row) for row in transaction.all(_RECENT, most=most)]


def of_member(transaction: Transaction, member: str, most: int = 50) -> list[Document]:
    """A member's newest documents."""
    return [_document(row) for row in transaction.all(_OF_MEMBER, member=member, most=most)]


def _document(row: Any) -> Document:
    return Document(
        op_id=row.op_id,
        kind=row.kind,
        receipt=row.receipt,
        sold_at=row.sold_at,
        business_day=row.business_day,
        shift=row.shift,
        member=row.member,
        cashier=row.cashier,
        total=Money(row.total_cents, row.currency),
        tip=Money(row.tip_cents, row.currency),
        funded=Money(row.funded_cents, row.currency),
        of_sale=row.of_sale,
        voided_by=row.voided_by,
    )
