"""Savings cards (储蓄卡): deposits towards a plan, with a bonus once they come to its target.

The deposits are paid value on the card. Two rights of one unit say how it stands: `savings/…` while the bonus may be granted,
`saved/…` while a granted one may be taken back; whoever holds one uses it, so that either happens once (PROTOCOL 1). A card that is
refunded saves no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from salon_desk.domain.errors import AmountMissing, NegativeAmount, OfferNotValid
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names

SAVING = "savings/"
SAVED = "saved/"
ENDED = "savings-ended/"
_NO_TERMS = Names("")


@dataclass(frozen=True, slots=True)
class SavingsPlan:
    """What the shop offers to save for; days are ISO dates, both inclusive, empty = open. `coupon`: a promotion, or none."""

    plan_id: str
    names: Names
    target: Money
    bonus: Money
    coupon: str = ""
    terms: Names = _NO_TERMS
    from_day: str = ""
    to_day: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the deposits of one card have come."""

    deposited: Money
    target: Money

    @property
    def is_reached(self) -> bool:
        """Whether the deposits have come to the target."""
        return self.deposited >= self.target

    @property
    def permille(self) -> int:
        """How much of the target is there, at most 1000."""
        return min(1000, self.deposited.cents * 1000 // max(self.target.cents, 1))


def check_plan(plan: SavingsPlan, business_day: str) -> None:
    """Let a card join on a business day (ISO date). Raises OfferNotValid, AmountMissing, NegativeAmount."""
    if plan.target.cents <= 0:
        raise AmountMissing("savings_target")
    if plan.bonus.cents < 0:
        raise NegativeAmount("savings_bonus", plan.bonus.cents)
    if plan.from_day > business_day or (plan.to_day and plan.to_day < business_day):
        raise OfferNotValid(plan.plan_id, business_day)


def saving_right(card: str, savings: str) -> str:
    """The right to grant what `savings` comes to, once. One unit."""
    return f"{SAVING}{quote(card, safe='')}/{quote(savings, safe='')}"


def saved_right(card: str, savings: str) -> str:
    """The right to take back what `savings` was granted, once. One unit."""
    return f"{SAVED}{quote(card, safe='')}/{quote(savings, safe='')}"


def savings_ended(card: str, savings: str) -> str:
    """The word that `savings` are over, said where the right to grant them was out of reach. One unit for each time."""
    return f"{ENDED}{quote(card, safe='')}/{quote(savings, safe='')}"


def savings_of(asset: str) -> str:
    """The savings that an open right belongs to; empty for any other asset."""
    return unquote(asset.rpartition("/")[2]) if asset.startswith(SAVING) else ""
