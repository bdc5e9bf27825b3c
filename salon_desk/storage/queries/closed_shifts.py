"""A till's closed shifts, by Z number or business day, and a store's last business day; Z numbers are each till's own.

The open shift is in `shifts.py`. The figures of a Z stand in its operation (`close_op`), never here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from salon_desk.domain.money import Money
from salon_desk.domain.shift import ShiftState
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.people import tills
from salon_desk.storage.tables.shifts import shifts


def _closed() -> Any:
    return select(shifts).where(shifts.c.state == ShiftState.CLOSED.value)


def _of_till() -> Any:
    return _closed().where(shifts.c.node == bindparam("node"))


_LATEST = Statement(lambda: _of_till().order_by(shifts.c.z_number.desc()).limit(1))
_BY_NUMBER = Statement(
    lambda: (
        _of_till()
        .where(shifts.c.z_number == bindparam("z_number"))
        .order_by(shifts.c.closed_at.desc())
        .limit(1)
    )
)
_BY_OP = Statement(lambda: _closed().where(shifts.c.close_op == bindparam("op_id")))
_BY_SHIFT = Statement(lambda: _closed().where(shifts.c.id == bindparam("shift")))
_OF_DAYS = Statement(
    lambda: (
        _of_till()
        .where(shifts.c.business_day.between(bindparam("first"), bindparam("last")))
        .order_by(shifts.c.closed_at, shifts.c.z_number)
    )
)
_OF_STORE = Statement(
    lambda: (
        select(shifts, tills.c.name.label("till"))
        .join(tills, tills.c.id == shifts.c.node)
        .where(
            shifts.c.state == ShiftState.CLOSED.value,
            shifts.c.store == bindparam("store"),
            shifts.c.business_day.between(bindparam("first"), bindparam("last")),
        )
        .order_by(tills.c.code, shifts.c.node, shifts.c.closed_at, shifts.c.z_number)
    )
)
_LAST_DAY_OF_STORE = Statement(
    lambda: select(func.max(shifts.c.business_day)).where(shifts.c.store == bindparam("store"))
)


@dataclass(frozen=True, slots=True)
class ClosedShift:
    """A shift that has its Z; `close_op` is the operation that froze it."""

    shift: str
    close_op: str
    node: str
    business_day: str
    opened_by: str
    closed_by: str
    z_number: int
    expected: Money
    counted: Money
    over_short: Money


def latest(transaction: Transaction, node: str) -> ClosedShift | None:
    """A till's newest Z."""
    return _found(transaction.one(_LATEST, node=node))


def by_number(transaction: Transaction, node: str, z_number: int) -> ClosedShift | None:
    """A till's Z of this number; the newest, should numbers have begun anew."""
    return _found(transaction.one(_BY_NUMBER, node=node, z_number=z_number))


def by_operation(transaction: Transaction, op_id: str) -> ClosedShift | None:
    """The Z that this operation froze."""
    return _found(transaction.one(_BY_OP, op_id=op_id))


def by_shift(transaction: Transaction, shift: str) -> ClosedShift | None:
    """The Z of this shift, if it is closed."""
    return _found(transaction.one(_BY_SHIFT, shift=shift))


def of_days(transaction: Transaction, node: str, first: str, last: str) -> list[ClosedShift]:
    """A till's Zs of business days (ISO dates, both in it), oldest first."""
    return [_shift(row) for row in transaction.all(_OF_DAYS, node=node, first=first, last=last)]


def of_store(transaction: Transaction, store: str, first: str, last: str) -> list[tuple[str, ClosedShift]]:
    """The Zs of a store's business days, till by till, each with the name of its till."""
    return [
        (row.till, _shift(row)) for row in transaction.all(_OF_STORE, store=store, first=first, last=last)
    ]


def last_day_of_store(transaction: Transaction, store: str) -> str:
    """The newest business day of a store that is known here, empty when there was none."""
    return str(transaction.value(_LAST_DAY_OF_STORE, store=store) or "")


def _found(row: Any) -> ClosedShift | None:
    return None if row is None else _shift(row)


def _shift(row: Any) -> ClosedShift:
    return ClosedShift(
        shift=row.id,
        close_op=row.close_op,
        node=row.node,
        business_day=row.business_day,
        opened_by=row.opened_by,
        closed_by=row.closed_by,
        z_number=row.z_number,
        expected=Money(row.expected_cents, row.currency),
        counted=Money(row.counted_cents, row.currency),
        over_short=Money(row.over_short_cents, row.currency),
    )
