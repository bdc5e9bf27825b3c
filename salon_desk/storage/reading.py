"""Opening a till's folder for reading only: nothing in it is written, made or locked against its till.

Recording lives in `opening.py`. Three cases: the till (or one that crashed) left its log there and SQLite reads beside
it; it was closed in order and the file alone is read; or nothing may be written there and a copy elsewhere is read.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from salon_desk.storage import schema
from salon_desk.storage.engine import Database, Transaction, open_sqlite
from salon_desk.storage.errors import StoreDamaged, StoreInUse, StoreMissing

DATABASE = "till.db"
ANCHOR = "till.anchor"
LOCK = "till.lock"
_LOG = f"{DATABASE}-wal"


class Reader(Database):
    """A database opened for reading; takes its private copy away again when it is closed."""

    def __init__(
        self,
        engine: Engine,
        *,
        alone: Path | None = None,
        copy: tempfile.TemporaryDirectory[str] | None = None,
    ) -> None:
        """`alone`: a folder whose file is read without any lock, because no process had it open."""
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
                raise StoreInUse(folder=str(self._alone))

    def tolerate_damaged_text(self) -> None:
        """Give text that is no text with marks in the place of what cannot be read, instead of refusing the row."""
        self.driver().text_factory = lambda data: data.decode("utf-8", "replace")

    def close(self) -> None:
        """Close the connection."""
        super().close()
        if self._copy is not None:
            self._copy.cleanup()


def open_reader(folder: Path) -> Reader:
    """A till's database for reading only: beside its till, from a copy, or from a medium that cannot be written.

    Raises StoreMissing, StoreNewer, StoreDamaged.
    """
    if not (folder / DATABASE).exists():
        raise StoreMissing(folder=str(folder))
    try:
        database = _open(folder)
    except (sqlite3.Error, OSError) as error:
        raise StoreDamaged(folder=str(folder), what=DATABASE) from error
    try:
        schema.require_known(database, folder)
    except sqlite3.Error as error:
        database.close()
        raise StoreDamaged(folder=str(folder), what=DATABASE) from error
    except BaseException:
        database.close()
        raise
    return database


def _open(folder: Path) -> Reader:
    file = folder / DATABASE
    if not (folder / _LOG).exists():
        return Reader(open_sqlite(file, read_only=True, immutable=True), alone=folder)
    reader = Reader(open_sqlite(file, read_only=True))
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
    return _copied(folder)


def _copied(folder: Path) -> Reader:
    """The log cannot be read where it lies, because its index cannot be made there: read both elsewhere."""
    copy = tempfile.TemporaryDirectory(prefix="salon-desk-")
    try:
        for name in (DATABASE, _LOG):
            shutil.copyfile(folder / name, Path(copy.name) / name)
        return Reader(open_sqlite(Path(copy.name) / DATABASE, read_only=True), copy=copy)
    except BaseException:
        copy.cleanup()
        raise


def _signature(folder: Path) -> tuple[int, int, bool]:
    """What changes when somebody writes."""
    stat = (folder / DATABASE).stat()
    return stat.st_mtime_ns, stat.st_size, (folder / _LOG).exists()
