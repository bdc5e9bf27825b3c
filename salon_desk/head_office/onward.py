"""What a hub does with value that reaches it: it serves who waits and sends the rest on, so that value lies at the counters.

Placing, covering and recovering are head office's alone (`placement.py`, `covering.py`). What nobody waits for goes to the
first till of the shop in reach, else up; the hub keeps nothing, so that its death strands next to nothing (PROTOCOL 7).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from salon_desk.head_office import hubs, placement, wants
from salon_desk.head_office.planning import is_in_reach
from salon_desk.head_office.recording import record
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.move import ValueSent, Why
from salon_desk.services.moves import MOST_AT_ONCE, Holder, by_card, sending
from salon_desk.storage import children, parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office
from salon_desk.storage.queries import holders, moves


def after_push(hub: Office, recorded: Sequence[Envelope]) -> None:
    """Operations of this hub's tills were recorded. One look-up when nothing was sent here. Writer thread."""
    with hub.database.read() as transaction:
        if not moves.any_waiting(transaction, hub.node, hub.epoch):
            return
    settle(hub, placement.note_answers(hub, recorded))


def settle(hub: Office, but: Collection[str] = ()) -> None:
    """Receive, serve who waits, send on the rest to others than `but`, let in whom head office has confirmed. Writer thread.

    Writes nothing when there is nothing to do. Raises CannotRecord, StoreStopped.
    """
    placement.receive_at_office(hub)
    wants.settle(hub)
    send_on(hub, but)
    hubs.confirm_described(hub)


def send_on(hub: Office, but: Collection[str] = ()) -> int:
    """Send on whatever lies here: how many moves. Writer thread. Raises CannotRecord, StoreStopped."""
    sent = 0
    while True:
        with hub.database.read() as transaction:
            if not moves.sendable(transaction, hub.node, hub.epoch):
                return sent
        made = record(hub, f"onward/{hub.new_id()}", lambda transaction: _batch(hub, transaction, but))
        if not made:
            return sent
        sent += len(made)


def _batch(hub: Office, transaction: Transaction, but: Collection[str]) -> list[ValueSent]:
    to = _whom(hub, transaction, but)
    if to is None:
        return []
    free = list(by_card(moves.sendable(transaction, hub.node, hub.epoch)))[:MOST_AT_ONCE]
    return [sending(hub.new_id(), to, parts, Why.RETURN) for parts in free]


def _whom(hub: Office, transaction: Transaction, but: Collection[str]) -> Holder | None:
    """The first till in reach that may get value, else whoever is above."""
    now = hub.clock.now()
    tills = [one for one in children.all_children(transaction) if one.node not in but]
    for one in sorted(tills, key=lambda child: (child.enrolled_at, child.node)):
        if is_in_reach(one, now) and holders.may_get(transaction, one.node) is not None:
            return Holder(one.node, one.epoch)
    link = parent.read(transaction)
    return None if link is None else Holder(link.node, link.epoch)
