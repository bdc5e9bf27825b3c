"""What a store may see of bodies that may be withheld, and what it needs to see: allergies and PINs by member, PINs by staff.

Who decides is in `head_office/visibility.py`. Bodies are read out of the journal, for the tables of what they say do not
name their operations; the scans run when somebody is concerned, not on every push (RULES 22).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import bindparam, func, select

from salon_desk.operations.description import AllergyNoted, AllergyRemoved, PinSet, StaffDescribed
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.operation import Operation
from salon_desk.operations.proof import MemberPinSet
from salon_desk.operations.registry import decode_known
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.tables.catalogue import planned_changes
from salon_desk.storage.tables.chains import disclosures
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.members import allergies, member_pins, members
from salon_desk.storage.tables.people import staff, tills
from salon_desk.storage.tables.sales import sales

_SERVES = ("sale", "top_up", "series")
"""Documents that make a store one that serves their member."""

_STORES = Statement(
    lambda: select(tills.c.store).where(tills.c.store != "").distinct().order_by(tills.c.store)
)
_IS_DISCLOSED = Statement(
    lambda: select(disclosures.c.op_id).where(
        disclosures.c.op_id == bindparam("op_id"), disclosures.c.store == bindparam("store")
    )
)
_ONE = Statement(lambda: select(journal).where(journal.c.op_id == bindparam("op_id")))
_OF_KIND = Statement(
    lambda: (
        select(journal)
        .where(journal.c.kind == bindparam("kind"), journal.c.body.is_not(None))
        .order_by(journal.c.position)
    )
)
_ALLERGIES = Statement(
    lambda: select(func.count()).select_from(allergies).where(allergies.c.member == bindparam("member"))
)
_PINS = Statement(
    lambda: select(func.count()).select_from(member_pins).where(member_pins.c.member == bindparam("member"))
)
_ALLERGY = Statement(lambda: select(allergies.c.member).where(allergies.c.allergy_id == bindparam("id")))
_HOME = Statement(lambda: select(members.c.home_store).where(members.c.id == bindparam("member")))
_VISITED = Statement(
    lambda: (
        select(sales.c.store)
        .where(sales.c.member == bindparam("member"), sales.c.kind.in_(_SERVES))
        .distinct()
        .order_by(sales.c.store)
    )
)
_FIRST_VISIT = Statement(
    lambda: (
        select(journal.c.op_id)
        .join(sales, sales.c.op_id == journal.c.op_id)
        .where(
            sales.c.member == bindparam("member"),
            sales.c.store == bindparam("store"),
            sales.c.kind.in_(_SERVES),
        )
        .order_by(journal.c.position)
        .limit(1)
    )
)
_WORKS = Statement(lambda: select(staff.c.stores, staff.c.active).where(staff.c.id == bindparam("staff")))
_PLANNED = Statement(
    lambda: select(planned_changes.c.value).where(
        planned_changes.c.subject == StaffDescribed.KIND,
        planned_changes.c.id == bindparam("staff"),
        planned_changes.c.field == bindparam("field"),
    )
)


@dataclass(frozen=True, slots=True)
class Withheld:
    """An operation whose body may be withheld, and the node that recorded it."""

    op_id: str
    node: str


def is_disclosed(transaction: Transaction, op_id: str, store: str) -> bool:
    """Whether a body was disclosed to a store."""
    return transaction.one(_IS_DISCLOSED, op_id=op_id, store=store) is not None


def envelope(transaction: Transaction, op_id: str) -> Envelope | None:
    """An operation as it is kept here."""
    row = transaction.one(_ONE, op_id=op_id)
    return None if row is None else envelope_of(row)


def stores_with_tills(transaction: Transaction) -> list[str]:
    """Every store that has a till."""
    return [row.store for row in transaction.all(_STORES)]


def is_told_of(transaction: Transaction, member: str) -> bool:
    """Whether anything that may be withheld was ever said of this member: an allergy, removed notes too, or a PIN."""
    return bool(transaction.value(_ALLERGIES, member=member) or transaction.value(_PINS, member=member))


def member_of_allergy(transaction: Transaction, allergy_id: str) -> str:
    """Whose note it is; empty while the note itself is not here."""
    return str(transaction.value(_ALLERGY, id=allergy_id) or "")


def stores_serving(transaction: Transaction, member: str) -> list[str]:
    """The stores that serve a member: the home store, and those with a sale or top-up."""
    home = transaction.value(_HOME, member=member)
    visited = [row.store for row in transaction.all(_VISITED, member=member)]
    return sorted({one for one in (home, *visited) if one})


def is_first_visit(transaction: Transaction, op_id: str, member: str, store: str) -> bool:
    """Whether this document was the first that was recorded here of the member at the store."""
    return bool(transaction.value(_FIRST_VISIT, member=member, store=store) == op_id)


def stores_of_staff(transaction: Transaction, staff_id: str) -> list[str]:
    """Where someone works now, or will from a planned day on; nowhere for one who left and is not to come back."""
    row = transaction.one(_WORKS, staff=staff_id)
    if row is None:
        return []
    returns = any(_planned(transaction, staff_id, "active"))
    if not row.active and not returns:
        return []
    lists = [msgspec.json.decode(row.stores), *_planned(transaction, staff_id, "stores")]
    if not all(lists):
        return stores_with_tills(transaction)
    return sorted({str(store) for one in lists for store in one})


def member_operations(transaction: Transaction) -> dict[str, list[Withheld]]:
    """By member, notes of allergies, their removals and PINs whose bodies are here, each in the order of recording. A scan."""
    found: dict[str, list[Withheld]] = {}
    whose: dict[str, str] = {}
    for kind in (AllergyNoted.KIND, AllergyRemoved.KIND, MemberPinSet.KIND):
        for one, operation in _decoded(transaction, kind):
            if isinstance(operation, MemberPinSet):
                found.setdefault(operation.member, []).append(one)
                continue
            if isinstance(operation, AllergyNoted):
                whose[operation.allergy_id] = operation.member
            assert isinstance(operation, AllergyNoted | AllergyRemoved)
            if member := whose.get(operation.allergy_id):
                found.setdefault(member, []).append(one)
    return found


def newest_pins(transaction: Transaction) -> dict[str, Withheld]:
    """By member of staff, the operation with the PIN that stands. A scan."""
    newest: dict[str, tuple[tuple[int, str], Withheld]] = {}
    for row in transaction.all(_OF_KIND, kind=PinSet.KIND):
        operation = operation_of(envelope_of(row))
        if isinstance(operation, PinSet):
            stamp, there = (row.at, operation.pin_hash), newest.get(operation.staff)
            if there is None or stamp > there[0]:  # as in `apply/staff.py`
                newest[operation.staff] = (stamp, Withheld(row.op_id, row.node))
    return {who: one for who, (_stamp, one) in newest.items()}


def operation_of(one: Envelope) -> Operation | None:
    """What an envelope says; None where the body is not here or this program does not know it."""
    return decode_known(one.header.kind, one.header.version, one.body)


def _decoded(transaction: Transaction, kind: str) -> Iterator[tuple[Withheld, Operation]]:
    for row in transaction.all(_OF_KIND, kind=kind):
        operation = operation_of(envelope_of(row))
        if operation is not None:
            yield Withheld(row.op_id, row.node), operation


def _planned(transaction: Transaction, staff_id: str, field: str) -> list[object]:
    return [msgspec.json.decode(row.value) for row in transaction.all(_PLANNED, staff=staff_id, field=field)]
