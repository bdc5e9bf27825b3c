"""Shifts and the cash that their drawers should hold.

Expected cash is one SUM over movements. Whether it may be shown is for `services` to decide: the close is blind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from salon_desk.domain.money import Money
from salon_desk.domain.shift import Denomination, ShiftState, ZRange
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.shifts import cash_movements, shifts

_CURRENT = Statement(
    lambda: (
        select(shifts)
        .where(shifts.c.node == bindparam("node"), shifts.c.state != ShiftState.CLOSED.value)
        .order_by(shifts.c.opened_at.desc())
        .limit(1)
    )
)
_LAST_Z = Statement(
    lambda: (
        select(shifts)
        # the epoch of the Z itself: the shift may have begun in one before
        .join(journal, journal.c.op_id == shifts.c.close_op)
        .where(
            shifts.c.node == bindparam("node"),
            journal.c.epoch == bindparam("epoch"),
            shifts.c.state == ShiftState.CLOSED.value,
        )
        .order_by(shifts.c.z_number.desc())
        .limit(1)
    )
)
_EXPECTED = Statement(
    lambda: select(func.coalesce(func.sum(cash_movements.c.cents), 0)).where(
        cash_movements.c.shift == bindparam("shift")
    )
)

_pieces = msgspec.json.Decoder(tuple[Denomination, ...]).decode


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of this till."""

    shift: str
    store: str
    state: ShiftState
    business_day: str
    opened_at: str
    opened_by: str
    opening_float: Money
    counted: Money
    denominations: tuple[Denomination, ...]
    card_batch: Money | None
    z_number: int
    z_range: ZRange | None


def current_shift(transaction: Transaction, node: str) -> Shift | None:
    """The till's shift that is not closed, if any."""
    row = transaction.one(_CURRENT, node=node)
    return None if row is None else _shift(row)


def last_closed(transaction: Transaction, node: str, epoch: str) -> Shift | None:
    """The shift with the till's newest Z in this epoch, if any."""
    row = transaction.one(_LAST_Z, node=node, epoch=epoch)
    return None if row is None else _shift(row)


def expected(transaction: Transaction, one: Shift) -> Money:
    """What should lie in the drawer now."""
    return Money(transaction.value(_EXPECTED, shift=one.shift), one.opening_float.currency)


def _shift(row: Any) -> Shift:
    currency = row.currency
    return Shift(
        shift=row.id,
        store=row.store,
        state=ShiftState(row.state),
        business_day=row.business_day,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        opening_float=Money(row.float_cents, currency),
        counted=Money(row.counted_cents, currency),
        denominations=_pieces(row.denominations),
        card_batch=None if row.card_batch_cents is None else Money(row.card_batch_cents, currency),
        z_number=row.z_number,
        z_range=ZRange(row.from_seq, row.to_seq) if row.z_number else None,
    )
