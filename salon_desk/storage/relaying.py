"""How far a hub has handed on the chains of its children: local rows, and which chain has something left.

The journal itself is the outbox, as on a till; a number that is lost costs a second sending, never a fact. Each function runs
inside its caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, case, delete, func, select

from salon_desk.operations.envelope import Envelope
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.chains import chains
from salon_desk.storage.tables.network import children, relayed

_HELD = Rows(
    relayed,
    lambda new: {
        "applied": case((relayed.c.applied > new.applied, relayed.c.applied), else_=new.applied),
        "durable": case((relayed.c.durable > new.durable, relayed.c.durable), else_=new.durable),
    },
)
_START = Rows(relayed, lambda new: {"applied": new.applied})
_FIND = Statement(
    lambda: select(relayed).where(relayed.c.node == bindparam("node"), relayed.c.epoch == bindparam("epoch"))
)
_FORGET = Statement(lambda: delete(relayed))
_CHILDREN = Statement(lambda: select(children.c.node))
_SAME = and_(relayed.c.node == chains.c.node, relayed.c.epoch == chains.c.epoch)
_HAS = func.coalesce(relayed.c.applied, 0)
_PENDING = Statement(
    lambda: (
        select(chains.c.node, chains.c.epoch, chains.c.seq, _HAS.label("applied"))
        .join(children, children.c.node == chains.c.node)
        .outerjoin(relayed, _SAME)
        .where(children.c.confirmed == 1, chains.c.seq > _HAS)
        .order_by(chains.c.node, chains.c.epoch)
    )
)


@dataclass(frozen=True, slots=True)
class Pending:
    """A child's chain that the parent does not hold to its end: it holds it up to `applied`, here it ends with `seq`."""

    node: str
    epoch: str
    seq: int
    applied: int


def pending(transaction: Transaction) -> list[Pending]:
    """The chains of confirmed children that the parent does not hold to their ends."""
    return [Pending(row.node, row.epoch, row.seq, row.applied) for row in transaction.all(_PENDING)]


def held(transaction: Transaction, node: str, epoch: str, applied: int, durable: int) -> None:
    """The parent, and the root above it, hold a chain up to these numbers. Lower ones than before change nothing."""
    transaction.put(_HELD, node=node, epoch=epoch, applied=applied, durable=durable)


def start_at(transaction: Transaction, node: str, epoch: str, applied: int) -> None:
    """The parent said where a chain goes on, whatever was known before."""
    transaction.put(_START, node=node, epoch=epoch, applied=applied, durable=0)


def durable(transaction: Transaction, node: str, epoch: str) -> int:
    """How far the root is known to hold a chain."""
    row = transaction.one(_FIND, node=node, epoch=epoch)
    return int(row.durable) if row else 0


def came(transaction: Transaction, envelopes: Iterable[Envelope]) -> None:
    """These operations came from the parent: of this node's children, it holds them, and so does whoever is above it."""
    known = {row.node for row in transaction.all(_CHILDREN)}
    ends: dict[tuple[str, str], int] = {}
    for one in envelopes:
        header = one.header
        if header.node in known:
            chain = (header.node, header.epoch)
            ends[chain] = max(header.seq, ends.get(chain, 0))
    for (node, epoch), seq in ends.items():
        held(transaction, node, epoch, seq, seq)


def forget(transaction: Transaction) -> None:
    """Another parent, or one that was restored: nothing is known of what it holds."""
    transaction.run(_FORGET)
