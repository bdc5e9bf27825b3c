"""Operations about overdraft: given at a till that cannot reach a card's value, recovered by head office from units that came home.

Both change the card's purses and the purse of what is owed together, so that value is never made twice (PROTOCOL 4).
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.money import Money
from salon_desk.operations.operation import Moving


class OverdraftGiven(Moving, frozen=True, kw_only=True):
    """The merchant put its own money on a card at `store`, because the card's lies out of reach."""

    KIND: ClassVar[str] = "overdraft.given"
    card: str
    store: str
    amount: Money
    approver: str = ""


class OverdraftRecovered(Moving, frozen=True, kw_only=True):
    """Units of a card that came home were taken for what is owed on it."""

    KIND: ClassVar[str] = "overdraft.recovered"
    card: str
    amount: Money
