"""What the shop sells: services, products, categories and top-up offers.

No tax rate (see `tax`) and no stock lives here. Open price is `price=None`; a bonus that may lapse
is sold only with its text (RULES 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain.errors import AmountMissing, BonusTermsMissing, NegativeAmount, OfferNotValid
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names


class ItemKind(StrEnum):
    """Whether hands or a shelf provide it."""

    SERVICE = "service"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Item:
    """A service or product. `price` None means open price; `tax_class` such as "service.nail" or "goods"."""

    item_id: str
    kind: ItemKind
    names: Names
    category: str
    price: Money | None
    minutes: int
    tax_class: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A group of tiles; `hue` names a colour token, `order` its place from the left."""

    category_id: str
    names: Names
    hue: str
    order: int


@dataclass(frozen=True, slots=True)
class TopUpOffer:
    """Pay so much, get so much bonus, and `coupons` of a promotion; days are ISO dates, both inclusive, None = open."""

    offer_id: str
    names: Names
    pay: Money
    bonus: Money
    from_day: str | None = None
    to_day: str | None = None
    bonus_expires_days: int | None = None
    terms: Names | None = None
    coupon: str = ""
    coupons: int = 0


def check_offer(offer: TopUpOffer, business_day: str) -> None:
    """Let an offer be sold on a business day (ISO date), or refuse it.

    Raises OfferNotValid outside its dates, BonusTermsMissing when its bonus may lapse and no text
    says so (RULES 2), AmountMissing or NegativeAmount for amounts that are no offer.
    """
    if offer.pay.cents < 0:
        raise NegativeAmount("pay", offer.pay.cents)
    if not offer.pay:
        raise AmountMissing("pay")
    if offer.bonus < Money.zero(offer.pay.currency):
        raise NegativeAmount("bonus", offer.bonus.cents)
    too_early = offer.from_day is not None and business_day < offer.from_day
    too_late = offer.to_day is not None and business_day > offer.to_day
    if too_early or too_late:
        raise OfferNotValid(offer.offer_id, business_day)
    told = offer.terms is not None and offer.terms.in_language("en").strip() != ""
    if offer.bonus and offer.bonus_expires_days is not None and not told:
        raise BonusTermsMissing(offer.offer_id)
