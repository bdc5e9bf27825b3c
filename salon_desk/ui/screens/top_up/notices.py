"""What the top-up screen says in words. No decision lives here.

A notice says what happened, what was kept and what to do.
"""

from __future__ import annotations

from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.view_values import Alert


def no_card(outlet: Outlet) -> None:
    """The member who was chosen has no card."""
    words = outlet.catalogue
    outlet.notify(
        Alert.WAITING,
        words.text("This member has no card yet."),
        words.text("Give one on the member's page, then top it up."),
    )
