"""Every operation that changed the value of a card otherwise than by moving it, in an order that all nodes agree on.

Nothing is reckoned here (`services/settlement.py`). The order is that of the clocks of the operations, which never run against
what one node knew of another, and then of their ids: a function of the set of operations alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from salon_desk.operations.envelope import Header
from salon_desk.operations.move import ValueReceived, ValueSent
from salon_desk.operations.operation import Moving
from salon_desk.operations.registry import KINDS, decode_known
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.tables.chains import set_aside
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.people import tills

_KINDS = sorted(
    kind
    for kind, made in KINDS.items()
    if issubclass(made, Moving) and made not in (ValueSent, ValueReceived)
)
_MOVING = Statement(
    lambda: (
        select(journal)
        .where(journal.c.kind.in_(_KINDS), journal.c.op_id.not_in(select(set_aside.c.op_id)))
        .order_by(journal.c.at, journal.c.node, journal.c.epoch, journal.c.seq)
    )
)
_TILLS = Statement(lambda: select(tills.c.id, tills.c.store))


def value_operations(transaction: Transaction) -> Iterator[tuple[Header, Moving]]:
    """One by one; nothing else may run on the transaction meanwhile. What is set aside changed nothing and is left out."""
    for row in transaction.stream(_MOVING):
        operation = decode_known(row.kind, row.version, row.body)
        if isinstance(operation, Moving) and operation.purse_changes:
            yield envelope_of(row).header, operation


def stores_of_tills(transaction: Transaction) -> dict[str, str]:
    """By node, the store that its till stands in."""
    return {row.id: row.store for row in transaction.all(_TILLS)}
