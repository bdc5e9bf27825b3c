"""Who stands at the till: signing in by PIN, with a lockout, and setting a PIN.

How a PIN is hashed and tried is in `pins.py`. Nobody but the first person of a new shop sets one without being allowed to.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.access import Permission, Role
from salon_desk.domain.errors import SignInLocked
from salon_desk.operations.description import PinSet
from salon_desk.services import pins
from salon_desk.services.errors import PinMissing, UnknownStaff, WrongPin
from salon_desk.services.till import Actor, Till
from salon_desk.storage import parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import staff
from salon_desk.storage.queries.staff import StaffMember


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Someone at the till: who, and the actor that services take."""

    person: StaffMember
    actor: Actor


def people(till: Till) -> tuple[StaffMember, ...]:
    """Who can be chosen on the sign-in screen: active staff with a PIN; the counter first, then technicians."""
    with till.read() as transaction:
        found = _with_pin(till, transaction)
    return tuple(sorted(found, key=lambda one: one.role is Role.TECHNICIAN))


def technicians(till: Till) -> tuple[StaffMember, ...]:
    """Who can be put on a line, in roster order (turns come later)."""
    with till.read() as transaction:
        active = staff.active_staff(transaction, till.business_day(transaction))
        return tuple(one for one in active if one.serves)


def sign_in(till: Till, staff_id: str, pin: str) -> SignedIn:
    """Check a PIN. Raises UnknownStaff, PinMissing, WrongPin (tries left), SignInLocked (until when)."""
    with till.read() as transaction:
        person = staff.staff_member(transaction, staff_id, till.business_day(transaction))
        stored = staff.pin_hash(transaction, staff_id)
    if person is None or not person.active:
        raise UnknownStaff(staff_id)
    if stored is None:
        raise PinMissing(staff_id)
    tried = pins.attempt(till, staff_id, {staff_id: stored}, pin)
    if tried.until:
        raise SignInLocked(tried.until)
    if not tried.who:
        raise WrongPin(tried.left)
    return SignedIn(person, Actor(person.staff, person.role))


def approve(till: Till, actor: Actor, permission: Permission, staff_id: str, pin: str) -> Actor:
    """A manager approves one act on the spot. Raises what `sign_in` raises, and PermissionNeeded."""
    approver = sign_in(till, staff_id, pin).actor
    lent = Actor(actor.staff, actor.role, approver.staff, approver.role)
    lent.require(permission)
    return lent


def set_pin(till: Till, command_id: str, actor: Actor | None, staff_id: str, pin: str) -> None:
    """Give someone a PIN of four to eight digits. Raises BadPin, UnknownStaff, PermissionNeeded.

    Without an actor only where nobody has a PIN yet (the first person of a new shop), and not while PINs may still be
    on their way from head office: whoever stands there could choose the owner's.
    """
    hashed = pins.hash_pin(pins.checked(pin))

    def decide(transaction: Transaction) -> PinSet:
        if staff.staff_member(transaction, staff_id) is None:
            raise UnknownStaff(staff_id)
        if actor is not None:
            actor.require(Permission.EDIT_STAFF)
        elif _with_pin(till, transaction) or _arriving(transaction):
            Actor("", Role.TECHNICIAN).require(Permission.EDIT_STAFF)
        return PinSet(staff=staff_id, pin_hash=hashed)

    till.record(command_id, actor, decide)


def shop_arriving(till: Till) -> bool:
    """Whether this till joined a chain whose records are not all here yet. Database worker, reads only."""
    with till.read() as transaction:
        return _arriving(transaction)


def _arriving(transaction: Transaction) -> bool:
    link = parent.read(transaction)
    return link is not None and (not link.target or link.cursor < link.target)


def _with_pin(till: Till, transaction: Transaction) -> list[StaffMember]:
    active = staff.active_staff(transaction, till.business_day(transaction))
    return [one for one in active if staff.pin_hash(transaction, one.staff)]
