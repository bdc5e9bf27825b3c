"""After an erasure: what lies outside the tables is rewritten, the anchors first, then the free pages of the database.

What is taken out of the tables is `erasing.py`'s. A setting of this machine, written with the erasure itself, says what is left to
do, so that a crash anywhere between leaves it to the next start or the next idle moment.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import bindparam, func, select

from salon_desk.domain.shift import ShiftState
from salon_desk.operations.envelope import Envelope, pack
from salon_desk.operations.erasure import MemberErased
from salon_desk.storage import erasing, local
from salon_desk.storage.anchor import ASIDE, SCRATCH, Anchor, AnchorDamaged, AnchorUnsettled, is_damaged
from salon_desk.storage.anchor_entries import Mark, read_entry
from salon_desk.storage.apply.erasures import FORGETTING
from salon_desk.storage.engine import Database, Statement, Transaction
from salon_desk.storage.store import Store
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.local import search_entries, search_terms
from salon_desk.storage.tables.shifts import shifts

PAGES = "pages"
AT_ONCE = 64 * 1024 * 1024
"""Bytes of a database that is written anew while somebody sells; a larger one waits until no shift is open."""

_TOLD_OF_PEOPLE = (journal, search_entries, search_terms, *FORGETTING)

_OPEN_SHIFTS = Statement(
    lambda: (
        select(func.count())
        .select_from(shifts)
        .where(shifts.c.node == bindparam("node"), shifts.c.state != ShiftState.CLOSED.value)
    )
)

_log = logging.getLogger(__name__)


def after(store: Store, recorded: Sequence[Envelope]) -> None:
    """What has to follow at once when these operations were committed here. As `finish`."""
    if any(one.header.kind == MemberErased.KIND for one in recorded):
        finish(store)


def finish(store: Store) -> None:
    """Do what an erasure has left to be done here; nothing where there was none. Database worker. Raises StoreStopped.

    What the disk refuses is tried again in the next idle moment, and after a start.
    """
    with store.database.read() as transaction:
        due = local.setting(transaction, erasing.DUE)
    try:
        if due == erasing.ANCHOR:
            _anchors(store)
            local.save_setting(store, erasing.DUE, PAGES)
            due = PAGES
        if due == PAGES and not _has_to_wait(store) and _write_anew(store.database):
            local.save_setting(store, erasing.DUE, "")
    except OSError as error:
        _log.warning("an erasure is not finished: %s", error)
    except store.database.failures as error:
        _log.warning("the database could not be written anew after an erasure: %s", error)


def _has_to_wait(store: Store) -> bool:
    """Whether a cashier would wait for it."""
    database = store.database
    if (
        _is_server(database)
        or database.ask("PRAGMA page_count") * database.ask("PRAGMA page_size") <= AT_ONCE
    ):
        return False
    with store.database.read() as transaction:
        return bool(transaction.value(_OPEN_SHIFTS, node=store.node))


def _write_anew(database: Database) -> bool:
    """Leave no free page, and nothing in the log, that holds what was there before; False while a reader is in the way.

    A server gives dead rows free and writes over them in its own time; its log is its administrator's. Raises sqlite3.Error.
    """
    if _is_server(database):
        for one in _TOLD_OF_PEOPLE:
            database.driver().execute(f"VACUUM {one.name}")
        return True
    database.pragma("temp_store=FILE")  # the copy is as large as the database
    try:
        database.driver().execute("VACUUM")
    finally:
        database.pragma("temp_store=MEMORY")
    return database.checkpoint()


def _is_server(database: Database) -> bool:
    return database.engine.dialect.name != "sqlite"


def _anchors(store: Store) -> None:
    """This node's anchor, and those that were kept of its earlier epochs. Raises OSError, StoreStopped."""
    anchor = store.anchor
    if not isinstance(anchor, Anchor):
        return
    try:
        _rewrite(store, anchor)
    except AnchorUnsettled as error:
        store.stop(error)
    anchor.path.with_name(f"{anchor.path.name}{SCRATCH}").unlink(missing_ok=True)
    for path in sorted(anchor.path.parent.glob(f"{anchor.path.name}{ASIDE}*")):
        if path.suffix != SCRATCH:
            _rewrite_kept(store, path)
        else:
            path.unlink()


def _rewrite_kept(store: Store, path: Path) -> None:
    kept = Anchor(path)
    try:
        _rewrite(store, kept)
    except AnchorUnsettled as error:
        raise OSError(str(error)) from error
    finally:
        kept.close()


def _rewrite(store: Store, anchor: Anchor) -> None:
    """Put the same entries in its place, without what is erased; one of which nothing is stays as it is."""
    try:
        if is_damaged(anchor.path):
            raise AnchorDamaged("a damaged entry before its end")
        with store.database.read() as transaction:
            if any(_without(transaction, payload) is not payload for payload in anchor.payloads()):
                anchor.rewrite(_without(transaction, payload) for payload in anchor.payloads())
    except AnchorDamaged:
        _log.exception("%s is not as it was written and keeps what it holds", anchor.path.name)


def _without(transaction: Transaction, payload: bytes) -> bytes:
    """An entry as it may be kept; the very same where nothing in it goes."""
    entry = read_entry(payload)
    if isinstance(entry, Mark):
        return payload
    going = [one.body is not None and erasing.is_to_go(transaction, one) for one in entry]
    if not any(going):
        return payload
    return pack([erasing.bare(one) if goes else one for one, goes in zip(entry, going, strict=True)])
