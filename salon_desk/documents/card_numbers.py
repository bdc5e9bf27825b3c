"""Keeping card numbers off paper: whatever somebody typed, no card number and no expiry date stands there.

Amounts, dates and receipt numbers do not come through here. The rule: last four only, on every copy, reprint and
export (15 USC 1681c(g), RULES 17), also when a cashier typed a whole number as a reference or a reason.
"""

from __future__ import annotations

import re

_TYPED_NUMBER = re.compile(
    r"""\d(?:[\s.=/\-－·]{0,2}\d){11,}          # twelve digits or more, grouped as people type them
        (?:\D{0,12}\d{1,2}\s?[/\-]\s?\d{2,4})?  # and a month and year that follow
    """,
    re.VERBOSE,
)
_TAIL = 4
_MASK = "••"


def without_card_numbers(text: str) -> str:
    """The text with every run of 12 digits or more, and an expiry date joined to it, taken out."""
    return _TYPED_NUMBER.sub(_MASK * 2, text)


def masked_tail(tail: str) -> str:
    """The last four of a card's code as paper shows them: "••4417"; empty for none."""
    return f"{_MASK}{tail[-_TAIL:]}" if tail else ""
