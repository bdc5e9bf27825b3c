"""What may be spoken to a device of a role, by the names that the settings keep; the first of each is the usual one.

No driver lives here. A receipt printer's is found by its self-test, so that none is chosen here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from salon_desk.i18n import N_
from salon_desk.services.device_settings import Role

DRIVERS: Final[Mapping[Role, Mapping[str, str]]] = {
    Role.LABELS: {
        "label-40x30mm": N_("Labels of 40 × 30 mm"),
        "label-50x30mm": N_("Labels of 50 × 30 mm"),
        "generic-58mm": N_("Roll of 58 mm"),
        "generic-80mm": N_("Roll of 80 mm"),
    },
    Role.DISPLAY: {"generic": N_("Latin letters"), "gb18030": N_("Chinese characters")},
    Role.TERMINAL: {"pax": N_("PAX, credit"), "pax-debit": N_("PAX, debit")},
}


def usual_driver(role: Role) -> str:
    """The driver that is meant where none was chosen; empty where the role has one only."""
    return next(iter(DRIVERS.get(role, {})), "")
