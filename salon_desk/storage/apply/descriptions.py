"""Merging descriptions: one function for every table of described things.

No table is special here. A field's highest (n, at, node) wins, so any order of arrival gives the same row; of two alike, as
two copies of one folder may draw them, the greater value. A field that this program does not know is kept in `extra` until it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Column, Table, Text, bindparam, func, select, update
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from salon_desk.operations import description
from salon_desk.operations.description import ChangePlanned, Described, FieldValue
from salon_desk.operations.envelope import Header
from salon_desk.operations.message_template import MessageTemplateDescribed
from salon_desk.operations.savings import SavingsPlanDescribed
from salon_desk.operations.segment import SegmentDescribed
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.operations.trigger import TriggerDescribed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables import (
    catalogue,
    members,
    message_templates,
    people,
    promotions,
    savings,
    series,
    tiers,
    triggers,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A described table with its three statements."""

    table: Table
    columns: frozenset[str]
    find: Statement
    add: Rows
    change: Statement


def _subject(table: Table) -> Subject:
    columns = [column for column in table.columns if column.name != "id"]
    return Subject(
        table=table,
        columns=frozenset(column.name for column in columns) - {"stamps", "extra"},
        find=Statement(lambda: select(table).where(table.c.id == bindparam("id"))),
        add=Rows(table),
        change=Statement(
            lambda: (
                update(table)
                .where(table.c.id == bindparam("row_id"))
                .values({column: bindparam(column.name) for column in columns})
            )
        ),
    )


SUBJECTS: dict[type[Described], Subject] = {
    description.StoreDescribed: _subject(people.stores),
    description.TillDescribed: _subject(people.tills),
    description.StaffDescribed: _subject(people.staff),
    description.CategoryDescribed: _subject(catalogue.categories),
    description.ItemDescribed: _subject(catalogue.items),
    description.OfferDescribed: _subject(catalogue.offers),
    description.DiscountDescribed: _subject(catalogue.discounts),
    description.PromotionDescribed: _subject(promotions.promotions),
    description.TenderDescribed: _subject(catalogue.tenders),
    description.MemberDescribed: _subject(members.members),
    description.TierDescribed: _subject(tiers.tiers),
    TriggerDescribed: _subject(triggers.triggers),
    MessageTemplateDescribed: _subject(message_templates.message_templates),
    SegmentDescribed: _subject(triggers.segments),
    SavingsPlanDescribed: _subject(savings.savings_plans),
    SeriesOfferDescribed: _subject(series.series_offers),
}

_PLAN = Rows(catalogue.planned_changes)
_HIGHEST_PLANNED = Statement(
    lambda: (
        select(catalogue.planned_changes.c.field, func.max(catalogue.planned_changes.c.n).label("n"))
        .where(
            catalogue.planned_changes.c.subject == bindparam("subject"),
            catalogue.planned_changes.c.id == bindparam("id"),
        )
        .group_by(catalogue.planned_changes.c.field)
    )
)

_BY_KIND = {kind.KIND: subject for kind, subject in SUBJECTS.items()}

_HIGHEST = (1 << 63) - 1
_NO_LIST = "[]"
"""The default of a column that keeps a list."""

Stamps = dict[str, tuple[int, int, str]]
_stamps = msgspec.json.Decoder(Stamps)


def described(transaction: Transaction, header: Header, operation: Described) -> None:
    """Merge the operation's fields into the row of the thing it describes. Raises ValueError for one that does not fit."""
    subject = SUBJECTS[type(operation)]
    # whether it fits may not depend on what stands there: a field that loses is looked at as well
    fitting = {name: column_value(subject, name, field.value) for name, field in operation.fields.items()}
    row = transaction.one(subject.find, id=operation.id)
    stamps: Stamps = _stamps.decode(row.stamps) if row else {}
    extra: dict[str, Any] = msgspec.json.decode(row.extra) if row else {}
    standing: dict[str, Any] = {**row._asdict(), **extra} if row else {}
    won: dict[str, Any] = {}
    for name, field in operation.fields.items():
        stamp, before = (field.n, header.at, header.node), stamps.get(name, (0, 0, ""))
        if stamp > before or (stamp == before and _canonical(fitting[name]) > _canonical(standing[name])):
            stamps[name] = stamp
            won[name] = fitting[name]
    values = {name: value for name, value in won.items() if name in subject.columns}
    extra |= {name: value for name, value in won.items() if name not in subject.columns}
    values["stamps"] = _canonical(stamps)
    values["extra"] = _canonical(extra)
    if row is None:
        transaction.put(subject.add, **{**_defaults(subject.table), "id": operation.id, **values})
    else:
        transaction.put(subject.change, row_id=operation.id, **{**row._asdict(), **values})


def change_planned(transaction: Transaction, header: Header, operation: ChangePlanned) -> None:
    """Keep new values that hold from a day on; whoever reads for such a day lays them over the row.

    Raises ValueError for a subject that this program does not know, a day that is no ISO date, a value that does not fit.
    """
    subject = subject_of(operation.subject)
    if date.fromisoformat(operation.from_day).isoformat() != operation.from_day:
        raise ValueError(f"no ISO date: {operation.from_day}")
    for name, field in operation.fields.items():
        column_value(subject, name, field.value)
        transaction.put(
            _PLAN,
            subject=operation.subject,
            id=operation.id,
            field=name,
            op_id=header.op_id,
            from_day=operation.from_day,
            n=field.n,
            at=header.at,
            node=header.node,
            value=_canonical(field.value),
        )


def edit_numbers(transaction: Transaction, kind: type[Described], id_: str) -> dict[str, int]:
    """By field, the highest n that this node has seen, in the row or in a plan (PROTOCOL 2)."""
    row = transaction.one(SUBJECTS[kind].find, id=id_)
    seen = {name: stamp[0] for name, stamp in stamps_of(row).items()} if row else {}
    for planned in transaction.all(_HIGHEST_PLANNED, subject=kind.KIND, id=id_):
        seen[planned.field] = max(planned.n, seen.get(planned.field, 0))
    return seen


def subject_of(kind: str) -> Subject:
    """The table that a kind of description is merged into. Raises ValueError for one that this program does not know."""
    found = _BY_KIND.get(kind)
    if found is None:
        raise ValueError(f"not a described subject: {kind}")
    return found


def stamps_of(row: Any) -> Stamps:
    """By field, the (n, at, node) of what stands in a row of a described table."""
    return _stamps.decode(row.stamps)


def merged(transaction: Transaction, kind: type[Described], id_: str) -> tuple[Stamps, dict[str, FieldValue]]:
    """What stands in the row of a thing, by field, as it was said: stamps and values; defaults where nothing was."""
    subject = SUBJECTS[kind]
    row = transaction.one(subject.find, id=id_)
    stood: dict[str, Any] = row._asdict() if row else _defaults(subject.table)
    lists = {column.name for column in subject.table.columns if _default(column) == _NO_LIST}
    values = {
        name: msgspec.json.decode(value) if name in lists else value
        for name, value in stood.items()
        if name in subject.columns
    }
    extra: dict[str, FieldValue] = msgspec.json.decode(stood["extra"])
    return (stamps_of(row) if row else {}), values | extra


def column_value(subject: Subject, name: str, value: FieldValue) -> Any:
    """A field's value as its column keeps it; as it is where this program knows no such column.

    Raises ValueError for a value that the column is not made for: one database would turn it into another, one refuse it.
    """
    return _column(subject.table.columns[name], value) if name in subject.columns else value


def _defaults(table: Table) -> dict[str, Any]:
    """What stands in a row before anything is said of it; a column that may be NULL is NULL."""
    return {
        column.name: _default(column)
        for column in table.columns
        if column.nullable or isinstance(column.default, ScalarElementColumnDefault)
    }


def _default(column: Column[Any]) -> Any:
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None


def _column(column: Column[Any], value: FieldValue) -> Any:
    if value is None and column.nullable:
        return None
    if not isinstance(column.type, Text):
        if isinstance(value, int) and -_HIGHEST - 1 <= value <= _HIGHEST:
            return int(value)
    elif _default(column) == _NO_LIST:
        if isinstance(value, list):
            return _canonical(value)
    elif isinstance(value, str):
        return value
    raise ValueError(f"{column.table.name}.{column.name} cannot be a {type(value).__name__} of this kind")


def _canonical(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
