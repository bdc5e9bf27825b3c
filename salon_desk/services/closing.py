"""Closing a till for good, step by step, while it is in touch with head office: value home, then the last entry (PROTOCOL 4).

Head office has said that it is to be closed, in an operation that lies behind every move to it, so that what reached the till
by then is all there will ever be. Nothing is lost by waiting: each step is looked at again at the next contact.
"""

from __future__ import annotations

from enum import StrEnum

from salon_desk.operations.node import EpochClosed
from salon_desk.services import cards, moves, own_chain
from salon_desk.services.till import Till
from salon_desk.storage import parent
from salon_desk.storage.queries import closing, ends
from salon_desk.storage.queries import moves as under_way


class Stage(StrEnum):
    """How far the closing of a till has come."""

    OPEN = "open"
    SHIFT_OPEN = "shift-open"
    VALUE_HELD = "value-held"
    GOING_HOME = "going-home"
    CLOSED = "closed"


def advance(till: Till) -> Stage:
    """The next step if it can be made. Database worker, after the feed was taken in. Raises CannotRecord, StoreStopped.

    A shift that is open, or value held for a ticket, is waited for, and so is an earlier epoch's end that can still be claimed.
    The last entry is recorded once the parent holds everything before it and no purse has anything left.
    """
    store = till.store
    with till.read() as transaction:
        link = parent.read(transaction)
        if link is None or not closing.is_retiring(transaction, store.node):
            return Stage.OPEN
        if store.closed:
            return Stage.CLOSED
        if store.catching_up is not None:
            return Stage.GOING_HOME
        if till.shift(transaction) is not None:
            return Stage.SHIFT_OPEN
    moves.receive_waiting(till)
    cards.release_gone(till)
    moves.return_all(till, link.node, link.epoch)
    with till.read() as transaction:
        remaining = closing.left(transaction, store.node, store.epoch)
        coming = under_way.any_waiting(transaction, store.node, store.epoch)
        coming = coming or any(
            not own_chain.is_settled(transaction, link, epoch)
            for epoch in ends.unclaimed(transaction, store.node, store.epoch)
        )
    if remaining.held:
        return Stage.VALUE_HELD
    if remaining.units or coming or link.acknowledged_at_root < store.head.seq:
        return Stage.GOING_HOME
    last = EpochClosed(closer=link.node, closer_epoch=link.epoch)
    till.record(f"{store.epoch}/close", None, lambda _transaction: last)
    return Stage.CLOSED
