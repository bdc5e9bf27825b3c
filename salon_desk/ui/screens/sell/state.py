"""What the screen that sells gift cards and series knows, as one frozen value. No Qt and no word lives here.

How it is paid is `counter/value_sale.py`'s; `choice` is cents, an offer's id, or an amount of one's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from typing_extensions import override

from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.services.series_sales import Price
from salon_desk.storage.queries.gifts import Greeting
from salon_desk.ui.counter.value_sale import OTHER, SoldValue, ValueSale

AMOUNTS: Final = (2500, 5000, 10000, 20000)
"""What a gift card is sold for at one tap, in cents; any other amount is typed."""
_NO_WORDS: Final = Greeting()


class Ware(StrEnum):
    """What is sold."""

    GIFT = "gift"
    SERIES = "series"


@dataclass(frozen=True, slots=True)
class Sold(SoldValue):
    """What was sold: the code of a gift card, or how many visits."""

    code: str = ""
    visits: int = 0


@dataclass(frozen=True, slots=True)
class SellState(ValueSale):
    """One sale from `begin` to the next. `code`: empty to have one made."""

    ware: Ware = Ware.GIFT
    member: Member | None = None
    prices: tuple[Price, ...] = ()
    code: str = ""
    words: Greeting = _NO_WORDS
    done: Sold | None = None

    @property
    @override
    def asks_whom(self) -> bool:
        """Whether it has to be said first whose it will be: a gift card is nobody's."""
        return self.ware is Ware.SERIES and self.member is None

    @property
    @override
    def guest(self) -> Member | None:
        """Who gets it, where that is known."""
        return self.member

    @property
    @override
    def currency(self) -> str:
        """The shop's currency."""
        return self.catalogue.shop.currency if self.catalogue else "USD"

    @property
    @override
    def pay(self) -> Money:
        """What the guest pays for it, tax included where it is taxed now."""
        if self.ware is Ware.SERIES:
            return self.price.due if self.price else Money.zero(self.currency)
        if self.choice == OTHER:
            return self.typed.money(self.currency)
        return Money(int(self.choice or "0"), self.currency)

    @property
    def price(self) -> Price | None:
        """The series that is chosen."""
        return next((one for one in self.prices if one.offer.offer_id == self.choice), None)
