"""What the merchant owes for units of an asset, and on which account: the bridge between purses and books.

Cards, gift cards and series are owed as they were paid for. Rights, coupons and claims are no debt of this kind. Whoever checks books
against purses reckons with this and with nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.card import card_of
from salon_desk.domain.gift import gift_of
from salon_desk.domain.series import visit_of

ACCOUNTS = (ledger.STORED_VALUE_PAID, ledger.STORED_VALUE_BONUS, ledger.GIFT_CARDS, ledger.SERIES)
"""The accounts that units in purses stand behind."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Cents of one currency, owed on one account."""

    account: str
    currency: str
    cents: int


def owed_for(asset: str, units: int) -> Owed | None:
    """What is owed for so many units of an asset; None for an asset that is no value."""
    if card_of(asset):
        *_rest, currency, purse = asset.split("/")
        account = {"paid": ledger.STORED_VALUE_PAID, "bonus": ledger.STORED_VALUE_BONUS}.get(purse)
        return Owed(account, currency, units) if account else None
    if gift_of(asset):
        return Owed(ledger.GIFT_CARDS, asset.rpartition("/")[2], units)
    visit = visit_of(asset)
    if visit is not None:
        return Owed(ledger.SERIES, visit.price.currency, units * visit.price.cents)
    return None
