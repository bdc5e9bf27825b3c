"""Operations about claims on a card: what its member owes is recovered, bonus takes the place of paid value spent before it.

How a claim comes to be is part of the operation that makes it (a refund, a sale, a chargeback). Each debits the claim's own purse
with the card's, so that it happens once (PROTOCOL 1).
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.money import Money
from salon_desk.operations.operation import Moving


class ReceivableRecovered(Moving, frozen=True, kw_only=True):
    """Units of a card were taken for what its member owes the merchant since an undo or a chargeback at `store`."""

    KIND: ClassVar[str] = "receivable.recovered"
    card: str
    store: str
    amount: Money


class TopUpChargedBack(Moving, frozen=True, kw_only=True):
    """A bank took back `amount` of what a top-up was paid with: what was left of its value is off the card.

    `lost` is the merchant's, `owed` the member's; one of the two is zero.
    """

    KIND: ClassVar[str] = "card.charged_back"
    card: str
    store: str
    sale: str
    amount: Money
    lost: Money
    owed: Money
    reason: str


class ValueSwapped(Moving, frozen=True, kw_only=True):
    """Bonus took the place of paid value that a sale at `store` spent while the bonus lay out of reach."""

    KIND: ClassVar[str] = "purse.swapped"
    card: str
    store: str
    sale: str
    amount: Money


class RefundRightUsed(Moving, frozen=True, kw_only=True):
    """A refund right came home after the merchant had given its money back without it: both end, so far as they go."""

    KIND: ClassVar[str] = "refund.right_used"
    right: str
    units: int
