"""A till that sends its value home because it is to be closed, when head office has forgotten that it said so: it says so again.

A head office that was put back to an older copy does not know what it had said since, but its tills do. Without this the value
would go back to the till at once, and home again, for ever. The one rule: what head office has said in its present epoch stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.head_office import restored
from salon_desk.operations.description import TillDescribed
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.move import ValueSent, Why
from salon_desk.operations.operation import Operation
from salon_desk.operations.registry import decode_known
from salon_desk.services.describe import described
from salon_desk.storage import children, journal
from salon_desk.storage.apply.descriptions import merged
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.office import Office
from salon_desk.storage.queries import chain_marks, closing, stores


def after_push(office: Office, recorded: Sequence[Envelope]) -> int:
    """Tills that return their value are to be closed, whatever an older copy says: how many were told again.

    Nothing is read when none returns any. Writer thread. Raises CannotRecord.
    """
    returning = sorted({one.header.node for one in recorded if _is_return(one)})
    if not returning:
        return 0
    with office.database.read() as transaction:
        if not _forgotten(office, transaction, returning):
            return 0

    def decide(transaction: Transaction) -> list[Operation]:
        return [
            described(transaction, TillDescribed, node, {"retiring": True})
            for node in _forgotten(office, transaction, returning)
        ]

    command = Command(f"closing-again/{office.new_id()}", actor="", business_day="")
    return len(journal.record(office, command, decide).operations)


def _forgotten(office: Office, transaction: Transaction, returning: Sequence[str]) -> list[str]:
    """Nothing while it is proven that this is an older copy: its next epoch will say it."""
    if restored.proof(transaction, office.epoch) is not None:
        return []
    return [node for node in returning if _is_forgotten(office, transaction, node)]


def _is_return(one: Envelope) -> bool:
    header = one.header
    operation = decode_known(header.kind, header.version, one.body) if header.kind == ValueSent.KIND else None
    return isinstance(operation, ValueSent) and operation.why is Why.RETURN


def _is_forgotten(office: Office, transaction: Transaction, node: str) -> bool:
    """Whether a till knows that it is to be closed from what this head office said before its present epoch.

    A hub returns whatever lies with it; and what a till returned before it heard that it stays was known here in this epoch.
    """
    device = stores.device(transaction, node)
    if device is None or device.hub or children.by_node(transaction, node) is None:
        return False
    if closing.is_retiring(transaction, node):
        return False
    stamps, _values = merged(transaction, TillDescribed, node)
    _n, said_at, _by = stamps.get("retiring", (0, 0, ""))
    return said_at < chain_marks.marks(transaction, office.node, "", office.epoch).opened
