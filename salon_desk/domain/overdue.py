"""The simple rule for who stays away: over twice one's own usual interval since the last visit.

No chance is reckoned here (`services/leaving_model.py`) and nothing is read. A day is an ordinal (`date.toordinal`); several
sales of one day are one visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LEAST_VISITS = 3
"""Two intervals are the least of which one can be called usual."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often somebody comes. `twice_usual`: twice the median of the days between two visits, so that it is a whole number."""

    visits: int
    first: int
    last: int
    twice_usual: int

    @property
    def usual(self) -> int:
        """The median of the days between two visits, half a day upwards."""
        return (self.twice_usual + 1) // 2


def rhythm(days: Sequence[int]) -> Rhythm | None:
    """The rhythm of visits on different days in their order; None below three of them."""
    if len(days) < LEAST_VISITS:
        return None
    between = sorted(later - earlier for earlier, later in pairwise(days))
    middle = len(between) // 2
    twice = between[middle] + between[middle if len(between) % 2 else middle - 1]
    return Rhythm(len(days), days[0], days[-1], twice)


def is_overdue(found: Rhythm, today: int) -> bool:
    """Whether more than twice the usual interval has passed since the last visit."""
    return today - found.last > found.twice_usual


def lateness(found: Rhythm, today: int) -> int:
    """Thousandths of twice the usual interval that have passed; overdue above 1,000."""
    return (today - found.last) * 1_000 // found.twice_usual
