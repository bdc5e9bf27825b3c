"""Telling a payment card from everything else that is swiped or scanned, so that it can be dropped.

Nothing is kept and nothing is returned but yes or no. The one rule to know: no digit of a payment
card leaves these functions, neither in a value nor in an error.
"""

from __future__ import annotations

import re

_TRACK_1 = re.compile(r"%[Bb]\s?\d|(?<![0-9A-Za-z])[Bb]\d{12,19}\^")
_NUMBER_WITH_EXPIRY = re.compile(r"(\d{12,40})(?:[=Dd]\d\d(?:0[1-9]|1[0-2])|\^)")
_LONG_NUMBER = re.compile(r"\d{12,}")
_LENGTHS = range(12, 20)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    if not (digits.isascii() and digits.isdigit()):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_payment_card(raw: str) -> bool:
    """Whether a swipe, whole or begun, is that of a payment card (ISO/IEC 7813).

    Track 1 of format B; or 12 to 19 digits that pass Luhn with a month of expiry (or the name of
    track 1) after them, wherever they stand: a reader may lose the first characters.
    """
    if _TRACK_1.search(raw):
        return True
    return any(
        passes_luhn(number) for found in _NUMBER_WITH_EXPIRY.finditer(raw) for number in _numbers(found[1])
    )


def _numbers(digits: str) -> list[str]:
    """The number itself; of more digits than any card has, every end that could be one."""
    if len(digits) in _LENGTHS:
        return [digits]
    return [digits[-length:] for length in _LENGTHS]


def is_payment_track(track: str) -> bool:
    """The same of a magnetic track, where a number that passes Luhn and a separator are enough."""
    return is_payment_card(track) or any(
        passes_luhn(found[1]) for found in re.finditer(r"(?<!\d)(\d{12,19})[=Dd^]", track)
    )


def may_hold_card_number(raw: str) -> bool:
    """Whether 12 to 19 digits in a row pass Luhn anywhere: too risky to be put into a text field."""
    return any(
        passes_luhn(found[0][start : start + length])
        for found in _LONG_NUMBER.finditer(raw)
        for length in _LENGTHS
        for start in range(len(found[0]) - length + 1)
    )
