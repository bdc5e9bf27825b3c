"""Numbers and amounts as owners type them into forms, and as forms show them again. No Qt and no word.

What is valid is known by the services; here a ValueError says only that it is no number at all. An empty field is 0.
"""

from __future__ import annotations

from salon_desk.domain.money import Money, parse_money


def whole(text: str) -> int:
    """A whole number of up to eight digits. Raises ValueError."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise ValueError(text)
    return int(text)


def amount(text: str, currency: str) -> Money:
    """An amount with or without a dollar sign. Raises ValueError."""
    try:
        return parse_money(text.removeprefix("$"), currency)
    except ArithmeticError as error:
        raise ValueError(text) from error


def count_text(number: int) -> str:
    """A number for a field, empty for 0."""
    return str(number) if number else ""


def amount_text(amount: Money) -> str:
    """An amount for a field."""
    return f"{amount.cents // 100}.{amount.cents % 100:02d}"
