"""Connections and transactions: SQLAlchemy Core writes the SQL once, the driver runs it.

No table and no query lives here. A statement is compiled on first use and then goes straight to the DBAPI cursor:
Core's own execution costs four times the insert itself. Every writing transaction is BEGIN IMMEDIATE with
`synchronous=FULL` (PITFALLS 9, 10).
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from salon_desk.storage import medium
from salon_desk.storage.errors import StoreStopped

WAL_LIMIT_BYTES = 64 * 1024 * 1024
BUSY_TIMEOUT_MS = 5_000

_log = logging.getLogger(__name__)


Bind = Callable[[Mapping[str, Any]], Any]
"""Puts the parameters of a statement in the order, or under the names, that its driver wants."""

Trouble = Callable[[BaseException], str | None]
"""Why the medium is to blame for an error, or None: then it is a bug, a refusal, or a finding about what was written."""


class Statement:
    """A Core statement and, per dialect, its compiled text and how its parameters are bound."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._compiled: dict[str, tuple[str, Bind]] = {}
        self._row: Callable[[Iterable[Any]], Any] | None = None

    def compiled(self, dialect: Dialect) -> tuple[str, Bind]:
        """SQL text, and what binds its parameters together with the values that stand in the statement itself."""
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled: Any = self.element(dialect).compile(dialect=dialect)
            # a list of values (IN) stands in the statement itself, each of them as a parameter of its own
            whole = compiled.construct_expanded_state(compiled.params)
            names = tuple(whole.positiontup or ())
            fixed = {name: value for name, value in whole.parameters.items() if value is not None}
            found = self._compiled[dialect.name] = (whole.statement, _binding(names, fixed))
        return found

    def element(self, _dialect: Dialect) -> Any:
        """The statement itself, alike on every database unless a kind of statement says otherwise."""
        return self._build()

    def row(self, description: Any) -> Callable[[Iterable[Any]], Any]:
        """Makes a named tuple of a result row."""
        if self._row is None:
            fields = [column[0] for column in description]
            row: Any = namedtuple("Row", fields, rename=True)  # type: ignore[misc]
            self._row = row._make
        return self._row


class Transaction:
    """One open transaction (or read snapshot) on one connection, on the thread that opened it."""

    def __init__(self, cursor: Any, dialect: Dialect, trouble: Trouble | None = None) -> None:
        """`trouble`: the database's own, SQLite's when nothing is said."""
        self._cursor = cursor
        self._dialect = dialect
        self.trouble: Trouble = trouble or disk_trouble

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
        text, bind = statement.compiled(self._dialect)
        self._cursor.executemany(text, [bind(row) for row in rows])

    def put(self, statement: Statement, **parameters: Any) -> None:
        """Write without looking at the outcome, at the latest before something is read (`putting.py`)."""
        self._execute(statement, parameters)

    def put_many(self, statement: Statement, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write all these without looking at the outcome."""
        self.run_many(statement, rows)

    def flush(self) -> None:
        """What was put is written now; what goes wrong with it is raised here or before."""

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that can fail alone: what the block did is undone when it raises, what was before stays."""
        self._cursor.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._cursor.execute("ROLLBACK TO SAVEPOINT part")
            self._cursor.execute("RELEASE SAVEPOINT part")
            raise
        self._cursor.execute("RELEASE SAVEPOINT part")

    def _execute(self, statement: Statement, parameters: Mapping[str, Any]) -> None:
        text, bind = statement.compiled(self._dialect)
        self._cursor.execute(text, bind(parameters))


def _binding(names: tuple[str, ...], fixed: Mapping[str, Any]) -> Bind:
    """By position where the dialect has `names` in order, else by name."""
    if not names:
        return lambda given: {**fixed, **given}
    if len(names) == 1:
        (only,) = names
        return lambda given: (given[only] if only in given else fixed[only],)
    pick = itemgetter(*names)
    return pick if not fixed else lambda given: pick({**fixed, **given})


def open_sqlite(path: Path | str, *, read_only: bool = False, immutable: bool = False) -> Engine:
    """An engine with one connection to a SQLite file, ":memory:" or "" (a scratch file), for one thread at a time.

    `read_only` opens the file itself for reading, so that not even closing it writes; `immutable` besides promises
    that nobody else writes it, so that neither -wal nor -shm is looked for.
    """

    def connect() -> sqlite3.Connection:
        named = str(path)
        if read_only:
            named = f"{Path(path).absolute().as_uri()}?mode=ro{'&immutable=1' if immutable else ''}"
        connection = sqlite3.connect(
            named, isolation_level=None, check_same_thread=False, cached_statements=512, uri=read_only
        )
        try:
            for setting in _settings(read_only=read_only):
                connection.execute(f"PRAGMA {setting}").fetchall()
        except BaseException:
            connection.close()
            raise
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool)


def _settings(*, read_only: bool) -> tuple[str, ...]:
    common = (f"busy_timeout={BUSY_TIMEOUT_MS}", "foreign_keys=ON", "temp_store=MEMORY")
    if read_only:
        return (*common, "query_only=ON")
    return (*common, "journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=0")


class CommitFailed(Exception):
    """The COMMIT raised: whether it stands must be read back (PROTOCOL 5).

    `may_stand` is False when it is certain that it does not, so that no restart can find it either.
    """

    def __init__(self, cause: Exception, trouble: str | None, *, may_stand: bool) -> None:
        super().__init__(str(cause))
        self.trouble = trouble or "disk-error"
        self.may_stand = may_stand


class Database:
    """One database and its single connection; transactions do not nest.

    This is SQLite's; `postgres.py` has the same over a server.
    """

    failures: tuple[type[Exception], ...] = (sqlite3.Error, CommitFailed)
    """What may come out of a transaction besides what its block raises."""
    begin: tuple[str, ...] = ("BEGIN IMMEDIATE",)
    """How a migration begins: nobody else writes from here on."""
    repeats: tuple[type[Exception], ...] = (sqlite3.IntegrityError,)
    """What says that a row with a unique name is there already."""
    comes_back = False
    """Whether a lost connection is made anew by the next transaction, so that nobody has to start again."""

    def __init__(self, engine: Engine) -> None:
        """Connect. Raises sqlite3.Error."""
        self.engine = engine
        self.wal_limit = WAL_LIMIT_BYTES
        self._connect()

    def _connect(self) -> None:
        try:
            self._raw = self.engine.raw_connection()
        except DBAPIError as error:
            raise (error.orig or error) from None
        self._connection: Any = self._raw.dbapi_connection
        file = next(row[2] for row in self.pragma("database_list") if row[1] == "main")
        self._wal = f"{file}-wal" if file else ""
        self._checkpoint_at = self.wal_limit

    def read(self) -> contextlib.AbstractContextManager[Transaction]:
        """A read transaction: one snapshot from the first statement on; there is nothing to commit at its end."""
        return self._undone("BEGIN")

    @contextlib.contextmanager
    def write(self, before_commit: Callable[[], None] | None = None) -> Iterator[Transaction]:
        """A writing transaction; rolled back when the block raises.

        `before_commit` runs last, inside; CommitFailed wraps what goes wrong at the COMMIT itself.
        """
        cursor = self._cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield Transaction(cursor, self.engine.dialect, self.trouble)
                if before_commit is not None:
                    before_commit()
            except BaseException:
                self._roll_back(cursor)
                raise
            try:
                medium.in_use().commit(cursor)
            except BaseException as error:
                self._roll_back(cursor)
                if isinstance(error, sqlite3.Error):
                    full = _code(error) == sqlite3.SQLITE_FULL
                    raise CommitFailed(error, self.trouble(error), may_stand=not full) from error
                raise
        finally:
            cursor.close()
        self._limit_log()

    def trial(self) -> contextlib.AbstractContextManager[Transaction]:
        """A writing transaction of which nothing stays: to see what would happen."""
        return self._undone("BEGIN IMMEDIATE")

    @contextlib.contextmanager
    def _undone(self, how: str) -> Iterator[Transaction]:
        """A transaction begun like this and rolled back at its end."""
        cursor = self._cursor()
        try:
            cursor.execute(how)
            try:
                yield Transaction(cursor, self.engine.dialect, self.trouble)
            finally:
                self._roll_back(cursor)
        finally:
            cursor.close()

    def trouble(self, error: BaseException) -> str | None:
        """ "disk-full" or "disk-error" when the medium is to blame for an error; None for a bug or a refusal."""
        return disk_trouble(error)

    def tables(self) -> set[str]:
        """The names of all tables. Raises sqlite3.Error."""
        names = "SELECT CAST(name AS BLOB) FROM sqlite_master WHERE type = 'table'"
        try:
            found = {row[0].decode("utf-8", "replace") for row in self._connection.execute(names).fetchall()}
        except UnicodeDecodeError as error:
            # SQLite quotes a damaged schema in its complaint, and the driver cannot read the complaint
            raise sqlite3.DatabaseError("malformed database schema") from error
        return {name for name in found if not name.startswith("sqlite_")}

    def _cursor(self) -> Any:
        """A cursor. Raises StoreStopped when the database was closed to be read anew and could not be opened."""
        if self._connection is None:
            raise StoreStopped(reason="the database could not be opened again")
        return self._connection.cursor()

    def _roll_back(self, cursor: Any) -> None:
        with contextlib.suppress(sqlite3.Error):
            if self._connection.in_transaction:
                cursor.execute("ROLLBACK")

    def ask(self, sql: str) -> Any:
        """The first value of SQL written by hand, or None. Raises sqlite3.Error."""
        row = self._connection.execute(sql).fetchone()
        return None if row is None else row[0]

    def checkpoint(self) -> bool:
        """Move the write-ahead log into the database file; for idle moments. False when a reader is in the way.

        Never waits for that reader: the till's worker would stand still as long. Raises sqlite3.Error.
        """
        self.pragma("busy_timeout=0")
        try:
            return not self.pragma("wal_checkpoint(TRUNCATE)")[0][0]
        finally:
            self.pragma(f"busy_timeout={BUSY_TIMEOUT_MS}")

    def _limit_log(self) -> None:
        """After a commit: fold a log that grew past the cap, and do not try each time while a reader is in the way.

        The commit stands, so nothing that goes wrong here may look like its failure.
        """
        try:
            size = os.stat(self._wal).st_size if self._wal else 0
            if size > self._checkpoint_at:
                folded = self.checkpoint()
                self._checkpoint_at = self.wal_limit if folded else size + self.wal_limit // 4
        except FileNotFoundError:
            return
        except (sqlite3.Error, OSError):
            _log.warning("the write-ahead log could not be folded", exc_info=True)

    def reopen(self) -> None:
        """Close the connection and open another: what is read next is what a restart would read. Raises sqlite3.Error."""
        self.close()
        self._connection = None
        self._connect()

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


_OF_THE_DISK = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PROTOCOL,
}


def disk_trouble(error: BaseException) -> str | None:
    """ "disk-full" or "disk-error" when the disk is to blame for an error; None when it is a bug or a refusal."""
    if isinstance(error, CommitFailed):
        return error.trouble
    if isinstance(error, sqlite3.Error):
        code = _code(error)
        if code == sqlite3.SQLITE_FULL:
            return "disk-full"
        return "disk-error" if code in _OF_THE_DISK else None
    if isinstance(error, OSError):
        full = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
        return "disk-full" if error.errno in full else "disk-error"
    return None


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 for an error that did not come from SQLite."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
