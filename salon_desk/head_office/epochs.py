"""The epochs of a device: the one that it is in, those that it left, and the new one that it opens by its first operation.

What a device records in an epoch that it left is kept as what it is, history; nothing is sent there any more. What becomes of the
purses there is in `closings.py`.
"""

from __future__ import annotations

from collections.abc import Set

from salon_desk.head_office.refusals import Refusal, not_yours
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.node import EpochClosed, EpochOpened
from salon_desk.storage import children
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import ends, openings
from salon_desk.wire.messages import JournalPush


class BehindEnd(Refusal):
    """An operation behind the end of an epoch that this node has closed: a proof was wrong, and this is the evidence."""

    def __init__(self, envelope: Envelope) -> None:
        super().__init__(409, "closed")
        self.envelope = envelope


def settle(transaction: Transaction, push: JournalPush, fresh: Set[str]) -> None:
    """Whether a push that was just recorded belongs to an epoch of its device, and note the new one that it opens.

    `fresh`: the ids of operations that were new. Inside the transaction that recorded them. Raises Refusal, and then nothing
    of it stands.
    """
    child = children.by_node(transaction, push.node)
    if child is None:
        raise not_yours()
    first_fresh = next((one for one in push.ops if one.header.op_id in fresh), None)
    if first_fresh is None:
        return
    if any(one.header.kind == EpochClosed.KIND for one in push.ops[:-1]):
        raise Refusal(409, "closed")
    known = ends.end(transaction, push.node, push.epoch)
    if known is not None and known.closed and push.ops[-1].header.seq > known.seq:
        raise BehindEnd(next(one for one in push.ops if one.header.seq > known.seq))
    if first_fresh.header.seq > 1:
        _require_open(transaction, push, first_fresh.header.seq)
    elif push.epoch != child.epoch:
        if first_fresh.header.kind != EpochOpened.KIND:
            raise not_yours()
        if push.epoch not in openings.left(transaction, push.node):
            children.enter(transaction, push.node, push.epoch)


def _require_open(transaction: Transaction, push: JournalPush, seq: int) -> None:
    """Nothing follows the last entry of a chain."""
    if openings.kind_at(transaction, push.node, push.epoch, seq - 1) == EpochClosed.KIND:
        raise Refusal(409, "closed")
