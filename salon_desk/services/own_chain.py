"""What a till asks its parent about its own operations: back after a restore, proof of a rollback, the end of an earlier epoch.

No connection lives here. A parent's mere word ends no epoch: the till compares what the parent holds with what it has
itself (PROTOCOL 5). Database worker.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from salon_desk.operations.envelope import faults
from salon_desk.operations.node import WhyAnew
from salon_desk.services.outbox import MOST_BYTES, MOST_OPERATIONS, batch_of
from salon_desk.services.till import Till
from salon_desk.storage import earlier, epochs, local, parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import ChainBroken, EnvelopeDamaged
from salon_desk.storage.evidence import hash_at
from salon_desk.storage.queries.feed import chain_end
from salon_desk.storage.receiving import receive
from salon_desk.wire.messages import JournalPush, OwnAnswer

_PARTED, _SETTLED = "parted", "settled"


class What(StrEnum):
    """Why the parent is asked."""

    CATCH_UP = "catch-up"
    PROOF = "proof"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Ask:
    """`GET /v1/own`: the operations of an epoch behind `after`, up to `upto` unless that is 0."""

    what: What
    epoch: str
    after: int
    upto: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an answer: something `push` has still to be sent, or a new epoch was opened."""

    push: JournalPush | None = None
    anew: bool = False


def next_ask(till: Till, *, suspected: bool) -> Ask | None:
    """What to ask now, None for nothing. `suspected`: the parent said that it holds something else in this epoch."""
    store = till.store
    if store.catching_up is not None:
        return Ask(What.CATCH_UP, store.epoch, store.head.seq, store.catching_up.seq)
    with till.read() as transaction:
        link = parent.read(transaction)
        if link is None:
            return None
        if suspected or link.acknowledged > store.head.seq:
            return Ask(What.PROOF, store.epoch, store.head.seq)
        if not link.acknowledged:
            return (
                None  # first of all the parent learns of this epoch, so that it sends nothing to those before
            )
        for epoch, seq in earlier.epochs_before(transaction, store.node, store.epoch):
            if not is_settled(transaction, link, epoch):
                return Ask(What.EARLIER, epoch, seq)
        for epoch in earlier.epochs_elsewhere(store, transaction):
            if not is_settled(transaction, link, epoch):
                return Ask(What.EARLIER, epoch, chain_end(transaction, store.node, epoch)[0])
    return None


def take(till: Till, ask: Ask, answer: OwnAnswer) -> Taken:
    """Act on the parent's answer. Raises CannotRecord, StoreDamaged, StoreStopped."""
    if ask.what is not What.EARLIER and ask.epoch != till.store.epoch:
        return Taken()
    match ask.what:
        case What.CATCH_UP:
            return _caught_up(till, answer)
        case What.PROOF:
            return _proven(till, answer)
        case What.EARLIER:
            return _ended(till, ask, answer)


def is_settled(transaction: Transaction, link: parent.ParentLink, epoch: str) -> bool:
    """Whether this parent and this till have said all that there is to say of an earlier epoch's operations."""
    return bool(local.setting(transaction, _name(link, epoch)))


def parted(till: Till, epoch: str) -> None:
    """The parent holds something else under a number of this earlier epoch, and has kept what was sent as evidence."""
    _settle(till, epoch, _PARTED)


def ask_again(till: Till) -> None:
    """The parent has lost what it acknowledged: what was settled of earlier epochs is not. Raises CannotRecord, StoreStopped."""
    with till.read() as transaction:
        link = parent.read(transaction)
        epochs_then = earlier.epochs_before(transaction, till.store.node, till.store.epoch)
    if link is not None and epochs_then:
        with till.store.local() as transaction:
            for epoch, _seq in epochs_then:
                local.put_setting(transaction, _name(link, epoch), "")


def go_on_without(till: Till) -> bool:
    """A person decides not to wait for own records that head office has: a new epoch, which owns nothing; False if nobody waits.

    The records come later all the same. Raises StoreStopped.
    """
    if till.store.catching_up is None:
        return False
    epochs.open_anew_now(till.store, WhyAnew.NOT_WAITED, proven=True)
    return True


def _caught_up(till: Till, answer: OwnAnswer) -> Taken:
    store = till.store
    if not answer.ops:
        # it acknowledged more than it holds: it was restored itself, and cannot close the chain
        epochs.open_anew_now(store, WhyAnew.UNCHAINED, proven=True)
        return Taken(anew=True)
    epochs.take_own(store, answer.ops)
    return Taken(anew=store.opened_anew is not None and store.head.seq == 1)


def _proven(till: Till, answer: OwnAnswer) -> Taken:
    store = till.store
    more = [
        one
        for one in answer.ops
        if (one.header.node, one.header.epoch) == (store.node, store.epoch)
        and one.header.seq > store.head.seq
        and not faults(one)
    ]
    if more:
        epochs.open_anew_now(store, WhyAnew.PARENT_KNOWS_MORE)
        return Taken(anew=True)
    with till.read() as transaction:
        here = hash_at(transaction, store.node, store.epoch, answer.head_seq)
    if answer.head_seq and here and here != answer.head_hash:
        epochs.open_anew_now(store, WhyAnew.FORK)
        return Taken(anew=True)
    return Taken()


def _ended(till: Till, ask: Ask, answer: OwnAnswer) -> Taken:
    """One step towards both sides holding the same of an earlier epoch."""
    store = till.store
    try:
        with epochs.quietly(store):
            receive(store, answer.ops)
    except (ChainBroken, EnvelopeDamaged):
        return _sent_as_evidence(till, ask, answer)
    other = _tail_kept(till, ask.epoch) if _end(till, ask.epoch)[0] >= answer.head_seq else None
    seq, hash_ = _end(till, ask.epoch)
    if seq > answer.head_seq:  # first of all, for it takes what comes behind only then
        return Taken(push=_batch(till, ask.epoch, answer.head_seq))
    if other is not None:
        if other.ops[0].header.seq == other.from_seq:
            return Taken(push=other)
        # what lies between was lost on both sides: the kept anchors stay, and the other epochs have their turn
        parted(till, ask.epoch)
        return Taken()
    if seq == answer.head_seq:
        _settle(till, ask.epoch, _SETTLED if hash_ == answer.head_hash else _PARTED)
        if hash_ == answer.head_hash:
            earlier.forget_kept(store, ask.epoch)
    return Taken()


def _tail_kept(till: Till, epoch: str) -> JournalPush | None:
    """What only the kept anchors have is recorded; where they tell another history than the database, that is shown to the parent."""
    store, seq = till.store, _end(till, epoch)[0]
    tail = [one for one in earlier.kept_entries(store, epoch) if one.header.seq > seq]
    try:
        with epochs.quietly(store):
            receive(store, tail)
    except (ChainBroken, EnvelopeDamaged):
        return JournalPush(node=store.node, epoch=epoch, from_seq=seq + 1, ops=tail[:MOST_OPERATIONS])
    return None


def _sent_as_evidence(till: Till, ask: Ask, answer: OwnAnswer) -> Taken:
    """The chains part: what this till has there is shown to the parent, which refuses and keeps it."""
    ours = _batch(till, ask.epoch, min(ask.after, max(answer.head_seq, 1)) - 1)
    if ours is None:
        parted(till, ask.epoch)
    return Taken(push=ours)


def _batch(till: Till, epoch: str, after: int) -> JournalPush | None:
    return batch_of(till, epoch, after, MOST_OPERATIONS, MOST_BYTES)


def _end(till: Till, epoch: str) -> tuple[int, str]:
    with till.read() as transaction:
        return chain_end(transaction, till.store.node, epoch)


def _settle(till: Till, epoch: str, how: str) -> None:
    with till.read() as transaction:
        link = parent.read(transaction)
    if link is not None:
        local.save_setting(till.store, _name(link, epoch), how)


def _name(link: parent.ParentLink, epoch: str) -> str:
    """The local setting that says that an epoch is settled with this very parent."""
    return f"earlier-epoch/{link.node}/{link.epoch}/{epoch}"
