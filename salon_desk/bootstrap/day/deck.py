"""A deck of cards: chance that keeps its promises, so that a day of some length has seen everything once.

No habit lives here; what is on the cards is said where they are drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Generic, TypeVar

K = TypeVar("K")


class Deck(Generic[K]):
    """So many cards of each kind, shuffled, drawn one by one, shuffled again when they are used up."""

    def __init__(self, dice: Random, kinds: Mapping[K, int]) -> None:
        self._dice = dice
        self._kinds = [kind for kind, number in kinds.items() for _ in range(number)]
        self._left: list[K] = []

    def draw(self) -> K:
        """The next card."""
        if not self._left:
            self._left = list(self._kinds)
            self._dice.shuffle(self._left)
        return self._left.pop()
