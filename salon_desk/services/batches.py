"""A terminal's batch at its close, compared with what this till knows of the charges since the last one.

Nothing is asked of a terminal here (`charge_desk.py`). The one rule: both figures are kept as they are, and a difference is shown
with the charges that may explain it; nothing is made to agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.charge import BatchTotals, ChargeKind
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.limits import MAX_REFERENCE
from salon_desk.domain.money import Money, total
from salon_desk.operations.charge import ChargeBatchClosed
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import charges, terminals
from salon_desk.storage.queries.charges import ChargeView
from salon_desk.storage.queries.terminals import ClosedBatch


@dataclass(frozen=True, slots=True)
class OurBatch:
    """What this till knows since the last close: charges that were voided count neither way."""

    sales: int
    sold: Money
    returns: int
    returned: Money
    charges: tuple[ChargeView, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A closed batch, the charges that were in it, and those that may explain a difference; none where there is none."""

    batch: ClosedBatch
    charges: tuple[ChargeView, ...]
    suspects: tuple[ChargeView, ...]


def ours(till: Till, terminal: str) -> OurBatch:
    """What a terminal's batch should come to now. Database worker, reads only."""
    with till.read() as transaction:
        return _ours(till, transaction, terminal)


def closed(till: Till, command_id: str, actor: Actor, terminal: str, totals: BatchTotals) -> Compared:
    """Keep what the terminal counted beside our own figures: one durable `charge.batch_closed`. Database worker.

    Raises PermissionNeeded. The same command again gives the same comparison.
    """
    actor.require(Permission.CLOSE_SHIFT)

    def decide(transaction: Transaction) -> ChargeBatchClosed:
        own = _ours(till, transaction, terminal)
        return ChargeBatchClosed(
            terminal=terminal,
            store=till.shop(transaction).store,
            batch=totals.batch[:MAX_REFERENCE],
            sales=totals.sales,
            sold=totals.sold,
            returns=totals.returns,
            returned=totals.returned,
            our_sales=own.sales,
            our_sold=own.sold,
            our_returns=own.returns,
            our_returned=own.returned,
            references=tuple(one.reference for one in own.charges if not one.is_open),
        )

    till.record(command_id, actor, decide)
    return newest(till, terminal)[0]


def newest(till: Till, terminal: str, most: int = 12) -> tuple[Compared, ...]:
    """The last batches of a terminal, the newest first. Database worker, reads only."""
    with till.read() as transaction:
        node = till.store.node
        found = []
        for batch in terminals.batches(transaction, node, terminal, most):
            within = charges.in_batch(transaction, node, terminal, batch.op_id)
            left = [one for one in charges.in_batch(transaction, node, terminal) if one.is_open]
            found.append(Compared(batch, tuple(within), _suspects(batch, [*within, *left])))
        return tuple(found)


def _ours(till: Till, transaction: Transaction, terminal: str) -> OurBatch:
    currency = till.shop(transaction).currency
    found = charges.in_batch(transaction, till.store.node, terminal)
    approved = [one for one in found if one.state is ChargeState.APPROVED]
    voided = {one.of_reference for one in approved if one.kind is ChargeKind.VOID}
    sold = [one.approved for one in approved if one.kind is ChargeKind.SALE and one.reference not in voided]
    back = [one.approved for one in approved if one.kind is ChargeKind.RETURN]
    return OurBatch(len(sold), total(sold, currency), len(back), total(back, currency), tuple(found))


def _suspects(batch: ClosedBatch, within: Sequence[ChargeView]) -> tuple[ChargeView, ...]:
    """Charges of which nobody was sure, and those of exactly the missing amount."""
    if batch.agrees:
        return ()
    off = batch.difference
    amounts = (off, -off)
    return tuple(
        one
        for one in within
        if one.is_open or one.decided_by or (off and (one.approved in amounts or one.amount in amounts))
    )
