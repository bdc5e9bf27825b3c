"""Where a chain of this node ended and the next one began, by the clocks of the operations; and what the new one recorded.

Order never comes from clocks (PROTOCOL 2): these readings are for people who ask when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from salon_desk.operations.operation import Operation
from salon_desk.operations.registry import decode
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.journal import journal

_OF_CHAIN = Statement(
    lambda: select(
        func.min(journal.c.at).label("first"),
        func.max(journal.c.at).label("last"),
        func.min(journal.c.position).label("position"),
    ).where(journal.c.node == bindparam("node"), journal.c.epoch == bindparam("epoch"))
)
_BEFORE = Statement(lambda: select(func.max(journal.c.at)).where(journal.c.position < bindparam("position")))
_OF_KIND = Statement(
    lambda: (
        select(journal.c.kind, journal.c.version, journal.c.body)
        .where(
            journal.c.kind == bindparam("kind"),
            journal.c.node == bindparam("node"),
            journal.c.epoch == bindparam("epoch"),
        )
        .order_by(journal.c.position)
    )
)


@dataclass(frozen=True, slots=True)
class Marks:
    """Clock readings, 0 for none: the last operation of the old chain, of any chain before the new one began, and its first."""

    last_own: int
    last_any: int
    opened: int


def marks(transaction: Transaction, node: str, old_epoch: str, new_epoch: str) -> Marks:
    """The window between two epochs of a node, as the journal shows it."""
    old = transaction.one(_OF_CHAIN, node=node, epoch=old_epoch)
    new = transaction.one(_OF_CHAIN, node=node, epoch=new_epoch)
    assert old is not None
    assert new is not None
    before = transaction.value(_BEFORE, position=new.position or 0)
    return Marks(last_own=old.last or 0, last_any=before or 0, opened=new.first or 0)


def own_operations(
    transaction: Transaction, node: str, epoch: str, kinds: Sequence[str]
) -> Iterator[Operation]:
    """The operations of some kinds in one chain, in the order in which they were recorded here, kind by kind."""
    for kind in kinds:
        for row in transaction.all(_OF_KIND, kind=kind, node=node, epoch=epoch):
            yield decode(row.kind, row.version, row.body or b"")
