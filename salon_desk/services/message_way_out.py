"""Whoever follows the link at the end of a letter withdraws what a STOP withdraws, for the address to which that letter went.

What a STOP does is `message_inbound.received`'s, which is handed in. The one rule: the link names an attempt, and the address is the one
that the attempt was made to, whatever the member's description says now.
"""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.domain.message import Incoming
from salon_desk.storage.queries import messages
from salon_desk.storage.store import Store

STOP = "STOP"


def stopped(store: Store, reference: str, received: Callable[[Store, Incoming], object]) -> bool:
    """Whether an attempt of that name is known here; the same link again changes nothing. Raises what `received` raises."""
    with store.database.read() as transaction:
        attempt = messages.attempt(transaction, reference)
    if attempt is None:
        return False
    to = attempt.outgoing
    received(store, Incoming(to.channel, to.address, STOP, f"way-out/{reference}"))
    return True
