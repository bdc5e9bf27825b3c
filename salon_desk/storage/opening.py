"""Opening a till's folder for recording; opening one for reading lives in `reading.py`.

The layout of a folder: till.db (with its -wal and -shm), till.anchor, till.lock. One process records on a folder. An
empty folder becomes a new till, and a start that was cut off before its first operation is begun again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from salon_desk.domain.clock import Clock
from salon_desk.domain.ids import NewId
from salon_desk.operations.node import EpochOpened, WhyAnew
from salon_desk.storage import epochs, guard, heads, home, journal, receiving, schema, scrubbing
from salon_desk.storage.anchor import Anchor, is_blank
from salon_desk.storage.effects import effects_of
from salon_desk.storage.engine import Database, Statement, open_sqlite
from salon_desk.storage.errors import FolderUnusable, StoreDamaged
from salon_desk.storage.lock import FolderLock
from salon_desk.storage.reading import ANCHOR, DATABASE, LOCK, open_reader
from salon_desk.storage.rebuild import rebuild_if_stale
from salon_desk.storage.store import Store
from salon_desk.storage.tables.local import identity
from salon_desk.storage.unusable import refusal

__all__ = ["ANCHOR", "DATABASE", "LOCK", "open_folder", "open_reader", "open_store"]

S = TypeVar("S", bound=Store)

_WRITE_IDENTITY = Statement(lambda: insert(identity))


def open_store(folder: Path, clock: Clock, new_id: NewId, *, at_home: bool = False) -> Store:
    """Open a till's folder for recording; see `open_folder`."""
    return open_folder(folder, clock, new_id, Store, at_home=at_home)


def open_folder(folder: Path, clock: Clock, new_id: NewId, kind: type[S], *, at_home: bool = False) -> S:
    """Open a folder with an anchor for recording, as a store of a `kind`; an empty or missing one becomes a new node.

    `at_home`: whether this machine remembers the folder, so that a copy of it opens an epoch of its own (`home.py`).
    What the anchor has and the database lacks is recorded again (`Store.replayed` names it), comes from the parent first
    (`Store.catching_up`), or a new epoch is opened (`Store.opened_anew`). Raises StoreInUse, StoreNewer, StoreDamaged,
    FolderUnusable, CannotRecord.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FolderLock(folder / LOCK)
    except OSError as error:
        raise FolderUnusable(folder=str(folder), reason=error.strerror or str(error)) from error
    try:
        store = _open_locked(folder, lock, clock, new_id, kind, at_home=at_home)
    except BaseException:
        lock.release()
        raise
    if at_home:
        _settle_in(store, folder)
    return store


def _settle_in(store: Store, folder: Path) -> None:
    try:
        home.settle_in(store, folder)
    except BaseException as error:
        store.close()
        if isinstance(error, OSError):
            raise FolderUnusable(folder=str(folder), reason=error.strerror or str(error)) from error
        raise


def _open_locked(
    folder: Path, lock: FolderLock, clock: Clock, new_id: NewId, kind: type[S], *, at_home: bool
) -> S:
    database: Database | None = None
    anchor: Anchor | None = None
    try:
        _require_database(folder)
        database = Database(open_sqlite(folder / DATABASE))
        schema.prepare(database, folder)
        rebuild_if_stale(database)
        lost = _anchor_is_lost(database, folder)
        anchor = _open_anchor(database, folder)
        store = kind(database, anchor, lock, clock=clock, new_id=new_id)
        noted = partial(home.noted, store, folder) if at_home else guard.nothing_noted
        _start(store, anchor, folder, noted, lost=lost)
        return store
    except BaseException as error:
        if anchor is not None:
            anchor.close()
        if database is not None:
            database.close()
        if isinstance(error, sqlite3.Error | SQLAlchemyError | OSError):
            raise refusal(error, folder, DATABASE) from error
        raise


def _require_database(folder: Path) -> None:
    """Refuse a folder whose anchor knows of operations and whose database is gone."""
    database, anchor = folder / DATABASE, folder / ANCHOR
    gone = not database.exists() or database.stat().st_size == 0
    if gone and anchor.exists() and not is_blank(anchor):
        raise StoreDamaged(folder=str(folder), what=DATABASE)


def _anchor_is_lost(database: Database, folder: Path) -> bool:
    """Whether the database knows who it is and no anchor lies beside it."""
    with database.read() as transaction:
        known = transaction.one(heads.IDENTITY) is not None
    return known and not (folder / ANCHOR).exists()


def _open_anchor(database: Database, folder: Path) -> Anchor:
    """The anchor; a new one until the database knows who it is, for only then was the first one complete."""
    path = folder / ANCHOR
    with database.read() as transaction:
        known = transaction.one(heads.IDENTITY) is not None
        recorded = transaction.value(heads.LAST_POSITION)
    if known and path.exists():
        return Anchor(path)
    if not known:
        if recorded or (path.exists() and not is_blank(path)):
            raise StoreDamaged(folder=str(folder), what=DATABASE)
        path.unlink(missing_ok=True)
    return Anchor(path, create=True)


def _start(
    store: Store, anchor: Anchor, folder: Path, noted: Callable[[], guard.Noted | None], *, lost: bool
) -> None:
    """Identity, what the guard finds, and the first entry of the epoch's chain where it is not there yet."""
    store.load()
    if not store.node:
        node, epoch = store.new_id(), store.new_id()
        with store.local() as transaction:
            transaction.run(_WRITE_IDENTITY, only=1, node=node, epoch=epoch)
        store.load()
    store.effects = effects_of(store.node)
    found = guard.compare(store, anchor, noted)
    if lost and found.anew is not None:
        found = replace(found, anew=WhyAnew.ANCHOR_MISSING)
    epochs.follow(store, found, folder, noted)
    if store.head.seq == 0 and store.catching_up is None:
        command = journal.Command(f"{store.epoch}/open", actor="", business_day="")
        journal.record(store, command, lambda _transaction: EpochOpened())
    receiving.retry_at_start(store)
    scrubbing.finish(store)
