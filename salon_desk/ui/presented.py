"""Which cards a reader has read on which ticket, from checkout to the payment; plain Python, in memory only.

What that proves is decided in `domain/proof.py`. After a restart a card is read again: nothing is lost but a tap.
"""

from __future__ import annotations

_MOST_TICKETS = 200


class PresentedCards:
    """By ticket, the ids of cards that were read, never of those that were typed or found. UI thread only."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[str, ...]] = {}

    def note(self, ticket: str, card: str) -> None:
        """A reader read this card on this ticket."""
        before = self._read.pop(ticket, ())
        self._read[ticket] = tuple(dict.fromkeys((*before, card)))
        while len(self._read) > _MOST_TICKETS:
            del self._read[next(iter(self._read))]

    def of(self, ticket: str) -> tuple[str, ...]:
        """The cards that were read on a ticket."""
        return self._read.get(ticket, ())
