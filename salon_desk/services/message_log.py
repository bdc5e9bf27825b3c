"""What was sent, to whom, why and what came of it, as a list and one by one; and what was written by members.

Why is said in a sentence by `ui/message_sentences.py`. Reads only, in the snapshot of whoever asks; what a person was sent is gone with
the person.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.names import Names
from salon_desk.services.message_records import uncertain
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import message_lists, messages
from salon_desk.storage.queries.message_lists import Wanted
from salon_desk.storage.queries.messages import Attempt, Message

__all__ = ["Entry", "Wanted", "entries", "entry"]


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


def entries(transaction: Transaction, wanted: Wanted) -> tuple[Entry, ...]:
    """Messages, newest first; the next page begins behind the last one's `message.mark`."""
    return tuple(_entry(transaction, one) for one in message_lists.listed(transaction, wanted))


def entry(transaction: Transaction, message: str) -> Entry | None:
    """One message; None where nobody intends it, or the person was erased."""
    found = messages.message(transaction, message)
    return None if found is None else _entry(transaction, found)


def _entry(transaction: Transaction, message: Message) -> Entry:
    name, latin = message_lists.called(transaction, message.member)
    return Entry(message, Names(latin or name, name), tuple(messages.attempts(transaction, message.message)))
