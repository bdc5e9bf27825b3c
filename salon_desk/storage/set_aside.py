"""Bringing one recorded operation into the projections, or setting it aside: kept and relayed, not applied.

Why it could not be applied is asked again whenever somebody wants to see it, so that only the fact stands in a table.
What was set aside is tried again when more has arrived, at the start of a program that may know more, and on demand.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, select

from salon_desk.operations.envelope import Envelope, Header
from salon_desk.operations.registry import MAY_BE_WITHHELD, UnknownOperation, decode
from salon_desk.storage.apply import apply
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.store import Effects, nothing
from salon_desk.storage.tables.chains import set_aside
from salon_desk.storage.tables.journal import journal

UNKNOWN, REFUSED = "unknown", "refused"

_ADD = Statement(lambda: insert(set_aside))
_REMOVE = Statement(lambda: delete(set_aside).where(set_aside.c.op_id == bindparam("of_op")))
_COUNT = Statement(lambda: select(func.count()).select_from(set_aside))
_ALL = Statement(
    lambda: select(journal).join(set_aside, set_aside.c.op_id == journal.c.op_id).order_by(journal.c.position)
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An operation that was set aside, and why it still cannot be applied; `why` is for a technician."""

    header: Header
    reason: str
    why: str


def take(transaction: Transaction, envelope: Envelope, effects: Effects) -> bool:
    """Apply a recorded operation of any node; False when it was set aside. Raises only for trouble of the disk.

    A body that is withheld from this node is neither applied nor set aside.
    """
    if envelope.body is None and envelope.header.kind in MAY_BE_WITHHELD:
        return True
    fault = _try(transaction, envelope, effects)
    if fault is None:
        return True
    header = envelope.header
    _log.warning(
        "set aside: %s %s version %s: %s", header.op_id, header.kind, header.version, type(fault).__name__
    )
    transaction.run(
        _ADD,
        op_id=header.op_id,
        node=header.node,
        epoch=header.epoch,
        seq=header.seq,
        kind=header.kind,
        version=header.version,
        reason=_reason(fault),
    )
    return False


def retry(transaction: Transaction, effects: Effects) -> list[Envelope]:
    """Try what was set aside again until nothing more of it can be applied; what was, in the order of applying."""
    applied: list[Envelope] = []
    while landed := [one for one in _waiting(transaction) if _try(transaction, one, effects) is None]:
        for one in landed:
            transaction.run(_REMOVE, of_op=one.header.op_id)
        applied += landed
    return applied


def count(transaction: Transaction) -> int:
    """How many operations are set aside."""
    return int(transaction.value(_COUNT))


def waiting(transaction: Transaction) -> list[Waiting]:
    """What is set aside and why, in the order of recording: tried once more, in a transaction of `Database.trial`."""
    found = []
    for one in _waiting(transaction):
        fault = _try(transaction, one, nothing)
        found.append(Waiting(one.header, _reason(fault) if fault else "", f"{fault}" if fault else ""))
    return found


def _waiting(transaction: Transaction) -> list[Envelope]:
    return [envelope_of(row) for row in transaction.all(_ALL)]


def _try(transaction: Transaction, envelope: Envelope, effects: Effects) -> Exception | None:
    """Apply in a savepoint of its own; what went wrong, if anything did."""
    header = envelope.header
    try:
        if envelope.body is None:
            return ValueError("the body is missing")
        operation = decode(header.kind, header.version, envelope.body)
        with transaction.savepoint():
            apply(transaction, header, operation)
            effects(transaction, header, operation)
    except Exception as error:
        # whatever a body makes apply do is a finding about that body
        if transaction.trouble(error) is not None:
            raise
        return error
    return None


def _reason(fault: Exception) -> str:
    return UNKNOWN if isinstance(fault, UnknownOperation) else REFUSED
