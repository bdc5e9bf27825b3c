"""A priced ticket as the guest may see it: its lines at list price, and what they come to before anything is paid. No Qt.

Nothing is reckoned here that `domain/pricing` or `services/visits` has not decided.
"""

from __future__ import annotations

from salon_desk.domain.money import Money, total
from salon_desk.domain.pricing import PricedTicket
from salon_desk.services import visits
from salon_desk.ui.guest_view import GuestLine, GuestSums


def lines_of(priced: PricedTicket) -> tuple[GuestLine, ...]:
    """The lines, in the order in which they were added."""
    return tuple(
        GuestLine(one.line.names, one.line.quantity, one.list_total, by_series=one.line.visit is not None)
        for one in priced.lines
    )


def sums_of(priced: PricedTicket) -> GuestSums:
    """The sums while nothing is planned but the visits that pay lines."""
    zero = Money.zero(priced.total.currency)
    by_series = total((one.amount for one in visits.tenders(priced) if one.amount), zero.currency)
    return GuestSums(
        discount=priced.discount,
        tax=priced.tax,
        total=priced.total,
        tip=zero,
        top_up=zero,
        by_series=by_series,
        by_gift=zero,
        by_value=zero,
        charged=zero,
        due=priced.total - by_series,
    )
