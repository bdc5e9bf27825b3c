"""What the guest sees of a gift card or a series being sold. No Qt.

How it is paid is `counter/value_guest.py`'s. The words on a gift card and its code are nobody's but the buyer's, and stay away.
"""

from __future__ import annotations

from salon_desk.i18n import N_
from salon_desk.ui.counter.charge_talk import Talk
from salon_desk.ui.counter.value_guest import guest_at_value_sale, house_names
from salon_desk.ui.guest_view import GuestLine, GuestView
from salon_desk.ui.screens.sell.state import SellState


def guest_at_selling(state: SellState, talk: Talk | None) -> tuple[GuestView, str]:
    """The view, and whose series it is."""
    names = state.price.offer.names if state.price is not None else house_names(N_("Gift card"))
    return guest_at_value_sale(state, talk, (GuestLine(names, 1, state.pay),))
