"""The catalogue as the screens show it: categories, tiles, offers, discounts to pick, the shop's own tenders.

Changing it goes through `describe.py`. Everything here is read in one snapshot.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.catalog import Category, Item, TopUpOffer, check_offer
from salon_desk.domain.errors import DomainError
from salon_desk.domain.tender import CustomTender
from salon_desk.domain.ticket import Discount
from salon_desk.services.till import Till
from salon_desk.storage.queries import catalogue
from salon_desk.storage.queries.shop import Shop


@dataclass(frozen=True, slots=True)
class Tiles:
    """A category with its items."""

    category: Category
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """Everything that can be tapped at checkout. Offers are those that may be sold today."""

    shop: Shop
    tiles: tuple[Tiles, ...]
    offers: tuple[TopUpOffer, ...]
    discounts: tuple[Discount, ...]
    tenders: tuple[CustomTender, ...]


def view(till: Till) -> CatalogueView:
    """The catalogue. Raises ShopMissing."""
    with till.read() as transaction:
        day = till.business_day(transaction)
        items = catalogue.items_by_category(transaction, day)
        return CatalogueView(
            shop=till.shop(transaction),
            tiles=tuple(
                Tiles(category, tuple(items.get(category.category_id, ())))
                for category in catalogue.all_categories(transaction, day)
            ),
            offers=tuple(one for one in catalogue.all_offers(transaction, day) if _sold_today(one, day)),
            discounts=tuple(catalogue.all_discounts(transaction, day)),
            tenders=tuple(catalogue.custom_tenders(transaction, day)),
        )


def shop_of(till: Till) -> Shop:
    """The shop, for what every screen says of it. Raises ShopMissing."""
    with till.read() as transaction:
        return till.shop(transaction)


def _sold_today(offer: TopUpOffer, day: str) -> bool:
    try:
        check_offer(offer, day)
    except DomainError:
        return False
    return True
