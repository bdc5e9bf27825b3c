"""Which notes a guest is likely to hand over for an amount: the buttons beside "exact". Pure, no Qt.

No rounding of cash lives here (`domain/tender.py`); the amount that comes in is already what changes hands.
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain.money import Money

MOST: Final = 3
_NOTES: Final = (500, 1_000, 2_000, 5_000, 10_000)


def next_notes(amount: Money, most: int = MOST) -> tuple[Money, ...]:
    """The next sums of notes above `amount`, lowest first: $48.39 gives $50, $60, $100; $100.00 gives none.

    Nobody hands over a note that is not needed, so a sum counts only if it falls short without its smallest note.
    """
    above = sorted({-(-amount.cents // note) * note for note in _NOTES} - {amount.cents})
    return tuple(Money(cents, amount.currency) for cents in above[:most])
