"""What a guest may see of a visit, as one frozen value: the second screen and the pole display are made of it.

No Qt and no word lives here. The one rule to know: what a guest must not see has no field. No name, allergy, note, telephone,
technician or price rule can get onto a screen by way of this value, and a card in it is the guest's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from salon_desk.domain.charge import Means
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names


class Stage(StrEnum):
    """Where the visit is: nobody, lines being added, paying, paying at the terminal, paid."""

    IDLE = "idle"
    LINES = "lines"
    PAYING = "paying"
    TERMINAL = "terminal"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A service or product at its list price. `by_series`: a visit of a series pays it; `given`: it comes for nothing."""

    names: Names
    quantity: int
    amount: Money
    by_series: bool = False
    given: bool = False


@dataclass(frozen=True, slots=True)
class GuestSums:
    """The sums of a visit. `total`: lines less discount, with tax. What series, gift cards and stored value pay is positive.

    `charged`: what a terminal or a wallet took already; `due`: what is left to pay, tip and top-up included.
    """

    discount: Money
    tax: Money
    total: Money
    tip: Money
    top_up: Money
    by_series: Money
    by_gift: Money
    by_value: Money
    charged: Money
    due: Money


@dataclass(frozen=True, slots=True)
class GuestCard:
    """A stored-value card of the guest: what lies on it, now or afterwards, and what of it can be used here."""

    tail: str
    balance: Money
    usable: Money


@dataclass(frozen=True, slots=True)
class TipOffer:
    """A suggested tip; `key` is its percent."""

    key: str
    amount: Money


@dataclass(frozen=True, slots=True)
class GuestTips:
    """What can be chosen as a tip, on the list price of the services. `chosen`: the percent, `TIP_CUSTOM` or `TIP_NONE`.

    `open`: whether the guest may still choose.
    """

    service_list: Money
    offers: tuple[TipOffer, ...]
    chosen: str
    amount: Money
    open: bool


TIP_CUSTOM: Final = "custom"
TIP_NONE: Final = "none"
NO_SHOP: Final = Names("")


@dataclass(frozen=True, slots=True)
class GuestView:
    """What stands there now. `visit` only tells one visit from another. `language`: the guest's.

    `points`: after the payment those that are left, `earned` those that came; `to_charge`: what `means` takes now, None while the
    guest only waits; `to_scan`: the code that the guest's wallet scans for it.
    """

    stage: Stage = Stage.IDLE
    visit: str = ""
    language: str = ""
    shop: Names = NO_SHOP
    lines: tuple[GuestLine, ...] = ()
    sums: GuestSums | None = None
    cards: tuple[GuestCard, ...] = ()
    points: int | None = None
    earned: int = 0
    tips: GuestTips | None = None
    means: Means | None = None
    to_charge: Money | None = None
    to_scan: str = field(default="", repr=False)
    paid: Money | None = None
    change: Money | None = None


NOBODY: Final = GuestView()
