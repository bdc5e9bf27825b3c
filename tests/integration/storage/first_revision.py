"""Writes the first revision from the tables as they are now, until the product is released:

    python -m tests.integration.storage.first_revision | ruff format - > \\
        salon_desk/storage/migrations/versions/0001_first.py

After the release 0001 is never written again; a change is a revision of its own.
"""

from __future__ import annotations

import importlib
import inspect
import textwrap
from collections.abc import Iterator

from sqlalchemy import (
    CheckConstraint,
    Column,
    Constraint,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from salon_desk.storage import tables
from salon_desk.storage.tables import metadata

HEAD = '''"""The first schema: every table as it was when the product was first released.

Written from the tables by `tests/integration/storage/first_revision.py` and frozen since; it does not read them.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table in an empty database."""
'''

TAIL = '''

_KINDS: dict[str, Any] = {
    "text": sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
    "whole": sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    "blob": sa.LargeBinary(),
}


def _columns(words: str) -> list[sa.Column[Any]]:
    """Columns by name and kind; one without a kind is text, one with a question mark may be NULL."""
    columns = []
    for word in words.split():
        name, _colon, kind = word.rstrip("?").partition(":")
        nullable = word.endswith("?")
        columns.append(sa.Column(name, _KINDS[kind or "text"], nullable=nullable, autoincrement=False))
    return columns
'''


def subjects() -> Iterator[tuple[str, list[Table]]]:
    """The modules of tables and what each defines, in its order."""
    for name in sorted(set(tables.__all__) - {"metadata"}):
        module = importlib.import_module(f"salon_desk.storage.tables.{name}")
        found = [value for value in vars(module).values() if isinstance(value, Table)]
        yield name, found


def revision() -> str:
    """The text of the module."""
    lines = [HEAD.rstrip("\n")]
    lines += [f"    _{name}()" for name, _tables in subjects()]
    for name, found in subjects():
        lines += ["", "", f"def _{name}() -> None:"]
        lines += [line for table in found for line in _table(table)]
    return "\n".join(lines) + "\n" + TAIL


def _table(table: Table) -> Iterator[str]:
    assert table.dialect_options["sqlite"]["strict"]
    yield "    op.create_table("
    yield f'        "{table.name}",'
    words = textwrap.wrap(" ".join(map(_word, table.columns)), 95)
    if len(words) == 1:
        yield f'        *_columns("{words[0]}"),'
    else:
        yield "        *_columns("
        yield from (f'            "{line} "' for line in words[:-1])
        yield f'            "{words[-1]}"'
        yield "        ),"
    for constraint in sorted(table.constraints, key=lambda one: (one._creation_order, str(one.name))):
        yield f"        {_constraint(constraint)},"
    yield "        sqlite_strict=True,"
    if not table.dialect_options["sqlite"]["with_rowid"]:
        yield "        sqlite_with_rowid=False,"
    yield "    )"
    for index in sorted(table.indexes, key=lambda one: str(one.name)):
        yield f"    {_index(table, index)}"


def _word(column: Column[object]) -> str:
    may_be_missing = "?" if column.nullable else ""
    if isinstance(column.type, Text):
        return f"{column.name}:text?" if may_be_missing else column.name
    return f"{column.name}:{'blob' if isinstance(column.type, LargeBinary) else 'whole'}{may_be_missing}"


def _constraint(constraint: Constraint) -> str:
    match constraint:
        case PrimaryKeyConstraint() | UniqueConstraint():
            kind = type(constraint).__name__
            names = ", ".join(f'"{column.name}"' for column in constraint.columns)
            return f'sa.{kind}({names}, name="{_named(constraint)}")'
        case CheckConstraint():
            return f'sa.CheckConstraint("{constraint.sqltext}", name="{_named(constraint)}")'
        case _:
            raise AssertionError(f"teach this to write {constraint!r}")


def _index(table: Table, index: Index) -> str:
    names = ", ".join(f'"{column.name}"' for column in index.columns)
    unique = ", unique=True" if index.unique else ""
    assert len(index.columns) == len(index.expressions)
    return f'op.create_index("{_named(index)}", "{table.name}", [{names}]{unique})'


def _named(thing: Constraint | Index) -> str:
    """The name as the conventions of the metadata make it."""
    from sqlalchemy.dialects import sqlite

    return str(sqlite.dialect().identifier_preparer.format_constraint(thing, _alembic_quote=False))


if __name__ == "__main__":
    assert inspect.ismodule(tables)
    assert {table.name for _name, found in subjects() for table in found} == set(metadata.tables)
    print(revision(), end="")
