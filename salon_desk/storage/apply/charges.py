"""Projections of charges: what is known of each, which document took it, what was compared with the terminal.

The state follows `domain/charge_state.py`. What is said of a charge waits for its attempt; a charge and the document that takes it
come from one till, in its order.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select, update

from salon_desk.domain.charge import ChargeKind
from salon_desk.domain.charge_state import ChargeState, Heard, after
from salon_desk.operations.charge import (
    ChargeAnswered,
    ChargeAttempted,
    ChargeBatchClosed,
    ChargeDecided,
    TerminalInspected,
)
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.errors import NotYet
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.charges import charge_batches, charges, terminal_inspections

_KNOWN = (
    "attempt",
    "state",
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
    "decided",
    "decided_by",
    "evidence",
    "changed_at",
    "used_by",
    "undone_by",
    "settled",
)
"""The columns that a later operation may change."""
_BLANK: dict[str, str | int] = {
    name: "" if name not in ("approved_cents", "tip_cents", "decided", "settled") else 0
    for name in (*_KNOWN, "batch")
}

_ADD = Rows(charges)
_ONE = Statement(lambda: select(charges).where(charges.c.reference == bindparam("charge")))
_CHANGE = Statement(
    lambda: (
        update(charges)
        .where(charges.c.reference == bindparam("charge"))
        .values({name: bindparam(name) for name in _KNOWN})
    )
)
_IN_BATCH = Statement(
    lambda: (
        update(charges).where(charges.c.reference == bindparam("charge")).values(batch=bindparam("closed_by"))
    )
)
_ADD_BATCH = Rows(charge_batches)
_ADD_INSPECTION = Rows(terminal_inspections)


def charge_attempted(transaction: Transaction, header: Header, operation: ChargeAttempted) -> None:
    """A charge is asked, or once more: then what was known of the earlier try is over."""
    if transaction.one(_ONE, charge=operation.reference) is not None:
        _change(
            transaction,
            header,
            operation.reference,
            attempt=operation.attempt,
            state=ChargeState.ASKED.value,
            problem="",
            code="",
            said="",
        )
        return
    row = {
        "reference": operation.reference,
        "node": header.node,
        "store": operation.store,
        "subject": operation.subject,
        "kind": operation.kind.value,
        "means": operation.means.value,
        "of_reference": operation.of_reference,
        "terminal": operation.terminal,
        "currency": operation.amount.currency,
        "asked_cents": operation.amount.cents,
        "attempt": operation.attempt,
        "state": ChargeState.ASKED.value,
        "begun_by": header.actor,
        "begun_at": header.at,
        "changed_at": header.at,
    }
    transaction.put(_ADD, **{**_BLANK, **row})


def charge_answered(transaction: Transaction, header: Header, operation: ChargeAnswered) -> None:
    """What a device said of it. Raises NotYet while it is not there."""
    row = _row(transaction, operation.reference)
    newest = operation.attempt == row.attempt
    state = after(ChargeState(row.state), operation.what, newest_try=newest)
    if operation.what is Heard.APPROVED:
        if row.state != ChargeState.APPROVED or row.decided:
            _approved(transaction, header, operation, row)
    elif state != row.state or (newest and state.value == operation.what.value):
        _change(
            transaction,
            header,
            operation.reference,
            state=state.value,
            problem=operation.problem,
            code=operation.code,
            said=operation.said,
        )


def charge_decided(transaction: Transaction, header: Header, operation: ChargeDecided) -> None:
    """What a manager decided. Raises NotYet while it is not there."""
    row = _row(transaction, operation.reference)
    if row.state == ChargeState.APPROVED:
        return
    state = ChargeState.APPROVED if operation.charged else ChargeState.NOT_CHARGED
    _change(
        transaction,
        header,
        operation.reference,
        state=state.value,
        approved_cents=row.asked_cents if operation.charged else 0,
        last_four=operation.last_four,
        decided=1,
        decided_by=operation.approver or header.actor,
        evidence=operation.evidence,
    )


def used(transaction: Transaction, reference: str, document: str) -> None:
    """A document's tender names this charge; of one that is not here nothing is kept."""
    if (row := transaction.one(_ONE, charge=reference)) is not None:
        values = {**_known(row), "used_by": document}
        transaction.run(_CHANGE, charge=reference, **{**values, "settled": 1})


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
        transaction.run(_IN_BATCH, charge=reference, closed_by=header.op_id)


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


def _approved(transaction: Transaction, header: Header, operation: ChargeAnswered, row: Any) -> None:
    """Money moved: with all that the device said of it, over what a manager may have decided."""
    assert operation.amount is not None
    _change(
        transaction,
        header,
        operation.reference,
        state=ChargeState.APPROVED.value,
        problem="",
        approved_cents=operation.amount.cents,
        tip_cents=operation.tip.cents if operation.tip is not None else 0,
        last_four=operation.last_four or row.last_four,
        brand=operation.brand,
        entry=operation.entry.value,
        host_reference=operation.host_reference,
        authorization_code=operation.authorization,
        transaction_id=operation.transaction,
        code=operation.code,
        said=operation.said,
    )


def _change(transaction: Transaction, header: Header, reference: str, **values: str | int) -> None:
    row = _row(transaction, reference)
    known = {**_known(row), **values, "changed_at": header.at}
    if known["state"] == ChargeState.APPROVED and row.kind != ChargeKind.SALE:
        known["settled"] = int(_undo(transaction, header, row, known) or bool(row.used_by))
    else:
        no_money = known["state"] in (ChargeState.DECLINED, ChargeState.NOT_CHARGED)
        known["settled"] = int(no_money or bool(row.used_by or row.undone_by))
    transaction.run(_CHANGE, charge=reference, **known)


def _undo(transaction: Transaction, header: Header, row: Any, known: dict[str, Any]) -> bool:
    """Whether a void or return undoes a charge that no document has taken; then no document takes either of them."""
    of = transaction.one(_ONE, charge=row.of_reference) if row.of_reference else None
    if of is None or of.used_by:
        return False
    whole = bool(row.kind == ChargeKind.VOID or known["approved_cents"] == of.approved_cents)
    if whole and not of.undone_by:
        undone = {**_known(of), "undone_by": row.reference, "settled": 1, "changed_at": header.at}
        transaction.run(_CHANGE, charge=row.of_reference, **undone)
    return whole


def _known(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _KNOWN}


def _row(transaction: Transaction, reference: str) -> Any:
    row = transaction.one(_ONE, charge=reference)
    if row is None:
        raise NotYet(f"charge {reference}")
    return row
