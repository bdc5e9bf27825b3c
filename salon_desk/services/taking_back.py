"""Moves that reached an epoch which is over: their sender takes them back, each once. A till's and a head office's alike.

Where epochs ended is in `storage/queries/ends.py`. The one rule: only what was sent in the present epoch, in one whose end
this node can prove, or by a till that closed itself and named this holder, and only when the receiver's whole chain is here and
has no receive in it; never by time (PROTOCOL 4).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from salon_desk.operations.move import ValueTakenBack
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import ends
from salon_desk.storage.queries.ends import DeadMove
from salon_desk.storage.store import Store

MOST_AT_ONCE = 100
"""Moves in one transaction, so that a cashier's commit does not wait for them (DESIGN 4)."""


def take_back(store: Store, business_day: str | Callable[[Transaction], str]) -> list[ValueTakenBack]:
    """Take back what cannot arrive any more; what came back. The thread that writes. Raises CannotRecord, StoreStopped."""
    came: list[ValueTakenBack] = []
    with store.database.read() as transaction:
        dead = _dead(store, transaction)
    while dead:
        command = Command(f"take-back/{dead[0].move}", actor="", business_day=business_day)
        recorded = journal.record(store, command, partial(_taken, store))
        if recorded.repeated:
            break
        came += [one for one in recorded.operations if isinstance(one, ValueTakenBack)]
        dead = dead[MOST_AT_ONCE:]
    return came


def _taken(store: Store, transaction: Transaction) -> list[ValueTakenBack]:
    return [_back(one) for one in _dead(store, transaction)[:MOST_AT_ONCE]]


def _dead(store: Store, transaction: Transaction) -> list[DeadMove]:
    return ends.dead_moves(transaction, store.node, store.epoch)


def _back(move: DeadMove) -> ValueTakenBack:
    return ValueTakenBack(
        move=move.move,
        to_node=move.to_node,
        to_epoch=move.to_epoch,
        purse_changes=tuple(PurseChange(asset, units, Cause.TAKE_BACK) for asset, units in move.parts),
    )
