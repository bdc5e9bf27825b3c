"""Charges as they are known here: one, those of a ticket or document, those that somebody still has to see to, those of a batch.

What may be done about one is `services/charges.py`'s. Writing is `apply/charges.py`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from salon_desk.domain.charge import Charge, ChargeKind, Entry, Means
from salon_desk.domain.charge_state import OPEN, ChargeState
from salon_desk.domain.clock import instant_text
from salon_desk.domain.money import Money
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries import tickets
from salon_desk.storage.tables.charges import charge_batches, charges

_ONE = Statement(
    lambda: select(charges).where(charges.c.reference == bindparam("reference"), charges.c.begun_at > 0)
)
_OF_SUBJECT = Statement(
    lambda: (
        select(charges)
        .where(charges.c.subject == bindparam("subject"), charges.c.begun_at > 0)
        .order_by(charges.c.begun_at, charges.c.reference)
    )
)
_UNDOING = Statement(
    lambda: (
        select(charges)
        .where(charges.c.of_reference == bindparam("reference"), charges.c.begun_at > 0)
        .order_by(charges.c.begun_at, charges.c.reference)
    )
)
_UNSETTLED = Statement(
    lambda: (
        select(charges)
        .where(charges.c.node == bindparam("node"), charges.c.settled == 0)
        .order_by(charges.c.begun_at, charges.c.reference)
    )
)
_IN_BATCH = Statement(
    lambda: (
        select(charges)
        .where(
            charges.c.terminal == bindparam("terminal"),
            charges.c.batch == bindparam("batch"),
            charges.c.node == bindparam("node"),
            charges.c.means == Means.TERMINAL.value,
        )
        .order_by(charges.c.begun_at, charges.c.reference)
    )
)
_CLOSED_SINCE = Statement(
    lambda: (
        select(charge_batches.c.op_id)
        .join(charges, charges.c.terminal == charge_batches.c.terminal)
        .where(
            charges.c.reference == bindparam("reference"),
            charges.c.means == Means.TERMINAL.value,
            charge_batches.c.node == charges.c.node,
            charge_batches.c.at > charges.c.begun_at,
        )
        .limit(1)
    )
)


@dataclass(frozen=True, slots=True)
class ChargeView:
    """A charge and what is known of it. `amount` was asked; `approved` is all that was taken, `tip` the guest's part of it.

    `used_by`: the document that took it, `undone_by`: the void or return of one that no document took; both empty for none.
    `begun_at`: an instant as operations keep it. `decided_by`, `evidence`: a manager's, empty where a device said it.
    """

    reference: str
    kind: ChargeKind
    means: Means
    subject: str
    of_reference: str
    terminal: str
    amount: Money
    attempt: int
    state: ChargeState
    problem: str
    approved: Money
    tip: Money
    last_four: str
    brand: str
    entry: Entry
    host_reference: str
    authorization: str
    transaction: str
    code: str
    said: str
    decided_by: str
    evidence: str
    begun_by: str
    begun_at: str
    used_by: str
    undone_by: str
    batch: str
    settled: bool

    @property
    def is_open(self) -> bool:
        """Whether money may have moved and nobody knows."""
        return self.state in OPEN

    @property
    def is_free(self) -> bool:
        """Whether money moved that no document has taken and nothing has undone."""
        return self.state is ChargeState.APPROVED and not self.settled

    @property
    def paid(self) -> Money:
        """What of it pays what was asked, without the tip."""
        return self.approved - self.tip

    @property
    def is_partial(self) -> bool:
        """Whether less was approved than was asked."""
        return self.state is ChargeState.APPROVED and self.paid < self.amount


def charge(transaction: Transaction, reference: str) -> ChargeView | None:
    """One charge by its reference."""
    row = transaction.one(_ONE, reference=reference)
    return None if row is None else _view(row)


def of_subject(transaction: Transaction, subject: str) -> list[ChargeView]:
    """The charges of a ticket or document, the first one first."""
    return [_view(row) for row in transaction.all(_OF_SUBJECT, subject=subject)]


def undoing(transaction: Transaction, reference: str) -> list[ChargeView]:
    """The voids and returns of a charge, the first one first."""
    return [_view(row) for row in transaction.all(_UNDOING, reference=reference)]


def unsettled(transaction: Transaction, node: str) -> list[ChargeView]:
    """The charges of a node that somebody still has to see to, the first one first."""
    return [_view(row) for row in transaction.all(_UNSETTLED, node=node)]


def in_batch(transaction: Transaction, node: str, terminal: str, batch: str = "") -> list[ChargeView]:
    """The charges that were compared by this operation; without one those since the last close."""
    return [_view(row) for row in transaction.all(_IN_BATCH, node=node, terminal=terminal, batch=batch)]


def closed_since(transaction: Transaction, reference: str) -> bool:
    """Whether the terminal that was asked has closed its batch after that: it then knows the charge no more."""
    return transaction.one(_CLOSED_SINCE, reference=reference) is not None


def locking(transaction: Transaction, subject: str) -> ChargeView | None:
    """The charge because of which nothing about a ticket may change: one that is open, or that no document has taken."""
    found = (one for one in of_subject(transaction, subject) if one.is_open or one.is_free)
    return next(found, None)


def asked(transaction: Transaction, view: ChargeView, code: str = "") -> Charge:
    """What is asked of the device; `code` is the guest's own and never kept."""
    of = charge(transaction, view.of_reference) if view.of_reference else None
    return Charge(
        reference=view.reference,
        kind=view.kind,
        amount=view.amount,
        means=view.means,
        code=code,
        of_reference=view.of_reference,
        of_transaction=of.transaction if of is not None else "",
        asks_tip=tickets.ticket(transaction, view.subject) is not None,
    )


def _view(row: Any) -> ChargeView:
    return ChargeView(
        reference=row.reference,
        kind=ChargeKind(row.kind),
        means=Means(row.means),
        subject=row.subject,
        of_reference=row.of_reference,
        terminal=row.terminal,
        amount=Money(row.asked_cents, row.currency),
        attempt=row.attempt,
        state=ChargeState(row.state),
        problem=row.problem,
        approved=Money(row.approved_cents, row.currency),
        tip=Money(row.tip_cents, row.currency),
        last_four=row.last_four,
        brand=row.brand,
        entry=Entry(row.entry),
        host_reference=row.host_reference,
        authorization=row.authorization_code,
        transaction=row.transaction_id,
        code=row.code,
        said=row.said,
        decided_by=row.decided_by,
        evidence=row.evidence,
        begun_by=row.begun_by,
        begun_at=instant_text(instant_of(row.begun_at)),
        used_by=row.used_by,
        undone_by=row.undone_by,
        batch=row.batch,
        settled=bool(row.settled),
    )
