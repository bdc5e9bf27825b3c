"""Sales, top-ups, refunds and voids as documents: found by id, receipt or member, newest first.

Sums are in `reports.py`; what exactly was sold stands in the operation itself. A till's own documents are in the order of its
numbers, those of several tills in the order of their hybrid clocks: each till's own order, and never before what it had seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, select

from salon_desk.domain.money import Money
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import group
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.local import identity
from salon_desk.storage.tables.sales import sales

_IS_OWN = case((sales.c.node == select(identity.c.node).scalar_subquery(), 1), else_=0)


def _with_clocks(*columns: Any) -> Any:
    return select(*columns).join_from(sales, journal, journal.c.op_id == sales.c.op_id)


_ONE = Statement(lambda: select(sales).where(sales.c.op_id == bindparam("op_id")))
_BY_RECEIPT = Statement(
    lambda: (
        _with_clocks(sales)
        .where(sales.c.receipt == bindparam("receipt"))
        .order_by(_IS_OWN.desc(), journal.c.at.desc(), sales.c.op_id)
        .limit(1)
    )
)
_OF_TICKET = Statement(
    lambda: (
        select(sales.c.op_id, sales.c.store, sales.c.receipt, sales.c.currency)
        .where(sales.c.ticket == bindparam("ticket"), sales.c.kind.in_(("sale", "top_up")))
        .order_by(sales.c.op_id)
        .limit(1)
    )
)
_UNDONE = Statement(
    lambda: (
        _with_clocks(sales.c.op_id)
        .where(sales.c.of_sale == bindparam("sale"), sales.c.kind == "refund")
        .order_by(journal.c.at, sales.c.op_id)
    )
)
_RECENT = Statement(
    lambda: (
        select(sales)
        .where(sales.c.node == bindparam("node"))
        .order_by(sales.c.seq.desc())
        .limit(bindparam("most"))
    )
)
_OF_MEMBER = Statement(
    lambda: (
        _with_clocks(sales)
        .where(sales.c.member == bindparam("member"))
        .order_by(journal.c.at.desc(), sales.c.op_id)
        .limit(bindparam("most"))
    )
)


_OF_STORE = Statement(
    lambda: (
        select(sales.c.op_id)
        .where(
            sales.c.store == bindparam("store"),
            sales.c.kind == "sale",
            sales.c.voided_by == "",
            sales.c.business_day >= bindparam("first"),
            sales.c.business_day <= bindparam("last"),
        )
        .order_by(sales.c.business_day, sales.c.sold_at, sales.c.op_id)
    )
)
_FIRST = Statement(
    lambda: (
        select(sales.c.receipt)
        .where(sales.c.member == bindparam("member"), sales.c.kind == "sale")
        .order_by(sales.c.business_day, sales.c.sold_at, sales.c.op_id)
        .limit(1)
    )
)


@dataclass(frozen=True, slots=True)
class SoldAt:
    """The sale of a ticket: its operation, and where it was made."""

    op_id: str
    store: str
    receipt: str
    currency: str


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
    """One document by its receipt number; should two tills give the same numbers, this one's own."""
    row = transaction.one(_BY_RECEIPT, receipt=receipt)
    return None if row is None else _document(row)


def of_ticket(transaction: Transaction, ticket: str) -> SoldAt | None:
    """The sale of a ticket, or a top-up by its id, as far as this node knows of it."""
    row = transaction.one(_OF_TICKET, ticket=ticket)
    return None if row is None else SoldAt(row.op_id, row.store, row.receipt, row.currency)


def undone(transaction: Transaction, sale: str) -> list[str]:
    """The ids of the refunds of a sale, oldest first."""
    return [row.op_id for row in transaction.all(_UNDONE, sale=sale)]


def recent(transaction: Transaction, node: str, most: int = 50) -> list[Document]:
    """The newest documents of a till by its own numbers, which no clock can confuse."""
    return [_document(row) for row in transaction.all(_RECENT, node=node, most=most)]


def of_member(transaction: Transaction, member: str, most: int = 50) -> list[Document]:
    """A member's newest documents, of whatever till and under whichever id of the person."""
    ids = group(transaction, member)
    found = [_document(row) for one in ids for row in transaction.all(_OF_MEMBER, member=one, most=most)]
    if len(ids) > 1:
        found.sort(key=lambda one: (one.sold_at, one.op_id), reverse=True)
    return found[:most]


def of_store(transaction: Transaction, store: str, first: str, last: str) -> list[str]:
    """The ids of a store's sales that stand, by business day, both inclusive."""
    return [row.op_id for row in transaction.all(_OF_STORE, store=store, first=first, last=last)]


def first_of_member(transaction: Transaction, member: str) -> str:
    """The receipt of a member's first sale; empty without one."""
    return str(transaction.value(_FIRST, member=member) or "")


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
