"""Opening the data of a till or head office for reading only: nothing there is written, made or locked.

Recording lives in `opening.py` and `office.py`. Three cases of a folder: its process (or one that crashed) left its log
there and SQLite reads beside it; it was closed in order and the file alone is read; or nothing may be written there and
a copy elsewhere is read. A PostgreSQL is read in `postgres_reading.py`.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from salon_desk.storage import schema
from salon_desk.storage.engine import Database, Transaction, open_sqlite
from salon_desk.storage.errors import StoreDamaged, StoreInUse, StoreMissing
from salon_desk.storage.place import Place

if TYPE_CHECKING:
    from salon_desk.storage.postgres_reading import PostgresReader

DATABASE = "till.db"
ANCHOR = "till.anchor"
LOCK = "till.lock"
HEAD_OFFICE = "head-office.db"


class Reader(Database):
    """A database opened for reading; takes its private copy away again when it is closed."""

    def __init__(
        self,
        engine: Engine,
        name: str = DATABASE,
        *,
        alone: Path | None = None,
        copy: tempfile.TemporaryDirectory[str] | None = None,
    ) -> None:
        """`alone`: a file that is read without any lock, because no process had it open."""
        self.name = name
        self._alone = alone
        self._seen = _signature(alone) if alone else None
        self._copy = copy
        super().__init__(engine)

    @contextlib.contextmanager
    def read(self) -> Iterator[Transaction]:
        """A read transaction. Raises StoreInUse when a till was started in the folder meanwhile: read again."""
        try:
            with super().read() as transaction:
                yield transaction
        finally:
            if self._alone and _signature(self._alone) != self._seen:
                raise StoreInUse(folder=str(self._alone.parent))

    @property
    def anchored(self) -> bool:
        """Whether an anchor lies beside the data: only a till has one."""
        return self.name == DATABASE

    def text_as_bytes(self) -> None:
        """Give text as the bytes that it is from now on."""
        self.driver().text_factory = bytes

    def rows(self) -> Any:
        """What runs SQL written by hand, with question marks: `execute(sql, parameters)` gives the rows."""
        return self.driver()

    def tolerate_damaged_text(self) -> None:
        """Give text that is no text with marks in the place of what cannot be read, instead of refusing the row."""
        self.driver().text_factory = lambda data: data.decode("utf-8", "replace")

    def close(self) -> None:
        """Close the connection."""
        super().close()
        if self._copy is not None:
            self._copy.cleanup()


def open_place(place: Place) -> Reader | PostgresReader:
    """What is at a place, for reading only: a till's or head office's folder, or a PostgreSQL.

    Raises StoreMissing, StoreNewer, StoreDamaged, DatabaseUnreachable, DatabaseUnusable.
    """
    if place.folder is not None:
        return open_reader(place.folder)
    from salon_desk.storage.postgres_reading import open_postgres_reader

    return open_postgres_reader(place.url)


def database_in(folder: Path) -> Path:
    """The database file in a folder, a till's or a head office's. Raises StoreMissing."""
    for name in (DATABASE, HEAD_OFFICE):
        if (folder / name).exists():
            return folder / name
    raise StoreMissing(folder=str(folder))


def open_reader(folder: Path) -> Reader:
    """A folder's database for reading only: beside its process, from a copy, or from a medium that cannot be written.

    Raises StoreMissing, StoreNewer, StoreDamaged.
    """
    file = database_in(folder)
    try:
        database = _open(file)
    except (sqlite3.Error, OSError) as error:
        raise StoreDamaged(folder=str(folder), what=file.name) from error
    try:
        schema.require_known(database, folder, file.name)
    except sqlite3.Error as error:
        database.close()
        raise StoreDamaged(folder=str(folder), what=file.name) from error
    except BaseException:
        database.close()
        raise
    return database


def _open(file: Path) -> Reader:
    if not _log(file).exists():
        return Reader(open_sqlite(file, read_only=True, immutable=True), file.name, alone=file)
    reader = Reader(open_sqlite(file, read_only=True), file.name)
    try:
        reader.pragma("schema_version")
        return reader
    except sqlite3.Error as error:
        reader.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
        ):
            raise
    return _copied(file)


def _copied(file: Path) -> Reader:
    """The log cannot be read where it lies, because its index cannot be made there: read both elsewhere."""
    copy = tempfile.TemporaryDirectory(prefix="salon-desk-")
    try:
        for one in (file, _log(file)):
            shutil.copyfile(one, Path(copy.name) / one.name)
        return Reader(open_sqlite(Path(copy.name) / file.name, read_only=True), file.name, copy=copy)
    except BaseException:
        copy.cleanup()
        raise


def _log(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def _signature(file: Path) -> tuple[int, int, bool]:
    """What changes when somebody writes."""
    stat = file.stat()
    return stat.st_mtime_ns, stat.st_size, _log(file).exists()
