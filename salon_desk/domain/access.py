"""Who may do what: roles, permissions, a manager's approval on the spot, and the lockout after wrong PINs.

No PIN and no hash lives here. A permission that the actor's role lacks may be lent by an approver
whose role has it, for this one act.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from salon_desk.domain.errors import PermissionNeeded

FREE_TRIES = 4
"""Wrong PINs in a row that cost nothing; the fifth locks."""
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(minutes=15)


class Permission(StrEnum):
    """One thing that a role may or may not do."""

    SELL = "sell"
    TOP_UP = "top_up"
    OPEN_SHIFT = "open_shift"
    CLOSE_SHIFT = "close_shift"
    REPRINT = "reprint"
    EDIT_MEMBER = "edit_member"
    MERGE_MEMBERS = "merge_members"
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    DROP = "drop"
    NO_SALE = "no_sale"
    DISCOUNT = "discount"
    OPEN_PRICE = "open_price"
    REFUND = "refund"
    VOID = "void"
    FREEZE_CARD = "freeze_card"
    CARD_REFUND = "card_refund"
    CASH_OUT = "cash_out"
    VIEW_EXPECTED_CASH = "view_expected_cash"
    REPORTS = "reports"
    DEVICES = "devices"
    OVERRIDE = "override"
    OVERDRAFT = "overdraft"
    GO_ON_WITHOUT = "go_on_without"
    GIVE = "give"
    VOUCH = "vouch"
    EDIT_CATALOG = "edit_catalog"
    EDIT_STAFF = "edit_staff"
    SETTINGS = "settings"
    PRIVACY = "privacy"
    IMPORT = "import"
    LAUNCH_CAMPAIGN = "launch_campaign"
    EDIT_TEMPLATES = "edit_templates"
    FOLLOW_UP = "follow_up"


class Role(StrEnum):
    """What somebody is in the shop."""

    OWNER = "owner"
    MANAGER = "manager"
    CASHIER = "cashier"
    TECHNICIAN = "technician"


_CASHIER = frozenset(
    {
        Permission.SELL,
        Permission.TOP_UP,
        Permission.CASH_OUT,
        Permission.OPEN_SHIFT,
        Permission.CLOSE_SHIFT,
        Permission.REPRINT,
        Permission.EDIT_MEMBER,
        Permission.PAID_IN,
    }
)
_OWNER_ONLY = frozenset({Permission.EDIT_STAFF, Permission.SETTINGS, Permission.PRIVACY, Permission.IMPORT})
_GRANTED: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.MANAGER: frozenset(Permission) - _OWNER_ONLY,
    Role.CASHIER: _CASHIER,
    Role.TECHNICIAN: frozenset({Permission.SELL}),
}


def allowed(role: Role, permission: Permission) -> bool:
    """Whether the role has the permission by itself."""
    return permission in _GRANTED[role]


def require(actor_role: Role, permission: Permission, approver_role: Role | None = None) -> None:
    """Let the act pass if the actor, or somebody who approves on the spot, may do it.

    An approver needs the permission and OVERRIDE. Raises PermissionNeeded.
    """
    if allowed(actor_role, permission):
        return
    if (
        approver_role is not None
        and allowed(approver_role, permission)
        and allowed(approver_role, Permission.OVERRIDE)
    ):
        return
    raise PermissionNeeded(permission.value)


def lockout_until(failures: Sequence[datetime], now: datetime) -> datetime | None:
    """Until when a PIN is not even looked at, or None when it may be tried at `now`.

    `failures` are the wrong tries since the last correct one, oldest first (UTC). The fifth locks for
    one minute, each further one for twice as long as the one before, 15 minutes at most.
    """
    over = len(failures) - FREE_TRIES
    if over < 1:
        return None
    # the exponent is capped so that a thousand failures do not overflow a timedelta
    until = failures[-1] + min(FIRST_LOCK * 2 ** min(over - 1, 10), LONGEST_LOCK)
    return until if now < until else None
