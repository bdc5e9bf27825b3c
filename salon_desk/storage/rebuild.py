"""Building every projection anew from the journal, after a migration, or when what was set aside came out of its order.

`verify` does the same in a scratch database to compare. Operations are replayed in the node's own order of recording, without
local effects; what cannot be applied is set aside, as it was when it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from sqlalchemy import bindparam, delete, select

from salon_desk.operations.envelope import Envelope, Header
from salon_desk.operations.operation import Operation
from salon_desk.storage import set_aside
from salon_desk.storage.apply.chains import followed
from salon_desk.storage.engine import Database, Statement, Transaction
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.set_aside import Shelf
from salon_desk.storage.store import Effects, nothing
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
        _rebuild(transaction, nothing)
        transaction.run(_FRESH)
    return True


def settle(transaction: Transaction, shelf: Shelf, effects: Effects) -> int:
    """Try again what was set aside; how many operations landed.

    What lands late lands behind operations that followed it. Where something of its chain still waits, the chain's own
    order might have let that land instead of another: then everything is made anew in that order.
    """
    before = set_aside.count(transaction)
    shelf.retry()
    if shelf.out_of_order:
        _rebuild(transaction, _for_these(shelf.waiting, effects))
    return before - set_aside.count(transaction)


def rebuild(transaction: Transaction, fresh: Sequence[Envelope], effects: Effects) -> int:
    """Everything anew, because operations that were applied stand behind an end that came now; how many more are set aside.

    `fresh`: what was recorded now, whose effects are still to be.
    """
    before = set_aside.count(transaction)
    _rebuild(transaction, _for_these(frozenset(one.header.op_id for one in fresh), effects))
    return set_aside.count(transaction) - before


def _rebuild(transaction: Transaction, effects: Effects) -> None:
    for clear in _CLEAR:
        transaction.run(clear)
    shelf = Shelf(transaction, effects)
    for one in _journal(transaction):
        followed(transaction, (one,))
        shelf.take(one)


def _for_these(op_ids: frozenset[str], effects: Effects) -> Effects:
    """The effects of these operations alone: those of the others were when they were applied first."""

    def some(transaction: Transaction, header: Header, operation: Operation) -> None:
        if header.op_id in op_ids:
            effects(transaction, header, operation)

    return some


def _journal(transaction: Transaction) -> Iterator[Envelope]:
    position = 0
    while rows := transaction.all(_PAGES, position=position):
        for row in rows:
            yield envelope_of(row)
        position = rows[-1].position
