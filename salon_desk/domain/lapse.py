"""Bonus that lapses (RULES 2): which part of what lies in a purse was given for days that are over.

Bonus of one card is one asset, whenever it was given. The one rule: what lapses first was spent first, and a holder takes off only
what lies beyond everything that still holds, so that tills that do not hear of each other never take too much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

LAPSED = "lapsed/"


@dataclass(frozen=True, slots=True)
class Lot:
    """Units of bonus given together. `until`: the last ISO day on which they count; empty = without an end."""

    units: int
    until: str = ""

    def is_over(self, day: str) -> bool:
        """Whether they count no more on a day."""
        return bool(self.until) and self.until < day


def lapsing(here: int, lots: Sequence[Lot], day: str) -> int:
    """Of `here` units, those that have lapsed by a day: what is more than all lots that still count, at most what is over."""
    over = sum(one.units for one in lots if one.is_over(day))
    counts = sum(one.units for one in lots) - over
    return max(0, min(here - counts, over))


def lapsed_right(card: str, lapse: str) -> str:
    """The right to give back what one lapse took off a card, once, in cents."""
    return f"{lapsed_of(card)}{quote(lapse, safe='')}"


def lapsed_of(card: str) -> str:
    """What the rights of a card begin with."""
    return f"{LAPSED}{quote(card, safe='')}/"


def lapse_of(asset: str) -> str:
    """The lapse that a right belongs to; empty for any other asset."""
    return unquote(asset.rpartition("/")[2]) if asset.startswith(LAPSED) else ""
