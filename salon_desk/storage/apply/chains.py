"""Where each chain stands: kept for every operation that is recorded, whether it could be applied or not.

What an operation means is not looked at here. `at` is the highest clock reading of the chain, so that this node's own next
one is above everything it has seen; a reading that no clock gives counts as the highest that one can.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, insert, select, update

from salon_desk.operations.envelope import Envelope, Header
from salon_desk.operations.hybrid_clock import HIGHEST
from salon_desk.operations.node import BodyDisclosed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.chains import chains, disclosures

FIND = Statement(
    lambda: select(chains.c.seq, chains.c.hash, chains.c.at).where(
        chains.c.node == bindparam("node"), chains.c.epoch == bindparam("epoch")
    )
)
_ADD = Statement(lambda: insert(chains))
_CHANGE = Statement(
    lambda: (
        update(chains)
        .where(chains.c.node == bindparam("of_node"), chains.c.epoch == bindparam("of_epoch"))
        .values(seq=bindparam("seq"), hash=bindparam("hash"), at=bindparam("at"))
    )
)
_DISCLOSED = Statement(
    lambda: select(disclosures.c.op_id).where(
        disclosures.c.op_id == bindparam("op_id"), disclosures.c.store == bindparam("store")
    )
)
_DISCLOSE = Statement(lambda: insert(disclosures))


def followed(transaction: Transaction, envelopes: Iterable[Envelope]) -> None:
    """Note the new ends of the chains that these operations, in their order, belong to."""
    ends: dict[tuple[str, str], Envelope] = {}
    highest: dict[tuple[str, str], int] = {}
    for one in envelopes:
        chain = (one.header.node, one.header.epoch)
        ends[chain] = one
        highest[chain] = max(highest.get(chain, 0), min(one.header.at, HIGHEST))
    for (node, epoch), end in ends.items():
        known = transaction.one(FIND, node=node, epoch=epoch)
        values = {"seq": end.header.seq, "hash": end.hash}
        at = highest[node, epoch]
        if known is None:
            transaction.run(_ADD, node=node, epoch=epoch, at=at, **values)
        else:
            transaction.run(_CHANGE, of_node=node, of_epoch=epoch, at=max(at, known.at), **values)


def body_disclosed(transaction: Transaction, _header: Header, operation: BodyDisclosed) -> None:
    """A store may see these bodies from now on."""
    for op_id in operation.op_ids:
        if transaction.one(_DISCLOSED, op_id=op_id, store=operation.store) is None:
            transaction.run(_DISCLOSE, op_id=op_id, store=operation.store)
