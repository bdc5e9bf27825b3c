"""What the shift screen reads, in one snapshot, on the database worker.

Nothing is recorded here (`services/shifts.py`). What is expected in the drawer is read only when the drawer was counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.names import Names
from salon_desk.domain.shift import ShiftState, over_short
from salon_desk.services import shifts
from salon_desk.services.shifts import Counted, ShiftStatus
from salon_desk.services.till import Actor, Till
from salon_desk.storage import print_jobs
from salon_desk.storage.queries import closed_shifts, staff
from salon_desk.storage.queries import shifts as stored
from salon_desk.storage.queries.shop import Shop


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """The shift as the screen needs it; `compared` only where the drawer was counted, `people` names by staff id."""

    status: ShiftStatus
    shop: Shop
    people: Mapping[str, Names]
    compared: Counted | None


def facts(till: Till) -> ShiftFacts:
    """How the shift stands. Raises ShopMissing."""
    status = shifts.status(till)
    with till.read() as transaction:
        working = staff.active_staff(transaction, till.business_day(transaction))
        people = {one.staff: Names(one.called("en"), one.called("zh_CN")) for one in working}
        compared = None
        if status.shift is not None and status.shift.state is ShiftState.COUNTED:
            expected = stored.expected(transaction, status.shift)
            counted = status.shift.counted
            compared = Counted(expected, counted, over_short(expected, counted))
        return ShiftFacts(status, till.shop(transaction), people, compared)


def reprint_z(till: Till, actor: Actor, shift: str, language: str) -> None:
    """Queue the Z of a closed shift once more, as a copy. Raises PermissionNeeded."""
    actor.require(Permission.REPRINT)
    with till.read() as transaction:
        closed = closed_shifts.by_shift(transaction, shift)
    if closed is not None:
        print_jobs.reprint(till.store, closed.close_op, "z", language)
