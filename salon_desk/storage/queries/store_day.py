"""A store's business day as this node knows it: each till's state, and what came late.

No figure of the day is summed here (`reports.py`). Late is what this node recorded after a till of the same store had begun a
later business day: an order that it knows for certain, whatever the clocks said (PROTOCOL 11).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select

from salon_desk.documents.store_day import LateDocument, TillDay, TillState
from salon_desk.domain.money import Money
from salon_desk.domain.shift import ShiftState
from salon_desk.operations.shift import ShiftOpened
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.people import tills
from salon_desk.storage.tables.sales import sales
from salon_desk.storage.tables.shifts import shifts

_TILLS = Statement(
    lambda: (
        select(tills.c.id, tills.c.name, tills.c.retiring)
        .where(tills.c.store == bindparam("store"), tills.c.hub == 0)
        .order_by(tills.c.code, tills.c.id)
    )
)
_SHIFTS = Statement(
    lambda: (
        select(shifts.c.state, shifts.c.z_number)
        .where(shifts.c.node == bindparam("node"), shifts.c.business_day.between(*_days()))
        .order_by(shifts.c.z_number)
    )
)
_TAKEN = Statement(
    lambda: select(
        func.count().label("count"), func.coalesce(func.sum(sales.c.total_cents), 0).label("cents")
    ).where(
        sales.c.node == bindparam("node"),
        sales.c.business_day.between(*_days()),
        sales.c.voided_by == "",
        sales.c.kind.in_(("sale", "refund")),
    )
)
_LAST_DAY = Statement(
    lambda: select(func.coalesce(func.max(shifts.c.business_day), "")).where(
        shifts.c.node == bindparam("node")
    )
)
_NEXT_DAY_BEGAN = Statement(
    lambda: (
        select(func.min(journal.c.position))
        .join(tills, tills.c.id == journal.c.node)
        .where(
            tills.c.store == bindparam("store"),
            journal.c.kind == ShiftOpened.KIND,
            journal.c.business_day > bindparam("last"),
        )
    )
)
_LATE = Statement(
    lambda: (
        select(
            sales.c.receipt,
            sales.c.kind,
            sales.c.total_cents,
            sales.c.currency,
            tills.c.name,
            sales.c.sold_at,
        )
        .join(journal, journal.c.op_id == sales.c.op_id)
        .join(tills, tills.c.id == sales.c.node)
        .where(
            sales.c.business_day.between(*_days()),
            sales.c.store == bindparam("store"),
            journal.c.position > bindparam("position"),
        )
        .order_by(journal.c.position)
    )
)


def _days() -> tuple[Any, Any]:
    return bindparam("first"), bindparam("last")


def tills_of_day(
    transaction: Transaction, *, store: str, first: str, last: str, currency: str
) -> tuple[TillDay, ...]:
    """Every till of a store and how its days from `first` to `last` (ISO dates) stand, in the order of their codes."""
    found = []
    for till in transaction.all(_TILLS, store=store):
        days = {"node": till.id, "first": first, "last": last}
        seen = transaction.all(_SHIFTS, **days)
        if till.retiring and not seen:
            continue
        ((count, cents),) = transaction.all(_TAKEN, **days)
        state = _state(seen, transaction.value(_LAST_DAY, node=till.id), last)
        found.append(
            TillDay(
                till=till.name,
                state=state,
                z_numbers=tuple(one.z_number for one in seen if one.z_number),
                documents=count,
                total=Money(cents, currency),
            )
        )
    return tuple(found)


def late(transaction: Transaction, *, store: str, first: str, last: str) -> tuple[LateDocument, ...]:
    """Documents of these days that arrived after the store had gone on to a later one, in the order of arrival."""
    began = transaction.value(_NEXT_DAY_BEGAN, store=store, last=last)
    if began is None:
        return ()
    rows = transaction.all(_LATE, store=store, first=first, last=last, position=began)
    return tuple(
        LateDocument(
            till=row.name,
            receipt=row.receipt,
            kind=row.kind,
            sold_at=row.sold_at,
            total=Money(row.total_cents, row.currency),
        )
        for row in rows
    )


def _state(seen: list[Any], last_heard: str, last: str) -> TillState:
    if any(one.state != ShiftState.CLOSED.value for one in seen):
        return TillState.OPEN
    if seen:
        return TillState.CLOSED
    return TillState.QUIET if last_heard > last else TillState.MISSING
