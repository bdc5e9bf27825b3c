"""Opening a till's folder, for recording or for reading only.

The layout of a folder: till.db (with its -wal and -shm), till.anchor, till.lock. One process records on a folder;
readers open it beside, also a copy of it. An empty folder becomes a new till.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from salon_desk.domain.clock import Clock
from salon_desk.domain.ids import NewId
from salon_desk.operations.node import EpochOpened
from salon_desk.storage import journal, schema
from salon_desk.storage.anchor import Anchor
from salon_desk.storage.engine import Database, Statement, open_sqlite
from salon_desk.storage.errors import FolderUnusable, StoreDamaged, StoreMissing
from salon_desk.storage.guard import replay_tail
from salon_desk.storage.lock import FolderLock
from salon_desk.storage.store import Store
from salon_desk.storage.tables.local import identity

DATABASE = "till.db"
ANCHOR = "till.anchor"
LOCK = "till.lock"

_WRITE_IDENTITY = Statement(lambda: insert(identity))


def open_store(folder: Path, clock: Clock, new_id: NewId) -> Store:
    """Open a till's folder for recording; an empty or missing folder becomes a new till.

    What the anchor has and the database lacks is recorded again (`Store.replayed` names it). Raises StoreInUse,
    StoreNewer, StoreDamaged, FolderUnusable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FolderLock(folder / LOCK)
    except OSError as error:
        raise FolderUnusable(folder=str(folder), reason=error.strerror or str(error)) from error
    try:
        return _open_locked(folder, lock, clock, new_id)
    except BaseException:
        lock.release()
        raise


def _open_locked(folder: Path, lock: FolderLock, clock: Clock, new_id: NewId) -> Store:
    fresh = not (folder / DATABASE).exists()
    if not fresh and not (folder / ANCHOR).exists() and not _is_empty(folder / DATABASE):
        raise StoreDamaged(folder=str(folder), what=ANCHOR)
    try:
        database = Database(open_sqlite(folder / DATABASE))
    except (sqlite3.Error, SQLAlchemyError) as error:
        raise StoreDamaged(folder=str(folder), what=DATABASE) from error
    try:
        schema.prepare(database, folder)
        anchor = _open_anchor(folder)
        store = Store(database, anchor, lock, clock, new_id)
        store.load()
        if not store.node:
            _begin(store)
        store.replayed = tuple(replay_tail(store, folder))
        return store
    except (sqlite3.DatabaseError, SQLAlchemyError) as error:
        database.close()
        raise StoreDamaged(folder=str(folder), what=DATABASE) from error
    except BaseException:
        database.close()
        raise


def _is_empty(database: Path) -> bool:
    return database.stat().st_size == 0


def _open_anchor(folder: Path) -> Anchor:
    path = folder / ANCHOR
    return Anchor(path, create=not path.exists())


def _begin(store: Store) -> None:
    node, epoch = store.new_id(), store.new_id()
    with store.database.write() as transaction:
        transaction.run(_WRITE_IDENTITY, only=1, node=node, epoch=epoch)
    store.load()
    store.anchor.scan()
    command = journal.Command(f"{epoch}/open", actor="", business_day="")
    journal.record(store, command, lambda _transaction: EpochOpened())


def open_reader(folder: Path) -> Database:
    """A till's database for reading only, also while another process records on it, also a copy.

    Raises StoreMissing, StoreNewer, StoreDamaged.
    """
    path = folder / DATABASE
    if not path.exists():
        raise StoreMissing(folder=str(folder))
    try:
        database = Database(open_sqlite(path, read_only=True))
        schema.require_known(database, folder)
    except (sqlite3.DatabaseError, SQLAlchemyError) as error:
        raise StoreDamaged(folder=str(folder), what=DATABASE) from error
    return database
