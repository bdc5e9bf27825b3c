"""Operations about savings (储蓄卡): a plan is described, a card joins it, the bonus of one that came to its target is granted.

A deposit is a top-up whose funding names the savings (`payment.py`). They hold opaque ids alone.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.money import Money
from salon_desk.operations.description import Described
from salon_desk.operations.operation import Moving
from salon_desk.operations.payment import Funding


class SavingsPlanDescribed(Described, frozen=True, kw_only=True):
    """A plan that cards can save towards."""

    KIND: ClassVar[str] = "savings_plan.described"


class SavingsJoined(Moving, frozen=True, kw_only=True):
    """A card saves towards a plan from now on, on what was agreed that day: `target`, `bonus`, `coupon` (a promotion), `terms`."""

    KIND: ClassVar[str] = "savings.joined"
    savings: str
    card: str
    plan: str
    store: str
    target: Money
    bonus: Money
    coupon: str = ""
    terms: str = ""


class SavingsGranted(Moving, frozen=True, kw_only=True):
    """The deposits came to the target: the bonus is on the card."""

    KIND: ClassVar[str] = "savings.granted"
    savings: str
    store: str
    funding: Funding
