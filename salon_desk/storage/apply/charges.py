"""Projections of charges: what is known of each, which document took it, what undid it, what was compared with the terminal.

What becomes of a charge follows from the set of its operations: its state is the highest that any of them says
(`domain/charge_state.py`), and what settles it is looked at again with each word about it or about what undoes it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from salon_desk.domain.charge import ChargeKind
from salon_desk.domain.charge_state import (
    DECIDED_CHARGED,
    DECIDED_NOT_CHARGED,
    ChargeState,
    progress,
)
from salon_desk.operations.charge import (
    ChargeAnswered,
    ChargeAttempted,
    ChargeBatchClosed,
    ChargeDecided,
    TerminalInspected,
)
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.charges import charge_batches, charges, terminal_inspections

_COLUMNS = tuple(one.name for one in charges.columns)
_NUMBERS = frozenset(
    (
        "asked_cents",
        "attempt",
        "progress",
        "approved_cents",
        "tip_cents",
        "decided",
        "begun_at",
        "changed_at",
        "settled",
    )
)
_BLANK: dict[str, Any] = {name: 0 if name in _NUMBERS else "" for name in _COLUMNS} | {
    "state": ChargeState.ASKED.value
}
_SAID: dict[str, Any] = {
    name: _BLANK[name]
    for name in (
        "problem",
        "approved_cents",
        "tip_cents",
        "last_four",
        "brand",
        "entry",
        "host_reference",
        "authorization_code",
        "transaction_id",
        "code",
        "said",
    )
}
"""What one word about a charge says besides its state; a higher word takes the place of all of it."""

_PUT = Rows(charges, lambda new: {name: new[name] for name in _COLUMNS if name != "reference"})
_ONE = Statement(lambda: select(charges).where(charges.c.reference == bindparam("charge")))
_UNDOING = Statement(
    lambda: (
        select(charges)
        .where(charges.c.of_reference == bindparam("charge"), charges.c.begun_at > 0)
        .order_by(charges.c.reference)
    )
)
_ADD_BATCH = Rows(charge_batches)
_ADD_INSPECTION = Rows(terminal_inspections)

Known = dict[str, Any]
"""A row of the table by its columns."""


def charge_attempted(transaction: Transaction, header: Header, operation: ChargeAttempted) -> None:
    """A charge is asked, or once more: then what was known of the earlier try is over. Raises ValueError for a try that is none."""
    row = _row(transaction, operation.reference)
    if not row["begun_at"] or header.at < row["begun_at"]:
        row |= {
            "node": header.node,
            "store": operation.store,
            "subject": operation.subject,
            "kind": operation.kind.value,
            "means": operation.means.value,
            "of_reference": operation.of_reference,
            "terminal": operation.terminal,
            "currency": operation.amount.currency,
            "asked_cents": operation.amount.cents,
            "begun_by": header.actor,
            "begun_at": header.at,
        }
    row["attempt"] = max(row["attempt"], operation.attempt)
    state = ChargeState.ASKED
    _say(row, header, state, progress(state, operation.attempt))
    _put(transaction, row)


def charge_answered(transaction: Transaction, header: Header, operation: ChargeAnswered) -> None:
    """What a device said of it. Raises ValueError for a try that is none."""
    row = _row(transaction, operation.reference)
    state = ChargeState(operation.what.value)
    _say(
        row,
        header,
        state,
        progress(state, operation.attempt),
        problem=operation.problem,
        approved_cents=operation.amount.cents if operation.amount is not None else 0,
        tip_cents=operation.tip.cents if operation.tip is not None else 0,
        last_four=operation.last_four,
        brand=operation.brand,
        entry=operation.entry.value,
        host_reference=operation.host_reference,
        authorization_code=operation.authorization,
        transaction_id=operation.transaction,
        code=operation.code,
        said=operation.said,
    )
    _put(transaction, row)


def charge_decided(transaction: Transaction, header: Header, operation: ChargeDecided) -> None:
    """What a manager decided; it stands beside what a device says later."""
    row = _row(transaction, operation.reference)
    row |= {
        "decided": 1,
        "decided_by": operation.approver or header.actor,
        "evidence": operation.evidence,
    }
    state = ChargeState.APPROVED if operation.charged else ChargeState.NOT_CHARGED
    known = DECIDED_CHARGED if operation.charged else DECIDED_NOT_CHARGED
    _say(row, header, state, known, last_four=operation.last_four)
    _put(transaction, row)


def used(transaction: Transaction, reference: str, document: str) -> None:
    """A document's tender names this charge; of two documents the smaller id stands."""
    row = _row(transaction, reference)
    row["used_by"] = min(row["used_by"] or document, document)
    _put(transaction, row)


def batch_closed(transaction: Transaction, header: Header, operation: ChargeBatchClosed) -> None:
    """A batch with both sides' figures, and which charges were in it."""
    transaction.put(
        _ADD_BATCH,
        op_id=header.op_id,
        node=header.node,
        store=operation.store,
        terminal=operation.terminal,
        batch=operation.batch,
        currency=operation.sold.currency,
        sales=operation.sales,
        sold_cents=operation.sold.cents,
        returns=operation.returns,
        returned_cents=operation.returned.cents,
        our_sales=operation.our_sales,
        our_sold_cents=operation.our_sold.cents,
        our_returns=operation.our_returns,
        our_returned_cents=operation.our_returned.cents,
        actor=header.actor,
        at=header.at,
    )
    for reference in operation.references:
        row = _row(transaction, reference)
        row["batch"] = min(row["batch"] or header.op_id, header.op_id)
        _put(transaction, row)


def terminal_inspected(transaction: Transaction, header: Header, operation: TerminalInspected) -> None:
    """Somebody looked at a terminal."""
    transaction.put(
        _ADD_INSPECTION,
        op_id=header.op_id,
        node=header.node,
        store=operation.store,
        terminal=operation.terminal,
        serial=operation.serial,
        seal_intact=int(operation.seal_intact),
        photo=operation.photo,
        signer=operation.signer,
        note=operation.note,
        inspected_on=operation.inspected_on,
        actor=header.actor,
        at=header.at,
    )


def _say(row: Known, header: Header, state: ChargeState, known: int, **said: str | int) -> None:
    """Let a word stand if it is the highest; of two that say as much, the newer."""
    if (known, header.at) >= (row["progress"], row["changed_at"]):
        row |= {**_SAID, **said, "state": state.value, "progress": known, "changed_at": header.at}


def _put(transaction: Transaction, row: Known) -> None:
    """Keep it, and see what it settles: itself, what it undoes, what undoes it."""
    if row["progress"] == DECIDED_CHARGED:
        row["approved_cents"] = row["asked_cents"]
    transaction.put(_PUT, **row)
    undone = _found(transaction, row["of_reference"]) if row["of_reference"] else None
    for one in filter(None, (undone, row)):
        _settle(transaction, one)


def _settle(transaction: Transaction, of: Known) -> None:
    """What settles a charge, and each void or return of it."""
    undoing = [one._asdict() for one in transaction.all(_UNDOING, charge=of["reference"])]
    done = [one["reference"] for one in undoing if _undoes(one, of)]
    of["undone_by"] = done[0] if done else ""
    mother = _found(transaction, of["of_reference"]) if of["of_reference"] else None
    undoes = mother is not None and _undoes(of, mother)
    _keep_settled(transaction, of, by_undoing=undoes)
    for one in undoing:
        _keep_settled(transaction, one, by_undoing=_undoes(one, of))


def _undoes(one: Known, of: Known) -> bool:
    """Whether a void or return undoes the whole of a charge that no document has taken; then none takes either of them."""
    moved = one["state"] == ChargeState.APPROVED and of["state"] == ChargeState.APPROVED
    whole = one["kind"] == ChargeKind.VOID or one["approved_cents"] == of["approved_cents"]
    return moved and whole and not of["used_by"]


def _keep_settled(transaction: Transaction, row: Known, *, by_undoing: bool) -> None:
    no_money = row["state"] in (ChargeState.DECLINED, ChargeState.NOT_CHARGED)
    row["settled"] = int(no_money or by_undoing or bool(row["used_by"] or row["undone_by"]))
    transaction.put(_PUT, **row)


def _found(transaction: Transaction, reference: str) -> Known | None:
    row = transaction.one(_ONE, charge=reference)
    return None if row is None else dict(row._asdict())


def _row(transaction: Transaction, reference: str) -> Known:
    return _found(transaction, reference) or {**_BLANK, "reference": reference}
