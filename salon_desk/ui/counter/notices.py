"""What every screen of the counter says in the same words. No decision lives here.

A notice says what happened, what was kept and what to do.
"""

from __future__ import annotations

from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.view_values import Alert


def payment_card(outlet: Outlet) -> None:
    """A payment card was swiped at the till; its number was dropped before it came here (PITFALLS 23)."""
    words = outlet.catalogue
    outlet.notify(
        Alert.TROUBLE,
        words.text("That is a payment card: use the card terminal."),
        words.text("The till has not kept its number."),
    )
