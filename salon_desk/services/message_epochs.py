"""After this node was put back from an old copy: what was to be sent before may have gone out, and nobody here remembers it.

When a new epoch is opened, and that it may be, is `storage/epochs.py`'s and `head_office/restored.py`'s. The one rule: what was intended,
launched or looked at before the present epoch began anew is not said again.
"""

from __future__ import annotations

from salon_desk.operations.node import EpochOpened
from salon_desk.services import trigger_marks
from salon_desk.services.trigger_marks import Marks
from salon_desk.storage import local
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import campaigns, chain_marks, messages
from salon_desk.storage.queries.messages import Message
from salon_desk.storage.store import Store

_SENT_IN = "messages.epoch"


def may_have_gone(transaction: Transaction, message: Message) -> bool:
    """Whether a message was thought of in an epoch of this node that is over, so that it may have been sent from there."""
    here, thought_of = messages.holder_here(transaction), messages.intended_in(transaction, message.message)
    if thought_of[0] == here[0] and thought_of[1] != here[1]:
        return True
    launched = campaigns.campaign(transaction, message.campaign) if message.campaign else None
    return launched is not None and launched.mark < _began_anew(transaction, *here)


def settle(store: Store) -> None:
    """Note in which epoch this node sends; in a new one triggers look at nothing that was before. The thread that writes."""
    with store.database.read() as transaction:
        before = local.setting(transaction, _SENT_IN)
    if before == store.epoch:
        return
    if before:
        trigger_marks.save(store, Marks())
    local.save_setting(store, _SENT_IN, store.epoch)


def _began_anew(transaction: Transaction, node: str, epoch: str) -> int:
    """The clock reading at which this epoch was opened behind another one; 0 for a node's first."""
    for one in chain_marks.own_operations(transaction, node, epoch, (EpochOpened.KIND,)):
        if isinstance(one, EpochOpened) and one.old_epoch:
            return chain_marks.marks(transaction, node, one.old_epoch, epoch).opened
    return 0
