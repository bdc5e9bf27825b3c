"""What a replay needs of a chain: the real one (`real.py`) and its pure replica (`fold.py`) both are it.

The replay (`replay.py`) decides who comes when and what is counted; a chain decides nothing but where value lies. Cents and
days; a till is (store, number from 0).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from salon_desk.simulation.traces import Event

Till = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a chain is built and what its tills may do. `cards`: those that everybody knows from the beginning, empty.

    `lan`: tills of one store see each other when the link is down.

    `overdraft_cents`: of a card at a store, ten times as much of a store in an outage; 0 for none.
    """

    stores: tuple[str, ...]
    cards: tuple[str, ...] = ()
    tills_per_store: int = 1
    lan: bool = True
    overdraft_cents: int = 0


class Chain(Protocol):
    """A head office and the tills of its stores, at one moment."""

    def turn_to(self, day: float) -> None:
        """It is that day now."""

    def cut(self, store: str) -> None:
        """The link of a store drops."""

    def link(self, store: str) -> None:
        """The link of a store is back; everything is handed over and finds its place."""

    def belongs(self, event: Event) -> None:
        """A member says which store is theirs."""

    def booked(self, event: Event) -> None:
        """A booking is made."""

    def funded(self, event: Event, till: Till) -> None:
        """Value is bought at a till."""

    def visited(self, event: Event, till: Till, *, by_phone: bool) -> tuple[int, int]:
        """A ticket is paid, with as much of the card as it allows: cents paid, and how many of them are overdraft.

        `by_phone`: somebody has a telephone with data, should the link be down.
        """

    def outstanding(self) -> dict[str, int]:
        """By card, the overdraft that was not recovered."""

    def lying(self) -> dict[str, dict[str, int]]:
        """By card, the cents at each place, under way counted where they go to."""

    def close(self) -> None:
        """It is over."""
