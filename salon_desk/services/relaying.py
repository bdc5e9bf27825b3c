"""What a hub hands on of its children's chains, unchanged and under their origin (PROTOCOL 7), and what was taken of it.

No connection lives here. The journal itself is the outbox (`outbox.py`); a chain that the parent does not take holds up no
other one. Runs on the database worker.
"""

from __future__ import annotations

from collections.abc import Collection

from salon_desk.operations.envelope import Envelope
from salon_desk.services.outbox import MOST_BYTES
from salon_desk.services.till import Till
from salon_desk.storage import parent
from salon_desk.storage import relaying as rows
from salon_desk.wire.messages import JournalAnswer, JournalPush

Chain = tuple[str, str]
"""A node and one of its epochs."""


def next_batch(till: Till, but: Collection[Chain], most_ops: int) -> JournalPush | None:
    """The next operations of a child that the parent does not hold; None when there are none but of the chains `but`."""
    with till.read() as transaction:
        waiting = [one for one in rows.pending(transaction) if (one.node, one.epoch) not in but]
        for one in waiting:
            ops, size = list[Envelope](), 0
            for envelope in parent.own_after(transaction, one.node, one.epoch, one.applied, most=most_ops):
                size += len(envelope.body or b"")
                if ops and size > MOST_BYTES:
                    break
                ops.append(envelope)
            if ops:
                return JournalPush(node=one.node, epoch=one.epoch, from_seq=ops[0].header.seq, ops=ops)
    return None


def acknowledged(till: Till, push: JournalPush, answer: JournalAnswer) -> None:
    """The parent holds a chain up to what it says. Raises CannotRecord, StoreStopped."""
    with till.store.local() as transaction:
        rows.held(transaction, push.node, push.epoch, answer.applied_seq, answer.durable_seq)


def wanted(till: Till, push: JournalPush, seq: int) -> None:
    """The parent wants a chain from another number on, and so holds what is before it. Raises CannotRecord, StoreStopped."""
    with till.store.local() as transaction:
        rows.start_at(transaction, push.node, push.epoch, seq - 1)
