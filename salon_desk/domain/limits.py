"""How much the till takes: the highest amount and the longest texts, and the checks for both.

No rule of law and no setting lives here. The limits catch a slipped finger or a barcode scanned into
the wrong field; nothing real in a salon comes near them.
"""

from __future__ import annotations

from salon_desk.domain.errors import AmountTooLarge, CurrencyMismatch, NegativeAmount, TextTooLong
from salon_desk.domain.money import Money

MAX_CENTS = 10_000_000
"""$100,000.00: the highest price, discount, tender and sum of a ticket."""
MAX_NAME = 120
MAX_NOTE = 2_000
MAX_REFERENCE = 64


def check_amount(field: str, amount: Money, currency: str) -> None:
    """Refuse an amount of another currency, below zero or above MAX_CENTS; `field` names it.

    Raises CurrencyMismatch, NegativeAmount, AmountTooLarge.
    """
    if amount.currency != currency:
        raise CurrencyMismatch(currency, amount.currency)
    if amount.cents < 0:
        raise NegativeAmount(field, amount.cents)
    if amount.cents > MAX_CENTS:
        raise AmountTooLarge(field, amount.cents, MAX_CENTS)


def check_text(field: str, text: str, limit: int) -> None:
    """Refuse a text of more than `limit` characters. Raises TextTooLong."""
    if len(text) > limit:
        raise TextTooLong(field, len(text), limit)
