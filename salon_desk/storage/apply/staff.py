"""Projections about staff beyond their description: the PIN's hash.

Names and roles are merged in `descriptions.py`. The newest hash by `at` stands, of two alike the greater.
"""

from __future__ import annotations

from sqlalchemy import tuple_

from salon_desk.operations.description import PinSet
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.people import staff_pins

_SET = Rows(
    staff_pins,
    lambda new: {"pin_hash": new.pin_hash, "at": new.at},
    only=lambda new: tuple_(staff_pins.c.at, staff_pins.c.pin_hash) < tuple_(new.at, new.pin_hash),
)


def pin_set(transaction: Transaction, header: Header, operation: PinSet) -> None:
    """Keep the hash unless a newer one is there."""
    transaction.put(_SET, staff=operation.staff, pin_hash=operation.pin_hash, at=header.at)
