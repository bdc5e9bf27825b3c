"""What a report covers: the own numbers of one shift, or business days of one till; and statements written once for both.

No figure is summed here. The one rule: voided documents and their voids are no part of any figure but the count of
voids; a void happens in its sale's own shift, so whatever covers one covers the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.sales import sales
from salon_desk.storage.tables.shifts import cash_movements, shifts, tip_payouts


@dataclass(frozen=True, slots=True)
class ShiftNumbers:
    """One shift of one till, by the till's own operation numbers `first` to `last`, both in it.

    All that was sold between two Zs was sold in one shift; the shift's index leads to it, the numbers bound it.
    """

    shift: str
    node: str
    epoch: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Days:
    """Business days of one till from `first` to `last` (ISO dates), both in it."""

    node: str
    first: str
    last: str


Scope = ShiftNumbers | Days


@dataclass(frozen=True, slots=True)
class Conditions:
    """A scope as SQL: its documents, those of them that count, its cash and tips paid out, its journal rows."""

    documents: ColumnElement[bool]
    counted: ColumnElement[bool]
    cash: ColumnElement[bool]
    payouts: ColumnElement[bool]
    journal: ColumnElement[bool]


def _conditions(
    documents: ColumnElement[bool], in_shift: Callable[[Any], ColumnElement[bool]], rows: ColumnElement[bool]
) -> Conditions:
    return Conditions(
        documents=documents,
        counted=and_(documents, sales.c.voided_by == "", sales.c.kind != "void"),
        cash=in_shift(cash_movements),
        payouts=in_shift(tip_payouts),
        journal=rows,
    )


def _numbers() -> Conditions:
    rows = and_(
        journal.c.node == bindparam("node"),
        journal.c.epoch == bindparam("epoch"),
        journal.c.seq.between(bindparam("first"), bindparam("last")),
    )
    documents = and_(
        sales.c.shift == bindparam("shift"), exists().where(journal.c.op_id == sales.c.op_id, rows)
    )
    return _conditions(documents, lambda table: table.c.shift == bindparam("shift"), rows)


def _days() -> Conditions:
    first: Any = bindparam("first")
    last: Any = bindparam("last")
    node: Any = bindparam("node")
    of_days = select(shifts.c.id).where(shifts.c.node == node, shifts.c.business_day.between(first, last))
    return _conditions(
        and_(sales.c.node == node, sales.c.business_day.between(first, last)),
        lambda table: table.c.shift.in_(of_days),
        and_(journal.c.node == node, journal.c.business_day.between(first, last)),
    )


def counted(within: Conditions, detail: Any, *columns: Any) -> Any:
    """Columns over one detail table of the documents that count."""
    return (
        select(*columns)
        .select_from(sales)
        .join(detail, detail.c.op_id == sales.c.op_id)
        .where(within.counted)
    )


def names_of(table: Any) -> list[Any]:
    """The three name columns of a grouped table, any of the group standing for all."""
    columns = ("name_en", "name_zh_cn", "name_zh_tw")
    return [func.max(table.c[column]).label(column) for column in columns]


class Scoped:
    """A statement over a scope, compiled once for each kind of scope."""

    def __init__(self, build: Callable[[Conditions], Any]) -> None:
        self._numbers = Statement(partial(_built, build, _numbers))
        self._days = Statement(partial(_built, build, _days))

    def all(self, transaction: Transaction, scope: Scope, **parameters: Any) -> list[Any]:
        """Every row."""
        return transaction.all(self._of(scope), **asdict(scope), **parameters)

    def one(self, transaction: Transaction, scope: Scope, **parameters: Any) -> Any:
        """The one row of a sum."""
        return transaction.one(self._of(scope), **asdict(scope), **parameters)

    def _of(self, scope: Scope) -> Statement:
        return self._days if isinstance(scope, Days) else self._numbers


def _built(build: Callable[[Conditions], Any], conditions: Callable[[], Conditions]) -> Any:
    return build(conditions())
