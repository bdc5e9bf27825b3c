"""A PostgreSQL by URL with the interface of `engine.Database`: one connection, for one thread at a time.

Imported only when a URL is opened, for a till has no server. Writers come one after the other under one advisory lock,
so that feed positions are in the order of the commits; types and their Python values are those of SQLite
(`postgres_types.py`), and `engine.Transaction` runs on both.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from typing import Any, Final, NoReturn

import psycopg
from psycopg import errors as answers
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from salon_desk.storage.engine import CommitFailed, Database, Transaction, disk_trouble
from salon_desk.storage.errors import CannotRecord, DatabaseUnreachable, DatabaseUnusable
from salon_desk.storage.place import is_postgres, shown
from salon_desk.storage.postgres_transaction import PostgresTransaction
from salon_desk.storage.postgres_types import like_sqlite

WRITERS_LOCK: Final = 0x5A10_DE5C
"""The key of the advisory lock under which everything is written, migrations included."""
_LOCK: Final = (
    f"SET LOCAL idle_in_transaction_session_timeout = '120s'; SELECT pg_advisory_xact_lock({WRITERS_LOCK})"
)
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITE = f"BEGIN ISOLATION LEVEL READ COMMITTED; {_LOCK}"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"

_SETTINGS = "SET synchronous_commit = on; SET lock_timeout = '60s'; SET client_min_messages = warning"
_DEFAULTS: Final[dict[str, Any]] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "application_name": "salon-desk",
}

_ABOUT_WHAT_WAS_WRITTEN = ("21", "22", "23", "54")
"""Classes of SQLSTATE that are findings about values: cardinality, data, integrity, limits of a row or an index."""
_ABOUT_THIS_PROGRAM = ("0A", "3F", "42")
"""No right to do this, no such table: nothing that trying again would mend."""
_ABOUT_TYPES = {"42804", "42846"}

_log = logging.getLogger(__name__)
# of several errors in one round trip the first is raised; that there were more is no news
logging.getLogger("psycopg").setLevel(logging.ERROR)


class PostgresDatabase(Database):
    """One database of a server and its single connection; transactions do not nest.

    The call that meets a lost connection is refused, the next one connects again.
    """

    failures = (psycopg.Error, CommitFailed)
    repeats = (answers.UniqueViolation,)
    comes_back = True
    begin = ("BEGIN", "SET LOCAL lock_timeout = 0", f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")

    def __init__(self, url: str) -> None:
        """Connect. Raises DatabaseUnreachable, DatabaseUnusable."""
        self._url = url
        self.name = shown(url)
        super().__init__(create_engine("postgresql+psycopg://", creator=self._new, poolclass=NullPool))

    def _new(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A further connection to the same database, ready for use."""
        if not is_postgres(self._url):
            raise DatabaseUnusable(self.name, "not postgresql://")
        try:
            given = _DEFAULTS | conninfo_to_dict(self._url)
            connection = psycopg.connect(**(given | {"autocommit": True, "client_encoding": "UTF8"}))
        except psycopg.ProgrammingError:
            # the driver's words repeat the part that it does not understand, which may be a password
            raise DatabaseUnusable(self.name, "not a URL that PostgreSQL understands") from None
        except psycopg.Error as error:
            raise DatabaseUnreachable(self.name, _first_line(error)) from error
        try:
            encoding = connection.info.parameter_status("server_encoding")
            if encoding != "UTF8":
                raise DatabaseUnusable(self.name, f"server_encoding {encoding}")
            connection.execute(_SETTINGS)
            like_sqlite(connection.adapters)
        except psycopg.Error as error:
            connection.close()
            raise DatabaseUnreachable(self.name, _first_line(error)) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _connect(self) -> None:
        self._connection = self._new()

    @contextlib.contextmanager
    def read(self) -> Iterator[Transaction]:
        """A read transaction: one snapshot. Raises DatabaseUnreachable, DatabaseUnusable."""
        with self._told(self._refuse_reading), self._begun(_READ) as cursor:
            try:
                yield self._transaction(cursor)
            finally:
                # not rolled back: the driver would forget every statement that it has prepared
                self._end(cursor, "COMMIT")

    @contextlib.contextmanager
    def trial(self) -> Iterator[Transaction]:
        """A writing transaction of which nothing stays. Raises DatabaseUnreachable, DatabaseUnusable."""
        with self._told(self._refuse_reading), self._begun(_WRITE) as cursor:
            try:
                yield self._transaction(cursor)
            finally:
                self._roll_back(cursor)

    @contextlib.contextmanager
    def write(self, before_commit: Callable[[], None] | None = None) -> Iterator[Transaction]:
        """A writing transaction under the writers' lock; rolled back when the block raises.

        Raises DatabaseUnreachable and CannotRecord (nothing of it stands), and CommitFailed as on SQLite.
        """
        with self._told(self._refuse_writing), self._begun(_WRITE) as cursor:
            try:
                transaction = self._transaction(cursor)
                yield transaction
                transaction.flush()
                if before_commit is not None:
                    before_commit()
                self._require_whole()
            except BaseException:
                self._roll_back(cursor)
                raise
            self._commit(cursor)

    def _commit(self, cursor: Any) -> None:
        try:
            cursor.execute("COMMIT")
        except BaseException as error:
            answered = not self._connection.closed and getattr(error, "sqlstate", None) is not None
            self._roll_back(cursor)
            if isinstance(error, psycopg.Error):
                raise CommitFailed(error, self.trouble(error), may_stand=not answered) from error
            raise

    def _require_whole(self) -> None:
        """A transaction in which a statement failed is rolled back by its COMMIT without a word: say so before."""
        if self._connection.info.transaction_status == TransactionStatus.INERROR:
            raise RuntimeError("a statement failed in this transaction and its error was lost")

    @contextlib.contextmanager
    def _begun(self, how: str) -> Iterator[Any]:
        if self._connection is None or self._connection.closed:
            self._connect()
        with self._connection.cursor() as cursor:
            try:
                cursor.execute(how, prepare=False)
            except BaseException:
                self._roll_back(cursor)
                raise
            yield cursor

    def _transaction(self, cursor: Any) -> Transaction:
        return PostgresTransaction(self._connection, cursor, self.engine.dialect, self.trouble)

    def _roll_back(self, cursor: Any) -> None:
        self._end(cursor, "ROLLBACK")

    def _end(self, cursor: Any, how: str) -> None:
        with contextlib.suppress(psycopg.Error):
            if not self._connection.closed:
                cursor.execute(how)

    @contextlib.contextmanager
    def _told(self, refuse: Callable[[psycopg.Error, str], NoReturn]) -> Iterator[None]:
        """Trouble of the server becomes a typed refusal; what is a bug or a finding stays as it is."""
        try:
            yield
        except psycopg.Error as error:
            trouble = self.trouble(error)
            if trouble is None:
                raise
            _log.warning("%s: %s: %s", self.name, error.sqlstate, _first_line(error))
            refuse(error, trouble)

    def _refuse_reading(self, error: psycopg.Error, _trouble: str) -> NoReturn:
        if self._is_lost(error):
            raise DatabaseUnreachable(self.name, _first_line(error)) from error
        raise DatabaseUnusable(self.name, _first_line(error)) from error

    def _refuse_writing(self, error: psycopg.Error, trouble: str) -> NoReturn:
        if self._is_lost(error) or (error.sqlstate or "")[:2] in _ABOUT_THIS_PROGRAM:
            self._refuse_reading(error, trouble)
        raise CannotRecord(reason=trouble) from error

    def _is_lost(self, error: psycopg.Error) -> bool:
        lost = isinstance(error, answers.AdminShutdown | answers.CrashShutdown | answers.CannotConnectNow)
        return lost or self._connection is None or self._connection.closed

    def trouble(self, error: BaseException) -> str | None:
        """ "disk-full" or "disk-error" for all that is not about the values written; None for a finding about them."""
        if not isinstance(error, psycopg.Error):
            return disk_trouble(error)
        if isinstance(error, answers.DiskFull):
            return "disk-full"
        state = error.sqlstate
        if state is None:
            about_values = isinstance(error, psycopg.DataError | psycopg.ProgrammingError)
        else:
            about_values = state[:2] in _ABOUT_WHAT_WAS_WRITTEN or state in _ABOUT_TYPES
        return None if about_values else "disk-error"

    def tables(self) -> set[str]:
        """The names of all tables. Raises DatabaseUnreachable, DatabaseUnusable."""
        with self._told(self._refuse_reading):
            return {_text(row[0]) for row in self._connection.execute(_TABLES).fetchall()}

    def ask(self, sql: str) -> Any:
        """The first value of SQL written by hand, or None. Raises DatabaseUnreachable, DatabaseUnusable."""
        with self._told(self._refuse_reading):
            return super().ask(sql)

    def checkpoint(self) -> bool:
        """Nothing to do: the server does it."""
        return True

    def reopen(self) -> None:
        """Connect again, and wait until whatever was begun before has ended: a lost COMMIT may still be under way.

        Raises DatabaseUnreachable, DatabaseUnusable.
        """
        self.close()
        with self._told(self._refuse_reading), self._begun(_WRITE) as cursor:
            self._roll_back(cursor)

    def pragma(self, text: str) -> list[tuple[Any, ...]]:
        """SQLite's alone. Raises NotImplementedError."""
        raise NotImplementedError(text)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()


def open_postgres(url: str) -> PostgresDatabase:
    """A connection to the database of a URL. Raises DatabaseUnreachable, DatabaseUnusable."""
    return PostgresDatabase(url)


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _first_line(error: psycopg.Error) -> str:
    """What the server said, without hints and without the statement."""
    lines = [line.strip() for line in str(error).splitlines()]
    return next(filter(None, lines), type(error).__name__)
