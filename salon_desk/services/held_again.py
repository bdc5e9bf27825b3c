"""Value that was held for an open ticket when its epoch ended: held again where it arrives, before anything else can spend it.

The card machine may have charged the rest of that ticket while the data was put back. The one rule: only for this node's own
tickets that are still open, in the transaction in which the value arrives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from salon_desk.domain.ticket import TicketState
from salon_desk.operations.card import ValueHeld
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import ends, tickets
from salon_desk.storage.queries.moves import MoveHere
from salon_desk.storage.store import Store


def held_again(store: Store, transaction: Transaction, came: Sequence[MoveHere]) -> Iterator[ValueHeld]:
    """The holds to record behind the arrival of these moves. A look-up for each earlier epoch of this node they come from."""
    for epoch in dict.fromkeys(one.from_epoch for one in came if one.from_node == store.node):
        free = {asset: units for one in came if one.from_epoch == epoch for asset, units in one.parts}
        for held in ends.held_at_the_end(transaction, store.node, epoch):
            found = tickets.ticket(transaction, held.ticket)
            if found is None or found.state is not TicketState.OPEN or free.get(held.asset, 0) < held.units:
                continue
            free[held.asset] -= held.units
            yield structs.replace(held, hold=store.new_id())
