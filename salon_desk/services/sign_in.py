"""Who stands at the till: signing in by PIN, with a lockout, and setting a PIN.

PINs are kept as argon2 hashes only. Failures are counted in local rows, so that a restart does not give five tries more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from salon_desk.domain.access import FREE_TRIES, Permission, Role, lockout_until
from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.errors import SignInLocked
from salon_desk.operations.description import PinSet
from salon_desk.services.errors import BadPin, PinMissing, UnknownStaff, WrongPin
from salon_desk.services.till import Actor, Till
from salon_desk.storage import local, parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import staff
from salon_desk.storage.queries.staff import StaffMember

PIN_LENGTHS = range(4, 9)


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
        failures = [parse_instant(at) for at in local.sign_in_failures(transaction, staff_id)]
    if person is None or not person.active:
        raise UnknownStaff(staff_id)
    if stored is None:
        raise PinMissing(staff_id)
    now = till.store.clock.now()
    failures = _not_ahead(till, staff_id, failures, now)
    locked = lockout_until(failures, now)
    if locked is not None:
        raise SignInLocked(instant_text(locked))
    if not _matches(stored, pin):
        local.note_sign_in_failure(till.store, staff_id, instant_text(now))
        again = lockout_until([*failures, now], now)
        if again is not None:
            raise SignInLocked(instant_text(again))
        raise WrongPin(FREE_TRIES - len(failures))
    if failures:
        local.forget_sign_in_failures(till.store, staff_id)
    return SignedIn(person, Actor(person.staff, person.role))


def _not_ahead(till: Till, staff_id: str, failures: list[datetime], now: datetime) -> list[datetime]:
    """Wrong tries under a clock that was ahead count as of now, and are kept so: else they would lock for years."""
    if all(one <= now for one in failures):
        return failures
    moved = [min(one, now) for one in failures]
    local.forget_sign_in_failures(till.store, staff_id)
    for one in moved:
        local.note_sign_in_failure(till.store, staff_id, instant_text(one))
    return moved


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
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS):
        raise BadPin(len(pin))
    hashed = hash_pin(pin)

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


def hash_pin(pin: str) -> str:
    """The argon2id hash of a PIN, salted; one thread, so that the screen goes on painting beside it (OWASP's values)."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(pin)


def _matches(stored: str, pin: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(stored, pin)
    except (VerificationError, InvalidHashError):
        return False
