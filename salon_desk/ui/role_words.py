"""What somebody is in the shop, in words: owner, manager, cashier, technician.

No permission is decided here (`domain/access.py`). Faces on the sign-in and approval sheets say it under the name.
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain.access import Role
from salon_desk.i18n import N_, Catalogue

_ROLES: Final[dict[Role, str]] = {
    Role.OWNER: N_("Owner"),
    Role.MANAGER: N_("Manager"),
    Role.CASHIER: N_("Cashier"),
    Role.TECHNICIAN: N_("Technician"),
}


def role_name(role: Role, words: Catalogue) -> str:
    """A role as people call it."""
    return words.text(_ROLES[role])
