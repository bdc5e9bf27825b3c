"""A member's points as the member may see them on the screen of the guests.

No other figure of a member is read here. The one rule to know: a shop without points says nothing of them.
"""

from __future__ import annotations

from salon_desk.services import points
from salon_desk.services.till import Till


def balance(till: Till, member: str) -> int | None:
    """All points that a member has; None where the shop gives none and the member has none. Database worker."""
    with till.read() as transaction:
        figures = points.figures(till, transaction, member)
        given = bool(till.shop(transaction).points.rate)
    return figures.balance if given or figures.balance else None
