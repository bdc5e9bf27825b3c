"""What a report covers: the own numbers of one shift, or business days of a till or of its store; and statements written once for both.

No figure is summed here. The one rule: voided documents and their voids are no part of any figure but the count of
voids; a void happens in its sale's own shift, so whatever covers one covers the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.people import tills
from salon_desk.storage.tables.sales import sales
from salon_desk.storage.tables.shifts import cash_movements, shifts, tip_payouts


@dataclass(frozen=True, slots=True)
class ShiftNumbers:
    """One shift of one till, by the till's own operation numbers `first` to `last` of an epoch, both in it.

    All that was sold between two Zs was sold in one shift; the shift's index leads to it, the numbers bound it. A shift that
    saw a new epoch begin has besides what was recorded here before that.
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


@dataclass(frozen=True, slots=True)
class StoreDays:
    """Business days of all tills of one store from `first` to `last` (ISO dates), both in it."""

    store: str
    first: str
    last: str


Scope = ShiftNumbers | Days | StoreDays


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
    opening = journal.alias("opening")
    began = select(opening.c.position).where(
        opening.c.node == bindparam("node"), opening.c.epoch == bindparam("epoch"), opening.c.seq == 1
    )
    before = and_(journal.c.node == bindparam("node"), journal.c.position < began.scalar_subquery())
    documents = and_(
        sales.c.shift == bindparam("shift"),
        exists().where(journal.c.op_id == sales.c.op_id, or_(rows, before)),
    )
    return _conditions(documents, lambda table: table.c.shift == bindparam("shift"), rows)


def _days() -> Conditions:
    node: Any = bindparam("node")
    return _of_days(sales.c.node == node, shifts.c.node == node, journal.c.node == node)


def _store_days() -> Conditions:
    store: Any = bindparam("store")
    there = select(tills.c.id).where(tills.c.store == store)
    return _of_days(sales.c.store == store, shifts.c.store == store, journal.c.node.in_(there))


def _of_days(
    documents: ColumnElement[bool], opened: ColumnElement[bool], recorded: ColumnElement[bool]
) -> Conditions:
    first: Any = bindparam("first")
    last: Any = bindparam("last")
    of_days = select(shifts.c.id).where(opened, shifts.c.business_day.between(first, last))
    return _conditions(
        and_(documents, sales.c.business_day.between(first, last)),
        lambda table: table.c.shift.in_(of_days),
        and_(recorded, journal.c.business_day.between(first, last)),
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
        kinds = {ShiftNumbers: _numbers, Days: _days, StoreDays: _store_days}
        self._of = {kind: Statement(partial(_built, build, made)) for kind, made in kinds.items()}

    def all(self, transaction: Transaction, scope: Scope, **parameters: Any) -> list[Any]:
        """Every row."""
        return transaction.all(self._of[type(scope)], **asdict(scope), **parameters)

    def one(self, transaction: Transaction, scope: Scope, **parameters: Any) -> Any:
        """The one row of a sum."""
        return transaction.one(self._of[type(scope)], **asdict(scope), **parameters)


def _built(build: Callable[[Conditions], Any], conditions: Callable[[], Conditions]) -> Any:
    return build(conditions())
