"""Shifts, and every movement of cash in their drawers.

Expected cash is the sum of a shift's movements; nothing here adds up anything. What counts or closes a shift waits for
its opening; a closed shift keeps what its Z says, whatever arrives after it.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, select, update

from salon_desk.domain.money import Money
from salon_desk.domain.shift import MovementKind, ShiftState
from salon_desk.operations import shift as operations
from salon_desk.operations.envelope import Header
from salon_desk.storage.apply.tickets import count
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.errors import NotYet
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.shifts import cash_movements, shifts, tip_payouts

_ADD = Rows(shifts)
_FIND = Statement(
    lambda: select(shifts.c.state, shifts.c.close_op, shifts.c.counted_cents, shifts.c.denominations).where(
        shifts.c.id == bindparam("shift")
    )
)
_CLOSE = Statement(
    lambda: (
        update(shifts)
        .where(shifts.c.id == bindparam("shift"))
        .values(
            {
                name: bindparam(name)
                for name in (
                    "state",
                    "closed_at",
                    "closed_by",
                    "close_op",
                    "z_number",
                    "from_seq",
                    "to_seq",
                    "expected_cents",
                    "counted_cents",
                    "over_short_cents",
                    "card_batch_cents",
                )
            }
        )
    )
)
_COUNT = Statement(
    lambda: (
        update(shifts)
        .where(shifts.c.id == bindparam("shift"))
        .values(state=bindparam("state"), counted_cents=bindparam("cents"), denominations=bindparam("pieces"))
    )
)
_BATCH = Statement(
    lambda: (
        update(shifts).where(shifts.c.id == bindparam("shift")).values(card_batch_cents=bindparam("cents"))
    )
)
_ADD_MOVEMENT = Rows(cash_movements)
_ADD_PAYOUT = Rows(tip_payouts)


def shift_opened(transaction: Transaction, header: Header, operation: operations.ShiftOpened) -> None:
    """A shift with its float."""
    closing = {"closed_at": "", "closed_by": "", "close_op": "", "card_batch_cents": None}
    numbers = ("z_number", "from_seq", "to_seq", "expected_cents", "counted_cents", "over_short_cents")
    transaction.put(
        _ADD,
        id=operation.shift,
        node=header.node,
        epoch=header.epoch,
        store=operation.store,
        state=ShiftState.OPEN.value,
        denominations="[]",
        business_day=operation.business_day,
        opened_at=operation.opened_at,
        opened_by=header.actor,
        currency=operation.opening_float.currency,
        float_cents=operation.opening_float.cents,
        **closing,
        **dict.fromkeys(numbers, 0),
    )
    move_cash(transaction, header, operation.shift, MovementKind.FLOAT, operation.opening_float)


def cash_paid_in(transaction: Transaction, header: Header, operation: operations.CashPaidIn) -> None:
    """Cash into the drawer."""
    move_cash(
        transaction, header, operation.shift, MovementKind.PAID_IN, operation.amount, reason=operation.reason
    )


def cash_paid_out(transaction: Transaction, header: Header, operation: operations.CashPaidOut) -> None:
    """Cash out of the drawer."""
    move_cash(
        transaction,
        header,
        operation.shift,
        MovementKind.PAID_OUT,
        -operation.amount,
        reason=operation.reason,
    )


def cash_dropped(transaction: Transaction, header: Header, operation: operations.CashDropped) -> None:
    """Cash into the safe."""
    move_cash(
        transaction, header, operation.shift, MovementKind.DROP, -operation.amount, reason=operation.reason
    )


def tips_paid_out(transaction: Transaction, header: Header, operation: operations.TipsPaidOut) -> None:
    """Tips owed, paid in cash."""
    move_cash(transaction, header, operation.shift, MovementKind.TIP_PAID_OUT, -operation.amount)
    for technician, amount in operation.tips:
        transaction.put(
            _ADD_PAYOUT, op_id=header.op_id, technician=technician, shift=operation.shift, cents=amount.cents
        )


def card_batch_closed(
    transaction: Transaction, _header: Header, operation: operations.CardBatchClosed
) -> None:
    """The card machine's own total; after the Z it stands in the Z."""
    if _standing(transaction, operation.shift).state != ShiftState.CLOSED.value:
        transaction.put(_BATCH, shift=operation.shift, cents=operation.machine.cents)


def shift_counted(transaction: Transaction, _header: Header, operation: operations.ShiftCounted) -> None:
    """The blind count. A shift is counted once; were there two, the greater would stand, whichever came first."""
    found = _standing(transaction, operation.shift)
    pieces = msgspec.json.encode(operation.denominations).decode()
    if found.state != ShiftState.OPEN.value and pieces < found.denominations:
        return
    closed = found.state == ShiftState.CLOSED.value
    transaction.put(
        _COUNT,
        shift=operation.shift,
        state=found.state if closed else ShiftState.COUNTED.value,
        cents=found.counted_cents if closed else operation.counted.cents,
        pieces=pieces,
    )


def shift_closed(transaction: Transaction, header: Header, operation: operations.ShiftClosed) -> None:
    """The Z. A shift is closed once; were it twice, the smaller operation id would stand."""
    found = _standing(transaction, operation.shift)
    count(transaction, header.node, "z")
    if found.close_op and found.close_op < header.op_id:
        return
    transaction.put(
        _CLOSE,
        shift=operation.shift,
        state=ShiftState.CLOSED.value,
        closed_at=operation.closed_at,
        closed_by=header.actor,
        close_op=header.op_id,
        z_number=operation.z_number,
        from_seq=operation.from_seq,
        to_seq=operation.to_seq,
        expected_cents=operation.expected.cents,
        counted_cents=operation.counted.cents,
        over_short_cents=operation.over_short.cents,
        card_batch_cents=None if operation.card_batch is None else operation.card_batch.cents,
    )


def _standing(transaction: Transaction, shift: str) -> Any:
    """The shift as it stands. Raises NotYet before it was opened here."""
    found = transaction.one(_FIND, shift=shift)
    if found is None:
        raise NotYet(f"shift {shift}")
    return found


def move_cash(
    transaction: Transaction,
    header: Header,
    shift: str,
    kind: MovementKind,
    amount: Money,
    *,
    reason: str = "",
    number: int = 0,
) -> None:
    """One signed movement of cash in a shift's drawer; `number` tells an operation's movements apart."""
    transaction.put(
        _ADD_MOVEMENT,
        op_id=header.op_id,
        number=number,
        shift=shift,
        kind=kind.value,
        cents=amount.cents,
        reason=reason,
    )
