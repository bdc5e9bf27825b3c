"""What came of a campaign within thirty days: who came back and what they spent, against those who were held back.

Everybody whom it was for counts, whether the message arrived or not: who cannot be reached is in both groups alike. Nothing is recorded;
what may be said of the difference is `domain/campaign.py`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from salon_desk.domain.campaign import (
    RESULT_DAYS,
    Group,
    Interval,
    is_held_back,
    more_came_back,
    more_spent,
)
from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.message import MessageState
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import campaigns, message_lists
from salon_desk.storage.queries.campaigns import Campaign, Span
from salon_desk.storage.queries.merges import canonical
from salon_desk.storage.queries.stores import place_of

A_STEP = 200
"""Members that are looked at in one go: some ten milliseconds."""
MOST_NAMED = 500
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Came:
    """A member who was written to and came back: how often, and the cents spent before tax."""

    member: str
    visits: int
    spent_cents: int


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it up to `until`, an instant. `is_over`: the thirty days have passed. Money in `currency`, before tax.

    `sent`: how its messages stand, by state and by the last reason against them. `came_back`, `spent`: those written to less those
    held back, None where a group is too small to say anything. `people`: those of the written who came back, who spent most first.
    """

    campaign: Campaign
    until: str
    is_over: bool
    currency: str
    written: Group
    held_back: Group
    came_back: Interval | None
    spent: Interval | None
    sent: tuple[tuple[MessageState, str, int], ...]
    people: tuple[Came, ...]


class Tallying:
    """The result of a campaign in steps, each a read of its own. `result` is there when `step` says that there is no more."""

    def __init__(self, campaign: Campaign, now: datetime) -> None:
        self._campaign = campaign
        begin = parse_instant(campaign.due_at)
        end = begin + timedelta(days=RESULT_DAYS)
        self._is_over = now >= end
        until = max(begin, min(now, end))
        self._span = Span(
            instant_text(begin),
            instant_text(until),
            (begin - _A_DAY).date().isoformat(),
            (until + _A_DAY).date().isoformat(),
        )
        self._number = self._start = 0
        self._currency: str | None = None
        self._written, self._held_back = Group(), Group()
        self._came: list[Came] = []
        self.result: Result | None = None

    @property
    def progress(self) -> tuple[int, int]:
        """How many of how many members were looked at."""
        return self._written.size + self._held_back.size, self._campaign.audience

    def step(self, transaction: Transaction) -> bool:
        """Look at some more; whether there is more. Any read of the database."""
        if self._currency is None:
            place = place_of(transaction, self._campaign.store)
            self._currency = place.currency if place else ""
        batch = campaigns.batch(transaction, self._campaign.campaign, self._number)
        if batch is None:
            self.result = self._made(transaction, self._currency)
            return False
        self._number = batch[0]
        for member in batch[1][self._start : self._start + A_STEP]:
            self._count(transaction, member, self._currency)
        self._start += A_STEP
        if self._start >= len(batch[1]):
            self._number, self._start = self._number + 1, 0
        return True

    def _count(self, transaction: Transaction, member: str, currency: str) -> None:
        """A member who was merged into another since is that one's."""
        if canonical(transaction, member) != member:
            return
        visits, spent = campaigns.bought(transaction, member, self._span, currency)
        if is_held_back(self._campaign.campaign, member, self._campaign.held_back_percent):
            self._held_back = _with(self._held_back, visits, spent)
        else:
            self._written = _with(self._written, visits, spent)
            if visits:
                self._came.append(Came(member, visits, spent))

    def _made(self, transaction: Transaction, currency: str) -> Result:
        return Result(
            campaign=self._campaign,
            until=self._span.upto,
            is_over=self._is_over,
            currency=currency,
            written=self._written,
            held_back=self._held_back,
            came_back=more_came_back(self._written, self._held_back),
            spent=more_spent(self._written, self._held_back),
            sent=tuple(message_lists.counts(transaction, self._campaign.campaign)),
            people=tuple(sorted(self._came, key=lambda one: (-one.spent_cents, one.member))[:MOST_NAMED]),
        )


def _with(group: Group, visits: int, cents: int) -> Group:
    return replace(
        group,
        size=group.size + 1,
        came_back=group.came_back + (visits > 0),
        spent_cents=group.spent_cents + cents,
        squares=group.squares + cents * cents,
    )
