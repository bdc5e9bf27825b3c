"""A head office's PostgreSQL for reading only, with the interface of `reading.Reader`.

Imported only when a URL is opened. Text comes as the bytes that it is where `verify` asks for it, and SQL written by hand
keeps its question marks, so that what checks rows does not know where they come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from salon_desk.storage import schema
from salon_desk.storage.errors import StoreMissing
from salon_desk.storage.postgres import PostgresDatabase
from salon_desk.storage.postgres_transaction import ROWS_AT_ONCE
from salon_desk.storage.postgres_types import text_as_bytes


class PostgresReader(PostgresDatabase):
    """A database opened for reading."""

    anchored = False

    def text_as_bytes(self) -> None:
        """Give text as the bytes that it is from now on."""
        text_as_bytes(self.driver())

    def tolerate_damaged_text(self) -> None:
        """Nothing to do: the server keeps no text that is none."""

    def rows(self) -> PostgresRows:
        """What runs SQL written by hand, with question marks, inside a read transaction."""
        return PostgresRows(self.driver())


class PostgresRows:
    """Runs SQL written by hand as SQLite's driver would; several results may be read beside one another."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._numbers = count(1)

    def execute(self, sql: str, parameters: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows, one by one."""
        with self._driver.cursor(name=f"read{next(self._numbers)}") as cursor:
            cursor.itersize = ROWS_AT_ONCE
            cursor.execute(sql.replace("?", "%s"), parameters or None)
            yield from cursor


def open_postgres_reader(url: str) -> PostgresReader:
    """A head office's database. Raises DatabaseUnreachable, DatabaseUnusable, StoreMissing, StoreNewer, StoreDamaged."""
    database = PostgresReader(url)
    try:
        if not database.tables():
            raise StoreMissing(folder=database.name)
        schema.require_known(database, database.name, database.name)
        return database
    except BaseException:
        database.close()
        raise
