"""A head office that was restored from an old copy: what proves it, and what it does no more (PROTOCOL 4.7).

A device that has seen more of this node's journal than there is, or more of its own chain acknowledged, is the proof. From
then on no value is sent from here, whoever asks: it may have been sent before. Everything else goes on; a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from salon_desk.domain.clock import instant_text
from salon_desk.storage import local
from salon_desk.storage.engine import Transaction
from salon_desk.storage.store import Store

_NAME = "restored"


@dataclass(frozen=True, slots=True)
class Proof:
    """The first device that was found to be ahead: which, when, and how far it and this node were.

    `what`: "feed", positions of this node's journal, or "acknowledged", numbers of the device's own chain.
    """

    node: str
    noticed_at: str
    what: str
    theirs: int
    ours: int


def proof(transaction: Transaction) -> Proof | None:
    """What proves that this node was restored, None while nothing does."""
    kept = local.setting(transaction, _NAME)
    return msgspec.json.decode(kept, type=Proof) if kept else None


def may_send(transaction: Transaction) -> bool:
    """Whether value may leave this node."""
    return proof(transaction) is None


def note(office: Store, node: str, what: str, *, theirs: int, ours: int) -> None:
    """A device is ahead of this node; the first one is remembered. The thread that writes."""
    with office.database.read() as transaction:
        if proof(transaction) is not None:
            return
    found = Proof(node, instant_text(office.clock.now()), what, theirs, ours)
    local.save_setting(office, _NAME, msgspec.json.encode(found).decode())
