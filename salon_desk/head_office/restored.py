"""A head office that was restored from an old copy: what proves it, and what it does no more (PROTOCOL 4.7).

A device that was told of more of this node's journal than there is, or of its own chain, is the proof, by the voucher that it was
given with the number (`vouchers.py`); without one it is a suspicion for the owner. From a proof on no value is sent from this
epoch: it may have been sent before. Everything else goes on, until a person goes on in a new epoch, which owns nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from salon_desk.domain.clock import instant_text
from salon_desk.operations.decoding import decoder_of
from salon_desk.operations.node import WhyAnew
from salon_desk.storage import local
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office, open_anew
from salon_desk.storage.queries.feed import chain_end
from salon_desk.storage.store import Store

_NAME, _SUSPECTED, _SHOWN = "restored", "restored-suspected", "restored-epoch/"


@dataclass(frozen=True, slots=True)
class Proof:
    """The first device that was found to be ahead: which, when, and how far it and this node were.

    `what`: "feed", positions of this node's journal, "history", one where another operation stands now, "acknowledged", numbers of
    the device's own chain, or "epoch", either of an epoch of this node that is not here; `epoch`: the one that must not go on.
    """

    node: str
    epoch: str
    noticed_at: str
    what: str
    theirs: int
    ours: int


def proof(transaction: Transaction, epoch: str) -> Proof | None:
    """What proves that this epoch of this node was restored, None while nothing does."""
    return _kept(transaction, _NAME, epoch)


def suspicion(transaction: Transaction, epoch: str) -> Proof | None:
    """The first device that said so in this epoch and could not prove it: a bug of its own, or an old copy after all."""
    return _kept(transaction, _SUSPECTED, epoch)


def may_send(transaction: Transaction, epoch: str) -> bool:
    """Whether value may leave this node in this epoch."""
    return proof(transaction, epoch) is None


def is_forgotten(transaction: Transaction, node: str, present: str, epoch: str) -> bool:
    """Whether an epoch of this node is not here, and the present one was not opened after that was shown."""
    if chain_end(transaction, node, epoch)[0]:
        return False
    return local.setting(transaction, _SHOWN + epoch) in ("", present)


def shown(office: Store, epoch: str) -> None:
    """An epoch of this node that is not here was proven to have been: the next one to be opened is behind it. Writer thread."""
    with office.database.read() as transaction:
        known = local.setting(transaction, _SHOWN + epoch)
    if not known:
        local.save_setting(office, _SHOWN + epoch, office.epoch)


def note(office: Store, node: str, what: str, *, theirs: int, ours: int) -> None:
    """A device is ahead of this node; the first one is remembered. The thread that writes."""
    _keep(office, _NAME, node, what, theirs=theirs, ours=ours)


def suspect(office: Store, node: str, what: str, *, theirs: int, ours: int) -> None:
    """A device says that it is ahead and cannot prove it. The thread that writes."""
    _keep(office, _SUSPECTED, node, what, theirs=theirs, ours=ours)


def _kept(transaction: Transaction, name: str, epoch: str) -> Proof | None:
    kept = local.setting(transaction, name)
    found = decoder_of(Proof).decode(kept) if kept else None
    return found if found is not None and found.epoch == epoch else None


def _keep(office: Store, name: str, node: str, what: str, *, theirs: int, ours: int) -> None:
    with office.database.read() as transaction:
        if _kept(transaction, name, office.epoch) is not None:
            return
    found = Proof(node, office.epoch, instant_text(office.clock.now()), what, theirs, ours)
    local.save_setting(office, name, msgspec.json.encode(found).decode())


def go_on(office: Office) -> bool:
    """A person goes on from what is here: a new epoch; False when nothing proves that this is an old copy.

    For a command's own, while nobody serves: a server that still runs is in the old epoch, and sends nothing.
    """
    with office.database.read() as transaction:
        if proof(transaction, office.epoch) is None:
            return False
    open_anew(office, WhyAnew.CHILD_KNOWS_MORE)
    return True
