"""Projections about who spends: the hash of a member's PIN.

What was signed stays in the journal and has no table. The newest hash by `at` stands, of two alike the greater.
"""

from __future__ import annotations

from sqlalchemy import tuple_

from salon_desk.operations.envelope import Header
from salon_desk.operations.proof import MemberPinSet
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.members import member_pins

_SET = Rows(
    member_pins,
    lambda new: {"pin_hash": new.pin_hash, "at": new.at},
    only=lambda new: tuple_(member_pins.c.at, member_pins.c.pin_hash) < tuple_(new.at, new.pin_hash),
)


def member_pin_set(transaction: Transaction, header: Header, operation: MemberPinSet) -> None:
    """Keep the hash unless a newer one is there."""
    transaction.put(_SET, member=operation.member, pin_hash=operation.pin_hash, at=header.at)
