"""What this till has recorded and head office does not hold yet: the next batch, and what was acknowledged.

No connection lives here. The journal itself is the outbox: exact bytes in the order of the own chain, and a number says
how far it was taken, so that nothing can be lost between two lists. Runs on the database worker.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.operations.envelope import Envelope
from salon_desk.services.till import Till
from salon_desk.storage import parent, set_aside
from salon_desk.storage.queries import holders
from salon_desk.wire.messages import JournalPush

MOST_OPERATIONS = 200
MOST_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Standing:
    """How far either side is. A negative `pending_parent` says that the parent knows more of this epoch than this till.

    `by_hub`: the parent is a hub of the shop.
    """

    seq: int
    acknowledged: int
    pending_parent: int
    pending_root: int
    position: int
    target: int
    set_aside: int
    on_the_way: int
    epoch: str = ""
    catching_up: bool = False
    by_hub: bool = False


def next_batch(till: Till, after_seq: int, most_ops: int, most_bytes: int) -> JournalPush | None:
    """The own operations behind `after_seq`, at least one if there is one; None when there is none."""
    return batch_of(till, till.store.epoch, after_seq, most_ops, most_bytes)


def batch_of(till: Till, epoch: str, after_seq: int, most_ops: int, most_bytes: int) -> JournalPush | None:
    """The same of any epoch of this till."""
    store, ops, size = till.store, list[Envelope](), 0
    with till.read() as transaction:
        for one in parent.own_after(transaction, store.node, epoch, after_seq, most=most_ops):
            size += len(one.body or b"")
            if ops and size > most_bytes:
                break
            ops.append(one)
    if not ops:
        return None
    return JournalPush(node=store.node, epoch=epoch, from_seq=ops[0].header.seq, ops=ops)


def acknowledged(till: Till, applied: int, durable: int, *, epoch: str = "", voucher: str = "") -> None:
    """The parent holds this epoch up to `applied`, the root up to `durable`; passed over when it is not the present one.

    Raises CannotRecord, StoreStopped.
    """
    if epoch in ("", till.store.epoch):
        with till.store.local() as transaction:
            parent.held(transaction, applied, durable)
            parent.vouched(transaction, acknowledged=voucher)


def pending(till: Till) -> tuple[int, int]:
    """How many own operations the parent, and the root above it, do not hold yet."""
    found = standing(till)
    return found.pending_parent, found.pending_root


def standing(till: Till) -> Standing:
    """How far either side is, in one snapshot."""
    store = till.store
    with till.read() as transaction:
        link = parent.read(transaction)
        aside = set_aside.count(transaction)
        coming = 0 if store.closed else parent.on_the_way(transaction, store.node, store.epoch)
        by_hub = link is not None and link.node in holders.hubs(transaction)
    seq = store.head.seq
    if link is None:
        return Standing(seq, 0, seq, seq, 0, 0, aside, coming, store.epoch)
    return Standing(
        seq=seq,
        acknowledged=link.acknowledged,
        pending_parent=seq - link.acknowledged,
        pending_root=seq - link.acknowledged_at_root,
        position=link.cursor,
        target=link.target,
        set_aside=aside,
        on_the_way=coming,
        epoch=store.epoch,
        catching_up=store.catching_up is not None,
        by_hub=by_hub,
    )
