"""What a till does about epochs that are over, while it is in touch with its parent: claim, take back, close itself.

Each looks for itself whether there is anything to do, and nothing is lost by waiting for the next contact. The one rule: the
end of an earlier epoch is claimed once, for good, and names the one parent, in the one epoch, that may close it.
"""

from __future__ import annotations

from salon_desk.operations.node import EpochClaimed
from salon_desk.services import closing
from salon_desk.services.taking_back import take_back
from salon_desk.services.till import Till
from salon_desk.storage import parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.parent import ParentLink
from salon_desk.storage.queries import ends


def advance(till: Till) -> int:
    """Whatever can be done now; how many operations that made. Database worker, after the feed was taken in.

    Raises CannotRecord, StoreStopped.
    """
    store, before = till.store, till.store.head.seq
    if store.catching_up is None and not store.closed:
        claim(till)
        take_back(store, till.business_day)
    closing.advance(till)
    return store.head.seq - before


def claim(till: Till) -> int:
    """Claim the ends that this epoch can prove and that nobody has claimed: how many. Database worker.

    The parent is the one that was heard of last; what is said now is said for good, also when it loses its disk afterwards.
    """
    with till.read() as transaction:
        link = parent.read(transaction)
        if link is None or not link.confirmed or not _claims(till, transaction, link):
            return 0
    found = till.record(f"{till.store.epoch}/claim/{till.new_id()}", None, lambda tx: _claims(till, tx, link))
    return len(found.operations)


def _claims(till: Till, transaction: Transaction, link: ParentLink) -> list[EpochClaimed]:
    node = till.store.node
    return [
        EpochClaimed(old_epoch=epoch, end_seq=seq, end_hash=hash_, closer=link.node, closer_epoch=link.epoch)
        for epoch, seq, hash_ in ends.proven_past(transaction, node, till.store.epoch)
        if ends.end(transaction, node, epoch) is None
    ]
