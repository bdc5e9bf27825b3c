"""PINs: their hashes, and trying one with a lockout; of staff who sign in and of members who spend.

Whose PIN it is and what it is good for is decided in `sign_in.py` and `proof.py`. The one rule: wrong tries are counted in local
rows, so that a restart does not give five tries more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from salon_desk.domain.access import FREE_TRIES, lockout_until
from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.services.errors import BadPin
from salon_desk.services.till import Till
from salon_desk.storage import local

PIN_LENGTHS = range(4, 9)


@dataclass(frozen=True, slots=True)
class Tried:
    """How a try ended: `who` of those whose PIN it might be, empty for none; `left` tries, or locked `until`."""

    who: str = ""
    left: int = 0
    until: str = ""


def checked(pin: str) -> str:
    """A PIN of four to eight digits. Raises BadPin."""
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS):
        raise BadPin(len(pin))
    return pin


def attempt(till: Till, counted_for: str, hashes: Mapping[str, str], pin: str) -> Tried:
    """Try a PIN that may be of several people, by their hashes; wrong tries count for one name. Database worker."""
    with till.read() as transaction:
        failures = [parse_instant(at) for at in local.sign_in_failures(transaction, counted_for)]
    now = till.store.clock.now()
    failures = _not_ahead(till, counted_for, failures, now)
    locked = lockout_until(failures, now)
    if locked is not None:
        return Tried(until=instant_text(locked))
    who = next((one for one, stored in hashes.items() if _matches(stored, pin)), "")
    if not who:
        local.note_sign_in_failure(till.store, counted_for, instant_text(now))
        again = lockout_until([*failures, now], now)
        return (
            Tried(until=instant_text(again)) if again is not None else Tried(left=FREE_TRIES - len(failures))
        )
    if failures:
        local.forget_sign_in_failures(till.store, counted_for)
    return Tried(who)


def hash_pin(pin: str) -> str:
    """The argon2id hash of a PIN, salted; one thread, so that the screen goes on painting beside it (OWASP's values)."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(pin)


def _not_ahead(till: Till, counted_for: str, failures: list[datetime], now: datetime) -> list[datetime]:
    """Wrong tries under a clock that was ahead count as of now, and are kept so: else they would lock for years."""
    if all(one <= now for one in failures):
        return failures
    moved = [min(one, now) for one in failures]
    local.forget_sign_in_failures(till.store, counted_for)
    for one in moved:
        local.note_sign_in_failure(till.store, counted_for, instant_text(one))
    return moved


def _matches(stored: str, pin: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(stored, pin)
    except (VerificationError, InvalidHashError):
        return False
