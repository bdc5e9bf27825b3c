"""What the guest sees of a top-up: what goes onto the card, the bonus, and the card's balance. No Qt.

How it is paid is `counter/value_guest.py`'s.
"""

from __future__ import annotations

from salon_desk.i18n import N_
from salon_desk.ui.counter.charge_talk import Talk
from salon_desk.ui.counter.value_guest import guest_at_value_sale, house_names
from salon_desk.ui.guest_view import GuestCard, GuestLine, GuestView
from salon_desk.ui.screens.top_up.state import TopUpState


def guest_at_top_up(state: TopUpState, talk: Talk | None) -> tuple[GuestView, str]:
    """The view, and whose card it is; a bonus stands below what is paid for, and costs nothing."""
    offer = state.offer
    lines = [GuestLine(house_names(N_("Top-up")), 1, state.pay)]
    if offer is not None and offer.bonus:
        lines.append(GuestLine(house_names(N_("Bonus")), 1, offer.bonus, given=True))
    card = state.after or (state.card.view if state.card is not None else None)
    own = () if card is None else (GuestCard(card.card.tail, card.value.balance, card.value.usable),)
    return guest_at_value_sale(state, talk, lines, own)
