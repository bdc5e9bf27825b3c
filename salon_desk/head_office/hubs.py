"""What head office keeps of hubs, and a hub of those whom only head office can confirm.

A hub records whom it lets in (`operations/enrolment.py`); here that becomes the right to speak for it. The one rule: a hub speaks
for devices of its own store alone, and a device that nobody has confirmed stays so.
"""

from __future__ import annotations

import logging

from salon_desk.domain.clock import instant_text
from salon_desk.operations.enrolment import DeviceEnrolled
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.registry import decode_known
from salon_desk.storage import children, routes
from salon_desk.storage.children import Child
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office
from salon_desk.storage.queries import stores
from salon_desk.storage.queries.feed import knows_node

_log = logging.getLogger(__name__)


def learn(office: Office, transaction: Transaction, envelope: Envelope) -> None:
    """A hub says whom it has let in. Inside the transaction that records it; what is not its to say changes nothing."""
    said, hub = _said(envelope), children.by_node(transaction, envelope.header.node)
    described = stores.device(transaction, envelope.header.node)
    if said is None or hub is None or not hub.confirmed or described is None or not described.hub:
        return
    known = children.by_node(transaction, said.node)
    if known is None and said.store == hub.store and not _is_taken(office, transaction, said.node):
        known = _let_in(office, transaction, said)
    if known is None or (known.store, known.public_key) != (hub.store, said.public_key):
        _log.warning("hub %s may not speak for %s", hub.node, said.node)
        return
    routes.add(transaction, said.node, hub.node)


def confirm_described(office: Office) -> int:
    """On a hub: devices that head office has described as tills of this store are confirmed; how many. Writer thread."""
    with office.database.read() as transaction:
        waiting = [one for one in children.all_children(transaction) if not one.confirmed]
        found = [one.node for one in waiting if _is_described(transaction, one)]
    if found:
        with office.local() as transaction:
            for node in found:
                children.confirm(transaction, node)
    return len(found)


def _let_in(office: Office, transaction: Transaction, said: DeviceEnrolled) -> Child:
    """A device that is new to the chain: the owner has to confirm it before it is a till."""
    now = instant_text(office.clock.now())
    child = Child(
        node=said.node,
        epoch=said.epoch,
        store=said.store,
        name=said.name,
        public_key=said.public_key,
        confirmed=False,
        enrolled_at=now,
        program=said.program,
    )
    children.add(transaction, child, token_hash=f"through a hub: {said.node}")
    return child


def _is_taken(office: Office, transaction: Transaction, node: str) -> bool:
    return node == office.node or knows_node(transaction, node)


def _is_described(transaction: Transaction, child: Child) -> bool:
    device = stores.device(transaction, child.node)
    return device is not None and (device.store, device.key) == (child.store, child.public_key)


def _said(envelope: Envelope) -> DeviceEnrolled | None:
    operation = decode_known(envelope.header.kind, envelope.header.version, envelope.body)
    return operation if isinstance(operation, DeviceEnrolled) else None
