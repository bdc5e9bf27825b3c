"""What was sent, to whom, why and what came of it, as a list and one by one; and what was written by members.

Why is said in a sentence by `ui/message_sentences.py`. Reads only, in the snapshot of whoever asks; what a person was sent is gone with
the person.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from salon_desk.domain.campaign import RESULT_DAYS
from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.message import MessageState
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.services.message_records import uncertain
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import campaigns, message_lists, messages
from salon_desk.storage.queries.campaigns import Span
from salon_desk.storage.queries.message_lists import Wanted
from salon_desk.storage.queries.messages import Attempt, Message
from salon_desk.storage.queries.stores import place_of

__all__ = ["CameOfIt", "Entry", "Wanted", "came_of", "counts", "entries", "entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One message: as it stands, whom it is for, and every attempt to send it, the first one first."""

    message: Message
    called: Names
    attempts: tuple[Attempt, ...] = ()

    @property
    def last(self) -> Attempt | None:
        """The last attempt."""
        return self.attempts[-1] if self.attempts else None

    @property
    def repeated(self) -> bool:
        """Whether it may have gone out twice, because nobody could tell what became of the first attempt."""
        return uncertain(self.attempts) > 1


@dataclass(frozen=True, slots=True)
class CameOfIt:
    """What the member did in the `days` days after a message: visits, and what was spent before tax. `is_over`: they have passed."""

    visits: int
    spent: Money
    days: int
    is_over: bool


def entries(transaction: Transaction, wanted: Wanted) -> tuple[Entry, ...]:
    """Messages, newest first; the next page begins behind the last one's `message.mark`."""
    return tuple(_entry(transaction, one) for one in message_lists.listed(transaction, wanted))


def entry(transaction: Transaction, message: str) -> Entry | None:
    """One message; None where nobody intends it, or the person was erased."""
    found = messages.message(transaction, message)
    return None if found is None else _entry(transaction, found)


def counts(transaction: Transaction) -> tuple[tuple[MessageState, int], ...]:
    """How many messages are in each state that any is in."""
    many: Counter[MessageState] = Counter()
    for state, _reason, number in message_lists.counts(transaction):
        many[state] += number
    return tuple(many.items())


def came_of(transaction: Transaction, entry: Entry, now: datetime) -> CameOfIt | None:
    """What the member did after the last attempt; None where there was none, or the store is not known here.

    It does not say that the message was why: that takes a group that was held back (`campaign_results.py`).
    """
    place = place_of(transaction, entry.message.store)
    if entry.last is None or place is None:
        return None
    sent, day = parse_instant(entry.last.attempted_at), timedelta(days=1)
    end = sent + RESULT_DAYS * day
    until = max(sent, min(now, end))
    days = ((sent - day).date().isoformat(), (until + day).date().isoformat())
    span = Span(instant_text(sent), instant_text(until), *days)
    visits, cents = campaigns.bought(transaction, entry.message.member, span, place.currency)
    return CameOfIt(visits, Money(cents, place.currency), RESULT_DAYS, now >= end)


def _entry(transaction: Transaction, message: Message) -> Entry:
    name, latin = message_lists.called(transaction, message.member)
    return Entry(message, Names(latin or name, name), tuple(messages.attempts(transaction, message.message)))
