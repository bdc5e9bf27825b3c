"""The projections built once more, in a scratch database, and compared with the stored ones row by row.

Operations are applied in the node's own order of recording, without local effects. The scratch database has no name and
is gone when it is closed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table
from sqlalchemy.schema import CreateTable

from salon_desk.operations.envelope import Envelope
from salon_desk.storage import set_aside
from salon_desk.storage.apply.chains import followed
from salon_desk.storage.ended import Ends
from salon_desk.storage.engine import Database, Transaction, disk_trouble, open_sqlite
from salon_desk.storage.rows import write_rows
from salon_desk.storage.set_aside import Shelf, Waiting
from salon_desk.storage.store import nothing
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.kinds import PROJECTIONS
from salon_desk.storage.verification.problems import Problems, named

_OPERATIONS_A_COMMIT = 1_000
_CACHE_KIB = 64 * 1024

Row = tuple[Any, ...]


class ScratchFull(Exception):
    """There is no room to rebuild the projections."""


class Scratch:
    """An empty database of this program's schema, to be filled by `apply`."""

    def __init__(self, ends: Ends) -> None:
        """`ends`: of the epochs that were closed, as the journal says."""
        self._ends = ends
        self._database = Database(open_sqlite(""))
        self.driver = self._database.driver()
        for setting in ("journal_mode=MEMORY", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
            self._database.pragma(setting)
        for table in (*PROJECTIONS, journal):
            self.driver.execute(str(CreateTable(table).compile(dialect=self._database.engine.dialect)))
        self._cursor = self.driver.cursor()
        self._transaction = Transaction(self.driver.cursor(), self._database.engine.dialect)
        self._shelf = Shelf(self._transaction, nothing, ends)
        self._uncommitted = 0

    def take(self, envelope: Envelope, position: int) -> list[Envelope]:
        """Bring one operation of the journal in; what was applied now, as `Shelf.take` says. Raises ScratchFull."""
        if not self._uncommitted:
            self._cursor.execute("BEGIN")
        self._uncommitted += 1
        try:
            followed(self._transaction, (envelope,))
            taken = self._shelf.take(envelope)
            if not taken:
                write_rows(self._transaction, (envelope,), position - 1)
        except sqlite3.Error as error:
            if disk_trouble(error) is not None:
                raise ScratchFull(str(error)) from error
            raise
        if self._uncommitted >= _OPERATIONS_A_COMMIT:
            self.commit()
        return taken

    def set_aside(self) -> list[Waiting]:
        """What stays set aside, and why."""
        return set_aside.waiting(self._transaction, self._ends)

    def commit(self) -> None:
        """End what was begun; to be called before comparing."""
        if self._uncommitted:
            self._cursor.execute("COMMIT")
            self._uncommitted = 0

    def close(self) -> None:
        """Throw the scratch database away."""
        self._database.close()


def compare(table: Table, stored: Any, rebuilt: Any, problems: Problems) -> None:
    """Name every row and column in which a stored projection differs from the rebuilt one, both ways.

    `stored` and `rebuilt` are driver connections that give text as bytes.
    """
    try:
        _merge(table, _rows(table, stored), _rows(table, rebuilt), problems)
    except sqlite3.Error as error:
        problems.add(f"{table.name}: cannot be read: {error}")


def _rows(table: Table, driver: Any) -> Iterator[Row]:
    # with the table's name before them, for SQLite takes a quoted name that is no column for a text
    columns = ", ".join(f"{table.name}.{column.name}" for column in table.columns)
    keys = ", ".join(f"{table.name}.{column.name}" for column in table.primary_key.columns)
    return iter(driver.execute(f"SELECT {columns} FROM {table.name} ORDER BY {keys}"))


def _merge(table: Table, stored: Iterator[Row], rebuilt: Iterator[Row], problems: Problems) -> None:
    names = [column.name for column in table.columns]
    keys = [names.index(column.name) for column in table.primary_key.columns]
    have, want = next(stored, None), next(rebuilt, None)
    while have is not None or want is not None:
        if have == want:
            have, want = next(stored, None), next(rebuilt, None)
            continue
        have_key, want_key = _key(have, keys), _key(want, keys)
        if want is None or (have is not None and have_key < want_key):
            assert have is not None
            problems.add(f"{table.name} {_told(names, keys, have)}: the journal makes no such row")
            have = next(stored, None)
        elif have is None or want_key < have_key:
            problems.add(f"{table.name} {_told(names, keys, want)}: the row is missing")
            want = next(rebuilt, None)
        else:
            where = f"{table.name} {_told(names, keys, have)}"
            for name, is_there, is_right in zip(names, have, want, strict=True):
                if is_there != is_right:
                    problems.add(f"{where}: {name} {_difference(is_there, is_right)}")
            have, want = next(stored, None), next(rebuilt, None)


def _key(row: Row | None, keys: list[int]) -> tuple[tuple[str, Any], ...]:
    """Sorts as SQLite sorts, and numbers apart from bytes, which cannot be compared with them."""
    if row is None:
        return ()
    return tuple(
        ("", 0) if row[key] is None else ("i" if isinstance(row[key], int | float) else "t", row[key])
        for key in keys
    )


def _told(names: list[str], keys: list[int], row: Row) -> str:
    return " ".join(f"{names[key]}={named(row[key])}" for key in keys)


def _difference(is_there: object, is_right: object) -> str:
    if isinstance(is_there, int) and isinstance(is_right, int):
        return f"is {is_there}, the journal makes {is_right}"
    return "is not what the journal makes"
