"""The places of the rail by name and icon, in their order.

No screen lives here: `bootstrap` says which places there are and why one is off. A value, no Qt.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from salon_desk.i18n import N_
from salon_desk.ui.view_values import RailEntry

WIPE_LOCK: Final = "wipe_lock"
"""The entry that locks the window for wiping, instead of showing a screen."""

PLACES: Final[tuple[RailEntry, ...]] = (
    RailEntry("checkout", "checkout", N_("Checkout")),
    RailEntry("appointments", "appointments", N_("Appointments")),
    RailEntry("floor", "floor", N_("Floor")),
    RailEntry("members", "members", N_("Members")),
    RailEntry("cards", "cards", N_("Cards")),
    RailEntry("reminders", "message", N_("Reminders")),
    RailEntry("refund", "refund", N_("Refunds")),
    RailEntry("stock", "stock", N_("Stock")),
    RailEntry("shift", "shift", N_("Shift")),
    RailEntry("reports", "reports", N_("Reports")),
    RailEntry(WIPE_LOCK, "wipe", N_("Wipe"), at_bottom=True),
    RailEntry("settings", "settings", N_("Settings"), at_bottom=True),
)
LATER: Final = N_("This comes with a later version.")


def rail_entries(there: Mapping[str, str]) -> tuple[RailEntry, ...]:
    """The places named in `there`, each with the reason (msgid) why it is off, or empty when it is not."""
    return tuple(
        RailEntry(place.key, place.icon, place.msgid, there[place.key], place.at_bottom)
        for place in PLACES
        if place.key in there
    )
