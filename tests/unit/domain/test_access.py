"""Who may do what, who may lend a permission, and how long wrong PINs lock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from salon_desk.domain.access import Permission, Role, allowed, lockout_until, require
from salon_desk.domain.errors import PermissionNeeded

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def tries(count: int) -> list[datetime]:
    return [NOON + timedelta(seconds=second) for second in range(count)]


def test_the_owner_may_do_everything() -> None:
    assert all(allowed(Role.OWNER, permission) for permission in Permission)


def test_a_manager_may_do_all_but_change_staff_settings_and_whose_data_there_is() -> None:
    denied = {permission for permission in Permission if not allowed(Role.MANAGER, permission)}
    assert denied == {
        Permission.EDIT_STAFF,
        Permission.SETTINGS,
        Permission.PRIVACY,
        Permission.IMPORT,
    }


@pytest.mark.parametrize(
    "permission", [Permission.REFUND, Permission.VOID, Permission.NO_SALE, Permission.VIEW_EXPECTED_CASH]
)
def test_a_cashier_sells_but_needs_somebody_for_what_gives_money_away(permission: Permission) -> None:
    require(Role.CASHIER, Permission.SELL)
    with pytest.raises(PermissionNeeded) as refused:
        require(Role.CASHIER, permission)
    assert refused.value.permission == permission.value
    require(Role.CASHIER, permission, Role.MANAGER)


def test_a_technician_opens_tickets_and_no_drawer() -> None:
    assert {p for p in Permission if allowed(Role.TECHNICIAN, p)} == {Permission.SELL}


def test_an_approver_without_the_permission_does_not_help() -> None:
    with pytest.raises(PermissionNeeded):
        require(Role.CASHIER, Permission.SETTINGS, Role.MANAGER)
    # a cashier may take a top-up, but lends that to nobody
    with pytest.raises(PermissionNeeded):
        require(Role.TECHNICIAN, Permission.TOP_UP, Role.CASHIER)
    require(Role.TECHNICIAN, Permission.TOP_UP, Role.MANAGER)


def test_four_wrong_pins_lock_nothing() -> None:
    assert lockout_until(tries(4), NOON) is None
    assert lockout_until([], NOON) is None


@pytest.mark.parametrize(
    ("failures", "minutes"), [(5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (10, 15), (5000, 15)]
)
def test_the_fifth_wrong_pin_locks_a_minute_and_each_more_twice_as_long_up_to_fifteen(
    failures: int, minutes: int
) -> None:
    wrong = tries(failures)
    until = wrong[-1] + timedelta(minutes=minutes)
    assert lockout_until(wrong, until - timedelta(milliseconds=1)) == until
    assert lockout_until(wrong, until) is None
