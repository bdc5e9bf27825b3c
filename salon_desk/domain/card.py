"""The stored-value card's two purses: what is spent first, and what a refund puts back.

No storage of purses lives here (see `storage/apply/purses.py`). Bonus before paid is law (RULES 3)
and so not a setting; a refund runs in the reverse order of spending.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import InsufficientValue, NegativeAmount
from salon_desk.domain.money import Money


@dataclass(frozen=True, slots=True)
class CardAssets:
    """The names of a card's two purses in one currency (PROTOCOL 1)."""

    paid: str
    bonus: str


@dataclass(frozen=True, slots=True)
class Spend:
    """How an amount is taken from, or put back to, a card's two purses."""

    bonus: Money
    paid: Money

    @property
    def amount(self) -> Money:
        """Bonus and paid together."""
        return self.bonus + self.paid


def card_assets(card_id: str, currency: str) -> CardAssets:
    """The asset names `card/<id>/<currency>/paid` and `.../bonus`."""
    return CardAssets(f"card/{card_id}/{currency}/paid", f"card/{card_id}/{currency}/bonus")


def card_of(asset: str) -> str:
    """The card that an asset belongs to, empty for what belongs to none."""
    head, _, rest = asset.partition("/")
    parts = rest.rsplit("/", 2)
    return parts[0] if head == "card" and len(parts) == 3 else ""


def spend(amount: Money, *, bonus: Money, paid: Money, asset: str = "card") -> Spend:
    """Take `amount` >= 0 from a card: bonus first, then paid.

    Raises InsufficientValue when both together hold less, NegativeAmount below zero.
    """
    if amount.cents < 0:
        raise NegativeAmount("amount", amount.cents)
    if amount > bonus + paid:
        raise InsufficientValue(asset, amount.cents, (bonus + paid).cents)
    from_bonus = min(amount, bonus)
    return Spend(bonus=from_bonus, paid=amount - from_bonus)


def put_back(amount: Money, spent: Spend) -> Spend:
    """Undo `amount` of what was `spent` and not yet put back, in reverse order: paid first, then bonus.

    Raises InsufficientValue when more is asked back than was spent.
    """
    if amount.cents < 0:
        raise NegativeAmount("amount", amount.cents)
    if amount > spent.amount:
        raise InsufficientValue("refund", amount.cents, spent.amount.cents)
    to_paid = min(amount, spent.paid)
    return Spend(bonus=amount - to_paid, paid=to_paid)
