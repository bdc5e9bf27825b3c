"""Inspections of card terminals and the batches that were closed on them, newest first.

What is due is `services/inspections.py`'s, what a batch should come to `services/batches.py`'s. Writing is `apply/charges.py`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from salon_desk.domain.clock import instant_text
from salon_desk.domain.money import Money
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.charges import charge_batches, terminal_inspections

_INSPECTIONS = Statement(
    lambda: (
        select(terminal_inspections)
        .where(
            terminal_inspections.c.terminal == bindparam("terminal"),
            terminal_inspections.c.node == bindparam("node"),
        )
        .order_by(
            terminal_inspections.c.inspected_on.desc(),
            terminal_inspections.c.at.desc(),
            terminal_inspections.c.op_id,
        )
        .limit(bindparam("most"))
    )
)
_BATCHES = Statement(
    lambda: (
        select(charge_batches)
        .where(charge_batches.c.terminal == bindparam("terminal"), charge_batches.c.node == bindparam("node"))
        .order_by(charge_batches.c.at.desc(), charge_batches.c.op_id)
        .limit(bindparam("most"))
    )
)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What somebody saw of a terminal. `photo`: the digest of a picture, empty for none; `inspected_on`: an ISO date."""

    terminal: str
    serial: str
    seal_intact: bool
    photo: str
    signer: str
    note: str
    inspected_on: str


@dataclass(frozen=True, slots=True)
class ClosedBatch:
    """A batch as its terminal counted it, and what this till knew; money given back is positive."""

    op_id: str
    terminal: str
    batch: str
    sales: int
    sold: Money
    returns: int
    returned: Money
    our_sales: int
    our_sold: Money
    our_returns: int
    our_returned: Money
    closed_at: str

    @property
    def difference(self) -> Money:
        """What the terminal has more than this till knows; below zero: less."""
        return self.sold - self.returned - (self.our_sold - self.our_returned)

    @property
    def agrees(self) -> bool:
        """Whether both count the same, each kind for itself."""
        theirs = (self.sales, self.sold, self.returns, self.returned)
        return theirs == (self.our_sales, self.our_sold, self.our_returns, self.our_returned)


def inspections(transaction: Transaction, node: str, terminal: str, most: int = 12) -> list[Inspection]:
    """The inspections of a till's terminal, the newest first."""
    return [
        Inspection(
            row.terminal,
            row.serial,
            bool(row.seal_intact),
            row.photo,
            row.signer,
            row.note,
            row.inspected_on,
        )
        for row in transaction.all(_INSPECTIONS, node=node, terminal=terminal, most=most)
    ]


def batches(transaction: Transaction, node: str, terminal: str, most: int = 12) -> list[ClosedBatch]:
    """The batches that were closed on a till's terminal, the newest first."""
    return [_batch(row) for row in transaction.all(_BATCHES, node=node, terminal=terminal, most=most)]


def _batch(row: Any) -> ClosedBatch:
    return ClosedBatch(
        op_id=row.op_id,
        terminal=row.terminal,
        batch=row.batch,
        sales=row.sales,
        sold=Money(row.sold_cents, row.currency),
        returns=row.returns,
        returned=Money(row.returned_cents, row.currency),
        our_sales=row.our_sales,
        our_sold=Money(row.our_sold_cents, row.currency),
        our_returns=row.our_returns,
        our_returned=Money(row.our_returned_cents, row.currency),
        closed_at=instant_text(instant_of(row.at)),
    )
