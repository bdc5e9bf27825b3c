"""Overdraft: the merchant's own money, given where a card's value lies out of reach, and recovered when it is in reach again.

What is owed is an asset of its own, so that the law of purses holds for it as well: who holds its units may recover them, once.
It never exceeds what the card was last known to be worth (PROTOCOL 4.8, 9).
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_OF_CARD = 10_000
"""Cents that a store may give of one card (PROTOCOL 9), unless the owner says otherwise."""
STORE_TIMES_CARD = 10
"""A store may give so many times in an outage what it may give of one card."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """What is owed already, in cents: of this card at this store, and of all cards at this store."""

    of_card: int
    of_store: int


def overdraft_asset(card_id: str, currency: str) -> str:
    """The asset `overdraft/<card>/<currency>`: what was given on a card and not recovered."""
    return f"overdraft/{card_id}/{currency}"


def card_of_overdraft(asset: str) -> str:
    """The card on which an overdraft was given, empty for any other asset."""
    head, _, rest = asset.partition("/")
    return rest.rpartition("/")[0] if head == "overdraft" else ""


def allowed(missing: int, *, most: int, owed: Exposure, elsewhere: int) -> int:
    """How many cents of `missing` may be given: `most` a card, ten times that a store, never more than lies `elsewhere`."""
    return max(min(missing, most - owed.of_card, STORE_TIMES_CARD * most - owed.of_store, elsewhere), 0)
