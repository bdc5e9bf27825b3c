"""Changes planned for a day, laid over the rows of described tables by whoever reads for a day.

A row never changes by a date: the value of a field on a business day is the one with the highest (n, at, node) among the
row's and the plans whose day has come. So a till that hears from nobody changes its prices on the day all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from salon_desk.operations.description import Described, FieldValue
from salon_desk.storage.apply.descriptions import SUBJECTS, Subject, column_value, stamps_of
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.catalogue import planned_changes

_plans = planned_changes.c
_DUE = Statement(
    lambda: select(planned_changes).where(
        _plans.from_day <= bindparam("day"), _plans.subject == bindparam("subject")
    )
)
_OF_ONE = Statement(
    lambda: select(planned_changes).where(
        _plans.subject == bindparam("subject"),
        _plans.id == bindparam("id"),
        _plans.from_day <= bindparam("day"),
    )
)
_ANYTHING = Statement(
    lambda: (
        select(_plans.id).where(_plans.subject == bindparam("subject"), _plans.id == bindparam("id")).limit(1)
    )
)
EVER = "9999-12-31"
"""A day that no plan comes after."""

Stamp = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class PlannedValue:
    """A field's value from a business day (ISO date) on, as it was recorded."""

    field: str
    from_day: str
    stamp: Stamp
    value: FieldValue


def of_one(transaction: Transaction, kind: type[Described], id_: str, day: str = EVER) -> list[PlannedValue]:
    """Every plan for one thing up to a day, overtaken ones too, in no order."""
    return [_planned(row) for row in transaction.all(_OF_ONE, subject=kind.KIND, id=id_, day=day)]


def anything(transaction: Transaction, kind: type[Described], id_: str) -> bool:
    """Whether anything was ever planned for a thing, for those to whom the day itself costs a query."""
    return transaction.one(_ANYTHING, subject=kind.KIND, id=id_) is not None


def on_day(transaction: Transaction, kind: type[Described], row: Any, day: str) -> Any:
    """A row of a described table, selected whole, as it is on a business day. No day: as it was merged."""
    if row is None or not day:
        return row
    due = of_one(transaction, kind, row.id, day)
    return laid_over(SUBJECTS[kind], row, due) if due else row


def list_on_day(
    transaction: Transaction,
    kind: type[Described],
    rows: list[Any],
    day: str,
    *,
    listed: Callable[[Any], bool],
    order: Callable[[Any], Any],
) -> list[Any]:
    """A list as it is on a business day: `rows` as they were merged, without those that are no longer `listed` on that day
    and with those that are by then, in their order.
    """
    due: dict[str, list[PlannedValue]] = {}
    for row in transaction.all(_DUE, subject=kind.KIND, day=day):
        due.setdefault(row.id, []).append(_planned(row))
    if not due:
        return rows
    subject = SUBJECTS[kind]
    by_id = {row.id: row for row in rows}
    for id_, plans in due.items():
        row = by_id.get(id_) or transaction.one(subject.find, id=id_)
        if row is not None:
            by_id[id_] = laid_over(subject, row, plans)
    return sorted(filter(listed, by_id.values()), key=order)


def laid_over(subject: Subject, row: Any, plans: Iterable[PlannedValue]) -> Any:
    """A row with the values of those plans that stand over it; fields without a column of their own go into `extra`."""
    values = standing(stamps_of(row), plans)
    known = {
        name: column_value(subject, name, plan.value)
        for name, plan in values.items()
        if name in subject.columns
    }
    extra = {name: plan.value for name, plan in values.items() if name not in subject.columns}
    if extra:
        merged = msgspec.json.decode(row.extra) | extra
        known["extra"] = msgspec.json.encode(merged, order="sorted").decode()
    return row._replace(**known)


def standing(stamps: Mapping[str, Stamp], plans: Iterable[PlannedValue]) -> dict[str, PlannedValue]:
    """By field, the plan with the highest stamp, where that is above the row's; of two alike the greater value."""
    best: dict[str, PlannedValue] = {}
    for plan in sorted(plans, key=lambda plan: msgspec.json.encode(plan.value, order="sorted"), reverse=True):
        above = best[plan.field].stamp if plan.field in best else stamps.get(plan.field, (0, 0, ""))
        if plan.stamp > tuple(above):
            best[plan.field] = plan
    return best


def _planned(row: Any) -> PlannedValue:
    value: FieldValue = msgspec.json.decode(row.value)
    return PlannedValue(row.field, row.from_day, (row.n, row.at, row.node), value)
