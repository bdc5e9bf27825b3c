"""The database itself, before its rows are read: damaged pages, tables and indexes that are missing, strange or different.

What the rows say is checked elsewhere. SQLite is asked by its PRAGMAs, PostgreSQL by its catalogue.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Text

from salon_desk.storage.engine import Database
from salon_desk.storage.schema import REVISION_TABLE
from salon_desk.storage.tables import metadata
from salon_desk.storage.verification.problems import Problems, named

_SQLITE_OBJECTS = "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
_POSTGRES_OBJECTS = """
    SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'i', 'I')
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = pg_class.oid)
"""
_POSTGRES_COLUMNS = """
    SELECT table_name, column_name, coalesce(collation_name, '') FROM information_schema.columns
    WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position
"""


def check_structure(database: Database, name: str, rows: Any, problems: Problems) -> None:
    """Name what is wrong. `rows` runs SQL written by hand and gives text as bytes; `name` is how the database is called."""
    if database.engine.dialect.name != "sqlite":
        _check_objects(rows, _POSTGRES_OBJECTS, name, problems)
        _check_columns(rows, problems)
        return
    try:
        _check_pages(database, name, problems)
        _check_objects(rows, _SQLITE_OBJECTS, name, problems)
        for table in metadata.sorted_tables:
            found = [named(row[1]) for row in database.pragma(f"table_info({table.name})")]
            if found != [column.name for column in table.columns]:
                problems.add(f"{table.name}: its columns are not those of this program")
    except sqlite3.Error as error:
        problems.add(f"{name}: cannot be checked: {error}")


def _check_pages(database: Database, name: str, problems: Problems) -> None:
    for (line,) in database.pragma("integrity_check"):
        if line != b"ok":
            problems.add(f"{name}: {named(line)}")
    for table, rowid, parent, _key in database.pragma("foreign_key_check"):
        problems.add(f"{named(table)} row {rowid}: names a row of {named(parent)} that is not there")


def _check_objects(rows: Any, sql: str, name: str, problems: Problems) -> None:
    objects = {named(found) for (found,) in rows.execute(sql)}
    for one in sorted(objects ^ _known_objects()):
        wrong = "does not belong here" if one in objects else "is missing"
        problems.add(f"{name}: {one} {wrong}")


def _known_objects() -> set[str]:
    tables = {REVISION_TABLE, *metadata.tables}
    return tables | {str(index.name) for table in metadata.tables.values() for index in table.indexes}


def _check_columns(rows: Any, problems: Problems) -> None:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows.execute(_POSTGRES_COLUMNS):
        of_table, column, collation = map(named, row)
        found.setdefault(of_table, []).append((column, collation))
    for table in metadata.sorted_tables:
        if table.name not in found:
            continue
        wanted = [(column.name, "C" if isinstance(column.type, Text) else "") for column in table.columns]
        if found[table.name] != wanted:
            problems.add(f"{table.name}: its columns are not those of this program")
