"""Where epochs ended: what a node said of its own, the closing by the parent that it named, and the purses that go on from there.

Who may say or close is decided before (`services/ending.py`, `head_office/closings.py`), on the whole chain up to its end. The one
rule: all that happens here names what it stands on, so that it waits for that, whatever arrives first.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from salon_desk.operations.envelope import Header, header_hash
from salon_desk.operations.move import ValueTakenBack
from salon_desk.operations.node import EpochClaimed, EpochClosed, EpochClosedByParent, EpochPurseSent
from salon_desk.storage.apply import moves, purses
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.errors import NotYet
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.chains import epoch_ends

END = Statement(
    lambda: select(epoch_ends).where(
        epoch_ends.c.node == bindparam("node"), epoch_ends.c.epoch == bindparam("epoch")
    )
)
_NAMED = Statement(
    lambda: (
        select(epoch_ends.c.epoch)
        .where(epoch_ends.c.node == bindparam("sender"), epoch_ends.c.closer == bindparam("closer"))
        .limit(1)
    )
)
_ADD = Rows(epoch_ends)
_CLOSE = Statement(
    lambda: (
        update(epoch_ends)
        .where(epoch_ends.c.node == bindparam("of_node"), epoch_ends.c.epoch == bindparam("of_epoch"))
        .values(closed_by=bindparam("closing"))
    )
)


def epoch_claimed(transaction: Transaction, header: Header, operation: EpochClaimed) -> None:
    """A later epoch says where an earlier one of its node ended. Raises NotYet when that was said before."""
    _say(
        transaction,
        header,
        epoch=operation.old_epoch,
        seq=operation.end_seq,
        hash_=operation.end_hash,
        heir=header.epoch,
        closer=(operation.closer, operation.closer_epoch),
    )


def epoch_closed(transaction: Transaction, header: Header, operation: EpochClosed) -> None:
    """An epoch says itself that this was its last operation."""
    _say(
        transaction,
        header,
        epoch=header.epoch,
        seq=header.seq,
        hash_=header_hash(header),
        heir="",
        closer=(operation.closer, operation.closer_epoch),
    )


def epoch_closed_by_parent(transaction: Transaction, header: Header, operation: EpochClosedByParent) -> None:
    """The one parent that was named closes the epoch: what was held there is free. Raises NotYet while it may not be."""
    row = transaction.one(END, node=operation.node, epoch=operation.epoch)
    said = (header.node, header.epoch, operation.end_seq, operation.end_hash)
    if row is None or (row.closer, row.closer_epoch, row.seq, row.hash) != said or row.closed_by:
        raise NotYet(f"epoch {operation.epoch}: nobody said that it may be closed so")
    for hold in operation.holds:
        purses.release(transaction, (operation.node, operation.epoch), hold)
    transaction.put(_CLOSE, of_node=operation.node, of_epoch=operation.epoch, closing=header.op_id)


def epoch_purse_sent(transaction: Transaction, header: Header, operation: EpochPurseSent) -> None:
    """Units leave a closed epoch's purses; IntegrityError when they are not there, NotYet before its closing."""
    row = transaction.one(END, node=operation.from_node, epoch=operation.from_epoch)
    if row is None or not row.closed_by or (row.closer, row.closer_epoch) != (header.node, header.epoch):
        raise NotYet(f"epoch {operation.from_epoch} is not closed by its parent")
    ends = (operation.from_node, operation.from_epoch, operation.to_node, operation.to_epoch)
    for asset, units in operation.parts:
        purses.take(transaction, ends[:2], asset, units)
        moves.left(transaction, operation.move, asset, units, ends=ends, op_id=header.op_id)


def value_taken_back(transaction: Transaction, header: Header, operation: ValueTakenBack) -> None:
    """A move to an epoch that is over has come back to whoever sent it. Raises NotYet while it may still have arrived."""
    require_ended(transaction, operation.to_node, operation.to_epoch)
    for change in operation.purse_changes:
        sender = moves.came_back(transaction, operation.move, change.asset, change.units, op_id=header.op_id)
        if sender[0] != header.node and not _was_named_by(transaction, sender[0], header.node):
            raise NotYet(f"move {operation.move} was sent by another")


def require_ended(transaction: Transaction, node: str, epoch: str) -> None:
    """Raise NotYet unless this epoch is over, by itself or by its parent."""
    row = transaction.one(END, node=node, epoch=epoch)
    if row is None or (row.heir and not row.closed_by):
        raise NotYet(f"epoch {epoch} is not closed")


def _was_named_by(transaction: Transaction, sender: str, node: str) -> bool:
    """Whether a node named another as the one who closes an epoch of its."""
    return transaction.one(_NAMED, sender=sender, closer=node) is not None


def _say(
    transaction: Transaction,
    header: Header,
    *,
    epoch: str,
    seq: int,
    hash_: str,
    heir: str,
    closer: tuple[str, str],
) -> None:
    if transaction.one(END, node=header.node, epoch=epoch) is not None:
        raise NotYet(f"epoch {epoch}: its end was said before")
    transaction.put(
        _ADD,
        node=header.node,
        epoch=epoch,
        seq=seq,
        hash=hash_,
        heir=heir,
        closer=closer[0],
        closer_epoch=closer[1],
        said_by=header.op_id,
        closed_by="",
    )
