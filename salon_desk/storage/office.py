"""Opening a head office's data: a folder with SQLite, or a PostgreSQL by URL; the same tables, the same `apply`.

A till's folder is opened in `opening.py`. Several processes record here (server workers, the command line), so that the head
of the chain is read inside each writing transaction, under the lock that gives positions their order.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import NoReturn

from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from salon_desk.domain.clock import Clock
from salon_desk.domain.ids import NewId
from salon_desk.operations.node import EpochOpened, WhyAnew
from salon_desk.storage import erasing, heads, journal, receiving, schema, scrubbing
from salon_desk.storage.engine import Database, Statement, Transaction, open_sqlite
from salon_desk.storage.errors import DatabaseUnusable, FolderUnusable, StoreStopped
from salon_desk.storage.place import Place
from salon_desk.storage.reading import HEAD_OFFICE as DATABASE
from salon_desk.storage.rebuild import rebuild_if_stale
from salon_desk.storage.store import Store
from salon_desk.storage.tables.local import identity
from salon_desk.storage.unusable import refusal

__all__ = ["DATABASE", "Office", "Place", "open_anew", "open_for_reading", "open_office"]

_WRITE_IDENTITY = Statement(lambda: insert(identity))


class Office(Store):
    """A head office's data opened for recording, by this process among others. One thread of a process uses it."""

    def refresh(self, transaction: Transaction) -> None:
        """Read where the chain stands, under the lock that this transaction holds."""
        self.head = self._read_head(transaction)

    def stop(self, error: Exception) -> NoReturn:
        """Go on after a server's failure, for the next transaction reads anew where the chain stands."""
        if self.database.comes_back:
            raise StoreStopped(reason=str(error) or type(error).__name__) from error
        super().stop(error)


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
    """Open for recording; empty data becomes a new head office with its own chain. Several processes may do so at once.

    Raises FolderUnusable, DatabaseUnreachable, DatabaseUnusable, StoreDamaged, StoreNewer, CannotRecord.
    """
    database = _open(place)
    try:
        with _told(place):
            schema.prepare(database, str(place), _name(place))
            rebuild_if_stale(database)
            office = Office(database, NoAnchor(), NoLock(), clock=clock, new_id=new_id)
            office.effects = erasing.follow
            _begin(office)
        return office
    except BaseException:
        database.close()
        raise


def open_for_reading(place: Place) -> Database:
    """A further connection, for one thread that reads beside the others. The data must have been opened before.

    Raises FolderUnusable, DatabaseUnreachable, DatabaseUnusable, StoreDamaged.
    """
    return _open(place)


def _open(place: Place) -> Database:
    if place.folder is None:
        from salon_desk.storage.postgres import open_postgres

        return open_postgres(place.url)
    with _told(place):
        place.folder.mkdir(parents=True, exist_ok=True)
        return Database(open_sqlite(place.folder / DATABASE))


@contextlib.contextmanager
def _told(place: Place) -> Iterator[None]:
    """What goes wrong while opening, as a refusal."""
    try:
        yield
    except (sqlite3.Error, SQLAlchemyError) as error:
        if place.folder is None:
            raise DatabaseUnusable(str(place), str(getattr(error, "orig", error))) from error
        raise refusal(error, place.folder, DATABASE) from error
    except OSError as error:
        raise FolderUnusable(folder=str(place), reason=error.strerror or str(error)) from error


def _name(place: Place) -> str:
    return DATABASE if place.folder else "PostgreSQL"


def _begin(office: Office) -> None:
    """Identity and the first entry of the chain, made once whoever comes first."""
    with office.local() as transaction:
        if transaction.one(heads.IDENTITY) is None:
            transaction.run(_WRITE_IDENTITY, only=1, node=office.new_id(), epoch=office.new_id())
    office.load()
    command = journal.Command(f"{office.epoch}/open", actor="", business_day="")
    journal.record(office, command, _opened)
    receiving.retry_at_start(office)
    scrubbing.finish(office)


def open_anew(office: Office, why: WhyAnew) -> None:
    """End the present epoch of a head office and open a new one, which owns no purse. Raises CannotRecord, StoreStopped."""
    office.load()
    before, head = office.epoch, office.head
    office.epoch = office.new_id()

    def opened(transaction: Transaction) -> EpochOpened:
        transaction.run(heads.ENTER, new_epoch=office.epoch)
        return EpochOpened(old_epoch=before, old_head=head.hash, old_seq=head.seq, reason=why.value)

    journal.record(office, journal.Command(f"{office.epoch}/open", actor="", business_day=""), opened)


def _opened(_transaction: Transaction) -> EpochOpened:
    return EpochOpened()
