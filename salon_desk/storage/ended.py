"""The ends of epochs that a parent closed, as the journal says: what stands behind an end is kept as evidence and never applied.

Where an epoch ended is decided by its closing (`apply/ends.py`). The one rule: an end counts for the whole journal, whatever
came first, so that every node with the same operations applies the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select

from salon_desk.operations.envelope import Envelope, Header
from salon_desk.operations.node import EpochClosedByParent
from salon_desk.operations.registry import decode_known
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.journal import journal

Ends = dict[tuple[str, str], int]
"""By (node, epoch), the number of the last operation."""

CLOSINGS = f"SELECT version, body FROM journal WHERE kind = '{EpochClosedByParent.KIND}'"
_CLOSINGS = Statement(
    lambda: select(journal.c.version, journal.c.body).where(journal.c.kind == bindparam("kind"))
)
_BEHIND = Statement(
    lambda: (
        select(journal.c.op_id)
        .where(
            journal.c.node == bindparam("node"),
            journal.c.epoch == bindparam("epoch"),
            journal.c.seq > bindparam("end"),
        )
        .limit(1)
    )
)


def ends(transaction: Transaction) -> Ends:
    """The ends that the journal's closings name."""
    return _ends((row.version, row.body) for row in transaction.all(_CLOSINGS, kind=EpochClosedByParent.KIND))


def ends_in(envelopes: Iterable[Envelope]) -> Ends:
    """The ends that the closings among these operations name."""
    closings = (one for one in envelopes if one.header.kind == EpochClosedByParent.KIND)
    return _ends((one.header.version, one.body) for one in closings)


def ends_read(rows: Any) -> Ends:
    """The ends in a journal that may be damaged, by a driver that gives text as bytes."""
    return _ends(row for row in rows.execute(CLOSINGS) if isinstance(row[0], int))


def is_behind(found: Ends, header: Header) -> bool:
    """Whether an operation stands behind the end of its chain."""
    end = found.get((header.node, header.epoch)) if found else None
    return end is not None and header.seq > end


def goes_on(transaction: Transaction, found: Ends) -> bool:
    """Whether the journal has operations behind one of these ends."""
    return any(
        transaction.one(_BEHIND, node=node, epoch=epoch, end=end) is not None
        for (node, epoch), end in found.items()
    )


def _ends(closings: Iterable[tuple[int, bytes | None]]) -> Ends:
    found: Ends = {}
    for version, body in closings:
        closing = decode_known(EpochClosedByParent.KIND, version, body)
        if isinstance(closing, EpochClosedByParent):
            chain = (closing.node, closing.epoch)
            found[chain] = min(closing.end_seq, found.get(chain, closing.end_seq))
    return found
