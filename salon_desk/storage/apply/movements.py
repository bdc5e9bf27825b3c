"""Movements: what an operation issued, redeemed or undid of an asset, noted for the statement.

What only changes hands between tills is no movement of the member's. Reading them is in `queries/statement.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.operations.envelope import Header
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.movements import movements

_NOTE = Rows(movements)
_MOVING = frozenset((Cause.ISSUE, Cause.REDEEM, Cause.UNDO))


def note(transaction: Transaction, header: Header, changes: Sequence[PurseChange]) -> None:
    """Note what the operation did to the balance of each asset."""
    rows = [
        {
            "asset": one.asset,
            "at": header.at,
            "op_id": header.op_id,
            "number": number,
            "units": one.units,
        }
        for number, one in enumerate(changes)
        if one.cause in _MOVING and one.units
    ]
    if rows:
        transaction.put_many(_NOTE, rows)
