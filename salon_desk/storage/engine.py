"""Connections and transactions: SQLAlchemy Core writes the SQL once, the driver runs it.

No table and no query lives here. A statement is compiled on first use and then goes straight to the DBAPI cursor:
Core's own execution costs four times the insert itself. Every writing transaction is BEGIN IMMEDIATE with
`synchronous=FULL` (PITFALLS 9, 10).
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import Dialect
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.elements import ClauseElement

WAL_LIMIT_BYTES = 64 * 1024 * 1024
BUSY_TIMEOUT_MS = 5_000


class Statement:
    """A Core statement and, per dialect, its compiled text and the order of its parameters."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._compiled: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {}
        self._row: Callable[[Iterable[Any]], Any] | None = None

    def compiled(self, dialect: Dialect) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        """SQL text, parameter names in order, and the values that stand in the statement itself."""
        found = self._compiled.get(dialect.name)
        if found is None:
            element: ClauseElement = self._build()
            compiled = element.compile(dialect=dialect)
            names = tuple(getattr(compiled, "positiontup", None) or ())
            fixed = {name: value for name, value in compiled.params.items() if value is not None}
            found = self._compiled[dialect.name] = (str(compiled), names, fixed)
        return found

    def row(self, description: Any) -> Callable[[Iterable[Any]], Any]:
        """Makes a named tuple of a result row."""
        if self._row is None:
            fields = [column[0] for column in description]
            row: Any = namedtuple("Row", fields, rename=True)  # type: ignore[misc]
            self._row = row._make
        return self._row


class Transaction:
    """One open transaction (or read snapshot) on one connection, on the thread that opened it."""

    def __init__(self, cursor: Any, dialect: Dialect) -> None:
        self._cursor = cursor
        self._dialect = dialect

    def all(self, statement: Statement, **parameters: Any) -> list[Any]:
        """Every row, as named tuples."""
        self._execute(statement, parameters)
        if self._cursor.description is None:
            return []
        make = statement.row(self._cursor.description)
        return [make(row) for row in self._cursor.fetchall()]

    def stream(self, statement: Statement, **parameters: Any) -> Iterator[Any]:
        """Rows one by one; no other statement may run on this transaction meanwhile."""
        self._execute(statement, parameters)
        make = statement.row(self._cursor.description)
        for row in self._cursor:
            yield make(row)

    def one(self, statement: Statement, **parameters: Any) -> Any | None:
        """The first row or None."""
        self._execute(statement, parameters)
        row = self._cursor.fetchone()
        return None if row is None else statement.row(self._cursor.description)(row)

    def value(self, statement: Statement, **parameters: Any) -> Any:
        """The first column of the first row, or None."""
        self._execute(statement, parameters)
        row = self._cursor.fetchone()
        return None if row is None else row[0]

    def run(self, statement: Statement, **parameters: Any) -> int:
        """Run an insert, update or delete; the number of rows it touched."""
        self._execute(statement, parameters)
        return int(self._cursor.rowcount)

    def run_many(self, statement: Statement, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run an insert for every row of parameters (executemany)."""
        text, names, fixed = statement.compiled(self._dialect)
        if names:
            self._cursor.executemany(text, [_positional(names, fixed, row) for row in rows])
        else:
            self._cursor.executemany(text, [{**fixed, **row} for row in rows])

    def _execute(self, statement: Statement, parameters: Mapping[str, Any]) -> None:
        text, names, fixed = statement.compiled(self._dialect)
        if names or not (parameters or fixed):
            self._cursor.execute(text, _positional(names, fixed, parameters))
        else:
            self._cursor.execute(text, {**fixed, **parameters})


def _positional(
    names: tuple[str, ...], fixed: Mapping[str, Any], given: Mapping[str, Any]
) -> tuple[Any, ...]:
    if not fixed:
        return tuple([given[name] for name in names])
    return tuple([given[name] if name in given else fixed[name] for name in names])


def open_sqlite(path: Path | str, *, read_only: bool = False) -> Engine:
    """An engine with one connection to a SQLite file, or ":memory:", usable from one thread at a time."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            str(path), isolation_level=None, check_same_thread=False, cached_statements=512
        )
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA temp_store=MEMORY")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA wal_autocheckpoint=0")
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool)


class Database:
    """One database and its single connection; transactions do not nest."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._raw = engine.raw_connection()
        self._connection: Any = self._raw.dbapi_connection

    @contextlib.contextmanager
    def read(self) -> Iterator[Transaction]:
        """A read transaction: one snapshot from the first statement on."""
        with self._transaction("BEGIN") as transaction:
            yield transaction

    @contextlib.contextmanager
    def write(self, before_commit: Callable[[], None] | None = None) -> Iterator[Transaction]:
        """A writing transaction; rolled back when the block raises.

        `before_commit` runs last, inside; CommitFailed wraps what goes wrong at the COMMIT itself.
        """
        with self._transaction("BEGIN IMMEDIATE", before_commit) as transaction:
            yield transaction

    @contextlib.contextmanager
    def _transaction(
        self, begin: str, before_commit: Callable[[], None] | None = None
    ) -> Iterator[Transaction]:
        cursor = self._connection.cursor()
        cursor.execute(begin)
        try:
            yield Transaction(cursor, self.engine.dialect)
            if before_commit is not None:
                before_commit()
        except BaseException:
            self._roll_back(cursor)
            raise
        try:
            cursor.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back(cursor)
            raise CommitFailed(str(error)) from error
        finally:
            cursor.close()

    def _roll_back(self, cursor: Any) -> None:
        with contextlib.suppress(sqlite3.Error):
            if self._connection.in_transaction:
                cursor.execute("ROLLBACK")

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database file; for idle moments."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def pragma(self, text: str) -> list[tuple[Any, ...]]:
        """Rows of a PRAGMA, for checks and tests."""
        return list(self._connection.execute(f"PRAGMA {text}").fetchall())

    def driver(self) -> Any:
        """The DBAPI connection itself, for verify's byte-exact reading."""
        return self._connection

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()
        self.engine.dispose()


class CommitFailed(Exception):
    """The COMMIT raised: whether it stands must be read back (PROTOCOL 5)."""
