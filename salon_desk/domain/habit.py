"""A member's habit: how often somebody comes, what a visit comes to, what was spent; nothing but documents are needed for it.

Nothing is read here (`storage/queries/habits.py`) and nothing follows from it (`trigger.py`, `segment.py`). Days are ordinals
(`date.toordinal`); several sales of one business day are one visit, a voided sale is none, and what was given back later is no
part of a ticket.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from salon_desk.domain.overdue import rhythm

LAST_TICKETS = 10
"""The usual ticket is the median of so many of the last visits."""


class Document(Protocol):
    """A sale, refund, top-up or void of a member, as it lies in a list. `cents`: before tax, below zero where given back."""

    @property
    def op_id(self) -> str:
        """Its operation."""
        ...

    @property
    def kind(self) -> str:
        """What it is: "sale", "refund", "top_up", "void" or another."""
        ...

    @property
    def of_sale(self) -> str:
        """What a refund gives back."""
        ...

    @property
    def business_day(self) -> str:
        """An ISO date."""
        ...

    @property
    def sold_at(self) -> str:
        """An instant as operations keep it."""
        ...

    @property
    def store(self) -> str:
        """Where."""
        ...

    @property
    def currency(self) -> str:
        """Of its cents."""
        ...

    @property
    def cents(self) -> int:
        """Goods and services before tax."""
        ...

    @property
    def funded(self) -> int:
        """Cents of value that were sold with it."""
        ...

    @property
    def voided_by(self) -> str:
        """What undid it, empty while it stands."""
        ...


@dataclass(frozen=True, slots=True)
class Visit:
    """A day on which somebody was here. `cents`: what it came to before tax, without what was given back; `sale`: the last one."""

    day: int
    cents: int
    sale: str
    store: str


@dataclass(frozen=True, slots=True)
class History:
    """Visits in the order of their days; what was spent by day, refunds on their own; and the last top-up, empty without one."""

    visits: tuple[Visit, ...] = ()
    spent: tuple[tuple[int, int], ...] = ()
    top_up: str = ""

    def until(self, day: int) -> Sequence[Visit]:
        """The visits up to a day, that one included."""
        if not self.visits or self.visits[-1].day <= day:
            return self.visits
        return self.visits[: bisect_right(self.visits, day, key=_day)]

    def visits_within(self, today: int, days: int) -> int:
        """How many visits lie in the last so many days, today the last of them."""
        upto = bisect_right(self.visits, today, key=_day)
        return upto - bisect_right(self.visits, today - days, key=_day)

    def spent_within(self, today: int, days: int) -> int:
        """Cents spent in the last so many days, less what was given back in them."""
        return sum(cents for day, cents in self.spent if today - days < day <= today)


@dataclass(frozen=True, slots=True)
class Habit:
    """What the visits up to a day come to. No visits: 0 for the days; None for what cannot be called usual yet.

    `usual_ticket` in cents: the median of the last ten visits that cost something. `usual_gap` in days: the median of the days
    between two visits, from three visits on.
    """

    number: int = 0
    first: int = 0
    last: int = 0
    last_sale: str = ""
    store: str = ""
    usual_ticket: int | None = None
    usual_gap: int | None = None


def history(documents: Iterable[Document], currency: str) -> History:
    """The history in a person's documents, in any order. Amounts of another currency count as visits, not as money."""
    sales: list[Document] = []
    back: dict[str, list[Document]] = {}
    funded: list[Document] = []
    for one in documents:
        if one.voided_by:
            continue
        if one.kind == "sale":
            sales.append(one)
        elif one.kind == "refund":
            back.setdefault(one.of_sale, []).append(one)
        if one.funded > 0:
            funded.append(one)
    sales.sort(key=_order)
    spent: list[tuple[int, int]] = []
    visits: list[Visit] = []
    for one in sales:
        day, cents = date.fromisoformat(one.business_day).toordinal(), 0
        if one.currency == currency:
            cents = one.cents
            spent.append((day, cents))
            for refund in back.get(one.op_id, ()):
                cents += refund.cents
                spent.append((date.fromisoformat(refund.business_day).toordinal(), refund.cents))
        if visits and visits[-1].day == day:
            cents += visits.pop().cents
        visits.append(Visit(day, cents, one.op_id, one.store))
    top_up = max(funded, key=_order).op_id if funded else ""
    return History(tuple(visits), tuple(spent), top_up)


def habit(visits: Sequence[Visit]) -> Habit:
    """What visits in the order of their days come to."""
    if not visits:
        return Habit()
    last = visits[-1]
    usual = rhythm([one.day for one in visits])
    return Habit(
        number=len(visits),
        first=visits[0].day,
        last=last.day,
        last_sale=last.sale,
        store=last.store,
        usual_ticket=usual_ticket(visits),
        usual_gap=usual.usual if usual else None,
    )


def usual_ticket(visits: Sequence[Visit]) -> int | None:
    """The median of the last ten visits that cost something, rounded down to the cent; None where none did."""
    cents = sorted([one.cents for one in visits if one.cents > 0][-LAST_TICKETS:])
    if not cents:
        return None
    middle = len(cents) // 2
    return (cents[middle] + cents[middle if len(cents) % 2 else middle - 1]) // 2


def _day(visit: Visit) -> int:
    return visit.day


def _order(document: Document) -> tuple[str, str, str]:
    return document.business_day, document.sold_at, document.op_id
