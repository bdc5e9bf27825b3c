"""The tables of a head office on PostgreSQL: how they are made, mended and asked."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import psycopg
from sqlalchemy import insert

import salon_desk.storage
from salon_desk.storage import schema
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.office import Office
from salon_desk.storage.place import Place
from salon_desk.storage.postgres import open_postgres
from salon_desk.storage.rebuild import STALE, rebuild_if_stale
from salon_desk.storage.receiving import receive
from salon_desk.storage.tables.local import settings
from tests.integration.storage.neighbours import tables_of
from tests.integration.storage.offices import office_at
from tests.integration.storage.tills import journal_of
from tests.postgres import Server

_SETTING = Statement(lambda: insert(settings))


def described(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Columns with types and collations, constraints, indexes."""
    questions = {
        "columns": "SELECT table_name, column_name, data_type, is_nullable, collation_name, column_default "
        "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position",
        "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
        "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
    }
    with psycopg.connect(url) as server:
        return {
            name: [row for row in server.execute(sql.encode()) if row[0] != schema.REVISION_TABLE]
            for name, sql in questions.items()
        }


def test_the_steps_lead_from_nothing_to_exactly_the_tables_of_the_program(
    postgres: str, postgres_server: Server
) -> None:
    other = postgres_server.url(postgres_server.new_database())
    made, upgraded = open_postgres(postgres), open_postgres(other)
    with made.write():
        schema.create_tables(made)
    schema.migrate(upgraded, "0001")
    assert schema.revision(upgraded) == "0001"
    schema.prepare(upgraded, "here")
    assert described(other) == described(postgres)
    assert schema.revision(upgraded) == schema.REVISION
    texts = [row for row in described(postgres)["columns"] if row[2] == "text"]
    assert texts
    assert {row[4] for row in texts} == {"C"}
    for database in (made, upgraded):
        database.close()
    postgres_server.drop(other.partition("?")[0].rpartition("/")[2])


def test_stale_projections_are_built_anew(place: Place, traded: Any) -> None:
    office = office_at(place)
    receive(office, journal_of(traded))
    before = tables_of(office)
    with office.local() as transaction:
        transaction.run(_SETTING, name=STALE, value="x")
    office.database.driver().execute("DELETE FROM purses")
    assert rebuild_if_stale(office.database)
    assert tables_of(office) == before
    assert not rebuild_if_stale(office.database)
    office.close()


def statements() -> Iterator[tuple[str, Statement]]:
    """Every statement of the storage that stands in a module."""
    for module in pkgutil.walk_packages(salon_desk.storage.__path__, "salon_desk.storage."):
        if ".migrations" in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, one in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(one, Statement):
                    yield f"{module.name}.{name}[{number}]", one


_ANYTHING = {str: "x", int: 1, bytes: b"x"}
ONLY_AT_A_TILL = {"salon_desk.storage.queries.receipts._LATER[0]"}
"""They ask for what only SQLite can do."""


def complaint(transaction: Transaction, statement: Statement, compiled: Any, untyped: object) -> str:
    """Why PostgreSQL does not understand a statement; values without a type of their own are `untyped`."""
    given = {name: _ANYTHING.get(bound.type.python_type, untyped) for name, bound in compiled.binds.items()}
    try:
        with transaction.savepoint():
            transaction.all(statement, **given)
    except psycopg.IntegrityError:
        return ""
    except psycopg.Error as error:
        return str(error)
    return ""


def test_every_statement_is_understood_by_postgresql(office: Office) -> None:
    refused, every = [], dict(statements())
    assert len(every) > 100
    assert every.keys() >= ONLY_AT_A_TILL
    with office.database.trial() as transaction:
        for name, statement in every.items():
            dialect = office.database.engine.dialect
            compiled = statement.element(dialect).compile(dialect=dialect)
            said = [complaint(transaction, statement, compiled, untyped) for untyped in (None, "x", 1)]
            if all(said) and name not in ONLY_AT_A_TILL:
                refused.append(f"{name}: {said[0]}")
    assert refused == []
