"""What the guest sees of the ticket on the right: its lines, what they come to, and what lies on their own cards. No Qt.

A ticket that is parked or empty is nobody's. What may be seen at all is `ui/guest_view.py`'s.
"""

from __future__ import annotations

from salon_desk.domain.ticket import TicketState
from salon_desk.ui.guest_ticket import lines_of, sums_of
from salon_desk.ui.guest_view import NOBODY, GuestCard, GuestView, Stage
from salon_desk.ui.screens.checkout.state import CheckoutState


def guest_at_checkout(state: CheckoutState) -> tuple[GuestView, str]:
    """The view, and whose ticket it is (a member's id or nothing)."""
    current = state.current
    if current is None or current.ticket.state is not TicketState.OPEN or not current.ticket.lines:
        return NOBODY, ""
    member = current.member
    cards = member.cards if member is not None else ()
    view = GuestView(
        stage=Stage.LINES,
        visit=current.ticket.ticket_id,
        language=member.member.language if member is not None else "",
        lines=lines_of(current.priced),
        sums=sums_of(current.priced),
        cards=tuple(
            GuestCard(card.tail, value.balance, value.usable) for card, value in cards if not card.is_gift
        ),
    )
    return view, member.member.member_id if member is not None else ""
