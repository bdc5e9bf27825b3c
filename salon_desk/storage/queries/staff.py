"""Staff: who works here, in which role, in roster order; and the hash of a PIN.

No attendance and no turns here. Technicians stand in roster order until the floor keeps turns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from salon_desk.domain.access import Role
from salon_desk.operations.description import StaffDescribed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.planned import list_on_day, on_day
from salon_desk.storage.tables.people import staff, staff_pins

_ALL = Statement(lambda: select(staff).where(staff.c.active == 1).order_by(staff.c.roster_order, staff.c.id))
_ONE = Statement(lambda: select(staff).where(staff.c.id == bindparam("id")))
_PIN = Statement(lambda: select(staff_pins.c.pin_hash).where(staff_pins.c.staff == bindparam("staff")))


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Someone who works here. `serves`: can be put on a line as technician."""

    staff: str
    name: str
    latin_name: str
    role: Role
    serves: bool
    roster_order: int
    active: bool

    def called(self, language: str) -> str:
        """The name as this reader reads it best."""
        if language == "en":
            return self.latin_name or self.name
        return self.name or self.latin_name


def active_staff(transaction: Transaction, day: str) -> list[StaffMember]:
    """Everyone who works here on a business day, in roster order."""
    listed = list_on_day(
        transaction,
        StaffDescribed,
        transaction.all(_ALL),
        day,
        listed=lambda row: bool(row.active),
        order=lambda row: (row.roster_order, row.id),
    )
    return [_member(row) for row in listed]


def staff_member(transaction: Transaction, staff_id: str, day: str = "") -> StaffMember | None:
    """One person, also one who has left, as of a business day; without one as merged, for who only asks for a name."""
    row = on_day(transaction, StaffDescribed, transaction.one(_ONE, id=staff_id), day)
    return None if row is None else _member(row)


def pin_hash(transaction: Transaction, staff_id: str) -> str | None:
    """The argon2 hash of a person's PIN, None when none was set."""
    found = transaction.value(_PIN, staff=staff_id)
    return None if found is None else str(found)


def _member(row: Any) -> StaffMember:
    return StaffMember(
        staff=row.id,
        name=row.name,
        latin_name=row.latin_name,
        role=Role(row.role),
        serves=bool(row.sells_services),
        roster_order=row.roster_order,
        active=bool(row.active),
    )
