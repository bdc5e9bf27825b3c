"""Building every projection anew from the journal, after a migration that left them stale.

`verify` does the same in a scratch database to compare. Operations are replayed in the node's own order of recording, without
local effects; what cannot be applied is set aside, as it was when it came.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sqlalchemy import bindparam, delete, select

from salon_desk.operations.envelope import Envelope
from salon_desk.storage import set_aside
from salon_desk.storage.apply.chains import followed
from salon_desk.storage.engine import Database, Statement, Transaction
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.store import nothing
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.kinds import PROJECTIONS
from salon_desk.storage.tables.local import settings

STALE = "projections-stale"
_PAGE = 500

_IS_STALE = Statement(lambda: select(settings.c.value).where(settings.c.name == STALE))
_FRESH = Statement(lambda: delete(settings).where(settings.c.name == STALE))
_CLEAR = tuple(Statement(partial(delete, table)) for table in PROJECTIONS)
_PAGES = Statement(
    lambda: (
        select(journal)
        .where(journal.c.position > bindparam("position"))
        .order_by(journal.c.position)
        .limit(_PAGE)
    )
)


def rebuild_if_stale(database: Database) -> bool:
    """Rebuild in one transaction when a migration has said so; whether it did."""
    with database.read() as transaction:
        if transaction.value(_IS_STALE) is None:
            return False
    with database.write() as transaction:
        if transaction.value(_IS_STALE) is None:
            return False
        for clear in _CLEAR:
            transaction.run(clear)
        for one in _journal(transaction):
            replay(transaction, one)
        set_aside.retry(transaction, nothing)
        transaction.run(_FRESH)
    return True


def replay(transaction: Transaction, envelope: Envelope) -> bool:
    """Bring one operation of the journal into empty projections; False when it was set aside."""
    followed(transaction, (envelope,))
    return set_aside.take(transaction, envelope, nothing)


def _journal(transaction: Transaction) -> Iterator[Envelope]:
    position = 0
    while rows := transaction.all(_PAGES, position=position):
        for row in rows:
            yield envelope_of(row)
        position = rows[-1].position
