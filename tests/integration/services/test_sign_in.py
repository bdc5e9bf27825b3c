"""Signing in: the right PIN, the wrong one, the lock, and a manager's word on the spot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salon_desk.domain.access import Permission, Role
from salon_desk.domain.errors import PermissionNeeded, SignInLocked
from salon_desk.services import sign_in
from salon_desk.services.errors import BadPin, PinMissing, UnknownStaff, WrongPin
from salon_desk.services.till import Actor
from tests.integration.services.shop import CASHIER, Shop

OWNER = Actor("owner", Role.OWNER)


@pytest.fixture
def with_pins(closed_shop: Shop) -> Shop:
    sign_in.set_pin(closed_shop.till, closed_shop.command(), None, "amy", "1234")
    sign_in.set_pin(closed_shop.till, closed_shop.command(), OWNER, "wang", "2222")
    return closed_shop


def test_the_right_pin_signs_in_and_no_pin_is_kept_in_clear(with_pins: Shop) -> None:
    signed_in = sign_in.sign_in(with_pins.till, "amy", "1234")
    assert signed_in.actor == CASHIER
    driver = with_pins.till.store.database.driver()
    bodies = b"".join(
        row[0] for row in driver.execute("SELECT body FROM journal WHERE kind = 'staff.pin_set'")
    )
    assert b"1234" not in bodies.replace(b"$argon2id", b"")


def test_five_wrong_pins_lock_for_a_minute_also_after_a_restart(with_pins: Shop) -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPin) as refused:
            sign_in.sign_in(with_pins.till, "amy", "0000")
        assert refused.value.left == left
    with pytest.raises(SignInLocked):
        sign_in.sign_in(with_pins.till, "amy", "0000")
    with pytest.raises(SignInLocked):
        sign_in.sign_in(with_pins.till, "amy", "1234")
    with_pins.clock.instant += timedelta(seconds=61)
    assert sign_in.sign_in(with_pins.till, "amy", "1234").person.staff == "amy"


def test_a_clock_set_back_by_years_locks_for_minutes_only(with_pins: Shop) -> None:
    for _ in range(5):
        with pytest.raises((WrongPin, SignInLocked)):
            sign_in.sign_in(with_pins.till, "amy", "0000")
    with_pins.clock.instant -= timedelta(days=3650)
    with pytest.raises(SignInLocked) as refused:
        sign_in.sign_in(with_pins.till, "amy", "1234")
    assert refused.value.until < "2017"


def test_a_manager_approves_one_act_on_the_spot(with_pins: Shop) -> None:
    lent = sign_in.approve(with_pins.till, CASHIER, Permission.REFUND, "wang", "2222")
    assert (lent.staff, lent.approver) == ("amy", "wang")
    with pytest.raises(PermissionNeeded):
        sign_in.approve(with_pins.till, CASHIER, Permission.REFUND, "amy", "1234")


def test_people_without_a_pin_or_unknown_cannot_sign_in(with_pins: Shop) -> None:
    with pytest.raises(PinMissing):
        sign_in.sign_in(with_pins.till, "kim", "1234")
    with pytest.raises(UnknownStaff):
        sign_in.sign_in(with_pins.till, "nobody", "1234")
    assert {one.staff for one in sign_in.people(with_pins.till)} == {"amy", "wang"}


def test_a_pin_is_four_to_eight_digits_and_set_by_the_owner(with_pins: Shop) -> None:
    for bad in ("123", "123456789", "12a4", "１２３４"):
        with pytest.raises(BadPin):
            sign_in.set_pin(with_pins.till, with_pins.command(), OWNER, "kim", bad)
    with pytest.raises(PermissionNeeded):
        sign_in.set_pin(with_pins.till, with_pins.command(), CASHIER, "kim", "4321")
    with pytest.raises(PermissionNeeded):
        sign_in.set_pin(with_pins.till, with_pins.command(), None, "kim", "4321")
