"""What a discount redeemed of a purse, and how much of it a refund puts back.

Which purse has the right to put it back is the services' business. The one rule: units go back in proportion to what was given
back of the lines that the discount lowered, rounded down; so a coupon, which is one unit, with the last of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from salon_desk.domain.money import Money


@dataclass(frozen=True, slots=True)
class LoweredLine:
    """A line that a discount lowered by `lowered`; `back` of its `whole` (net and tax) was given back by now.

    `returned`: given back as a line, which is all there is to know of one that came to nothing.
    """

    lowered: Money
    whole: Money
    back: Money
    returned: bool

    @property
    def share(self) -> Fraction:
        """How much of the line was given back."""
        if not self.whole:
            return Fraction(int(self.returned))
        return Fraction(min(self.back.cents, self.whole.cents), self.whole.cents)


def put_back_by_now(units: int, lines: Sequence[LoweredLine]) -> int:
    """How many of the units that a discount redeemed have to be back by now; none where it lowered nothing."""
    weight = sum(line.lowered.cents for line in lines)
    if not weight:
        return 0
    back = sum((line.lowered.cents * line.share for line in lines), Fraction(0))
    return int(units * back / weight)
