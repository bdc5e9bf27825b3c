"""Who sends the messages of a shop: the root alone, and only while it may record (DESIGN 4).

A till that has a head office sends and evaluates nothing: its sales travel, and head office does. How rounds are run is
`bootstrap/outbound.py`'s.
"""

from __future__ import annotations

from salon_desk.storage import parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries.stores import all_stores
from salon_desk.storage.store import Store


def is_sender(store: Store) -> bool:
    """Whether this node sends now: nobody stands above it, it knows a shop, and it may record. The thread that writes."""
    if store.relays or store.catching_up is not None or store.closed:
        return False
    with store.database.read() as transaction:
        return is_root(transaction) and bool(all_stores(transaction))


def is_root(transaction: Transaction) -> bool:
    """Whether nobody stands above this node."""
    return parent.read(transaction) is None
