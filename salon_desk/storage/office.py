"""Opening a head office's data: a folder with SQLite, or a PostgreSQL by URL; the same tables, the same `apply`.

A till's folder is opened in `opening.py`. Several processes record here (server workers, the command line), so that the head
of the chain is read inside each writing transaction, under the lock that gives positions their order.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from salon_desk.domain.clock import Clock
from salon_desk.domain.ids import NewId
from salon_desk.operations.node import EpochOpened
from salon_desk.storage import heads, journal, schema
from salon_desk.storage.engine import Database, Statement, Transaction, open_sqlite
from salon_desk.storage.errors import FolderUnusable, StoreDamaged
from salon_desk.storage.rebuild import rebuild_if_stale
from salon_desk.storage.store import Store
from salon_desk.storage.tables.local import identity

DATABASE = "head-office.db"

_WRITE_IDENTITY = Statement(lambda: insert(identity))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a head office keeps its data: a folder, or the URL of a PostgreSQL database."""

    folder: Path | None = None
    url: str = ""

    def __str__(self) -> str:
        return str(self.folder) if self.folder else self.url.rpartition("@")[2]


class Office(Store):
    """A head office's data opened for recording, by this process among others. One thread of a process uses it."""

    def refresh(self, transaction: Transaction) -> None:
        """Read where the chain stands, under the lock that this transaction holds."""
        self.head = self._read_head(transaction)


class NoAnchor:
    """In the place of a till's anchor: a root writes its second copy through its database's replica (PROTOCOL 5)."""

    end = 0

    def append(self, payload: bytes) -> None:
        """Nothing to write."""

    def withdraw(self) -> None:
        """Nothing to take back."""

    def close(self) -> None:
        """Nothing to close."""


class NoLock:
    """In the place of a folder's lock: the database itself lets its writers in one after the other."""

    def release(self) -> None:
        """Nothing to let go."""


def open_office(place: Place, clock: Clock, new_id: NewId) -> Office:
    """Open for recording; empty data becomes a new head office with its own chain.

    Raises FolderUnusable, StoreDamaged, StoreNewer, CannotRecord.
    """
    database = _open(place)
    try:
        schema.prepare(database, place.folder or Path(str(place)))
        rebuild_if_stale(database)
        office = Office(database, NoAnchor(), NoLock(), clock=clock, new_id=new_id)
        _begin(office)
        return office
    except BaseException:
        database.close()
        raise


def open_for_reading(place: Place) -> Database:
    """A further connection, for one thread that reads beside the others. The data must have been opened before."""
    return _open(place)


def _open(place: Place) -> Database:
    if place.folder is None:
        raise NotImplementedError
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        return Database(open_sqlite(place.folder / DATABASE))
    except OSError as error:
        raise FolderUnusable(folder=str(place), reason=error.strerror or str(error)) from error
    except sqlite3.Error as error:
        raise StoreDamaged(folder=str(place), what=DATABASE) from error


def _begin(office: Office) -> None:
    """Identity and the first entry of the chain, made once whoever comes first."""
    with office.local() as transaction:
        if transaction.one(heads.IDENTITY) is None:
            transaction.run(_WRITE_IDENTITY, only=1, node=office.new_id(), epoch=office.new_id())
    office.load()
    command = journal.Command(f"{office.epoch}/open", actor="", business_day="")
    journal.record(office, command, _opened)


def _opened(_transaction: Transaction) -> EpochOpened:
    return EpochOpened()
