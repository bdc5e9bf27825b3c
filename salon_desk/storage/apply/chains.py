"""Where each chain stands: kept for every operation that is recorded, whether it could be applied or not.

What an operation means is not looked at here. `at` is the highest clock reading of the chain, so that this node's own next
one is above everything it has seen; a reading that no clock gives counts as the highest that one can.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, case, select

from salon_desk.operations.envelope import Envelope, Header
from salon_desk.operations.hybrid_clock import HIGHEST
from salon_desk.operations.node import BodyDisclosed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.chains import chains, disclosures

FIND = Statement(
    lambda: select(chains.c.seq, chains.c.hash, chains.c.at).where(
        chains.c.node == bindparam("node"), chains.c.epoch == bindparam("epoch")
    )
)
_FOLLOW = Rows(
    chains,
    lambda new: {
        "seq": new.seq,
        "hash": new.hash,
        "at": case((chains.c.at > new.at, chains.c.at), else_=new.at),
    },
)
_DISCLOSE = Rows(disclosures, lambda _new: {})


def followed(transaction: Transaction, envelopes: Iterable[Envelope]) -> None:
    """Note the new ends of the chains that these operations, in their order, belong to."""
    ends: dict[tuple[str, str], Envelope] = {}
    highest: dict[tuple[str, str], int] = {}
    for one in envelopes:
        chain = (one.header.node, one.header.epoch)
        ends[chain] = one
        highest[chain] = max(highest.get(chain, 0), min(one.header.at, HIGHEST))
    for (node, epoch), end in ends.items():
        transaction.put(
            _FOLLOW, node=node, epoch=epoch, seq=end.header.seq, hash=end.hash, at=highest[node, epoch]
        )


def body_disclosed(transaction: Transaction, _header: Header, operation: BodyDisclosed) -> None:
    """A store may see these bodies from now on."""
    for op_id in operation.op_ids:
        transaction.put(_DISCLOSE, op_id=op_id, store=operation.store)
