"""Merging descriptions: one function for every table of described things.

No table is special here. A field's highest (n, at, node) wins, so any order of arrival gives the same row;
a field that this program does not know is kept in `extra` until it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from salon_desk.operations import description
from salon_desk.operations.description import ChangePlanned, Described, FieldValue
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables import catalogue, members, people


@dataclass(frozen=True, slots=True)
class Subject:
    """A described table with its three statements."""

    table: Table
    columns: frozenset[str]
    find: Statement
    add: Statement
    change: Statement


def _subject(table: Table) -> Subject:
    columns = [column for column in table.columns if column.name != "id"]
    return Subject(
        table=table,
        columns=frozenset(column.name for column in columns) - {"stamps", "extra"},
        find=Statement(lambda: select(table).where(table.c.id == bindparam("id"))),
        add=Statement(lambda: insert(table)),
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
    description.TenderDescribed: _subject(catalogue.tenders),
    description.MemberDescribed: _subject(members.members),
}

_PLAN = Statement(lambda: insert(catalogue.planned_changes))

Stamps = dict[str, tuple[int, int, str]]
_stamps = msgspec.json.Decoder(Stamps)


def described(transaction: Transaction, header: Header, operation: Described) -> None:
    """Merge the operation's fields into the row of the thing it describes."""
    subject = SUBJECTS[type(operation)]
    row = transaction.one(subject.find, id=operation.id)
    stamps: Stamps = _stamps.decode(row.stamps) if row else {}
    won: dict[str, Any] = {}
    for name, field in operation.fields.items():
        stamp = (field.n, header.at, header.node)
        if stamp > stamps.get(name, (0, 0, "")):
            stamps[name] = stamp
            won[name] = field.value
    values = {name: _column(value) for name, value in won.items() if name in subject.columns}
    extra: dict[str, Any] = msgspec.json.decode(row.extra) if row else {}
    extra |= {name: value for name, value in won.items() if name not in subject.columns}
    values["stamps"] = _canonical(stamps)
    values["extra"] = _canonical(extra)
    if row is None:
        transaction.run(subject.add, **{**_defaults(subject.table), "id": operation.id, **values})
    else:
        transaction.run(subject.change, row_id=operation.id, **{**row._asdict(), **values})


def change_planned(transaction: Transaction, header: Header, operation: ChangePlanned) -> None:
    """Keep new values that hold from a day on; whoever reads for such a day lays them over the row."""
    for name, field in operation.fields.items():
        transaction.run(
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
    """By field, the highest n that this node has seen (PROTOCOL 2)."""
    row = transaction.one(SUBJECTS[kind].find, id=id_)
    return {name: stamp[0] for name, stamp in _stamps.decode(row.stamps).items()} if row else {}


def _defaults(table: Table) -> dict[str, Any]:
    """What stands in a row before anything is said of it; a column that may be NULL is NULL."""
    filled = ((column, column.default) for column in table.columns)
    return {
        column.name: default.arg if isinstance(default, ScalarElementColumnDefault) else None
        for column, default in filled
        if column.nullable or isinstance(default, ScalarElementColumnDefault)
    }


def _column(value: FieldValue) -> Any:
    if isinstance(value, bool):
        return int(value)
    return _canonical(value) if isinstance(value, list) else value


def _canonical(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
