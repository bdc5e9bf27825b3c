"""Projections about staff beyond their description: the PIN's hash.

Names and roles are merged in `descriptions.py`. The newest hash by `at` stands, of two alike the greater.
"""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from salon_desk.operations.description import PinSet
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.people import staff_pins

_FIND = Statement(lambda: select(staff_pins).where(staff_pins.c.staff == bindparam("staff")))
_ADD = Statement(lambda: insert(staff_pins))
_CHANGE = Statement(
    lambda: (
        update(staff_pins)
        .where(staff_pins.c.staff == bindparam("who"))
        .values(pin_hash=bindparam("pin_hash"), at=bindparam("at"))
    )
)


def pin_set(transaction: Transaction, header: Header, operation: PinSet) -> None:
    """Keep the hash unless a newer one is there."""
    row = transaction.one(_FIND, staff=operation.staff)
    if row is None:
        transaction.run(_ADD, staff=operation.staff, pin_hash=operation.pin_hash, at=header.at)
    elif (header.at, operation.pin_hash) > (row.at, row.pin_hash):
        transaction.run(_CHANGE, who=operation.staff, pin_hash=operation.pin_hash, at=header.at)
