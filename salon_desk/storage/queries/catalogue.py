"""The catalogue: categories, items, offers, discounts to pick, the shop's own tenders.

No price sum here (`domain/pricing.py`). What is not active is not listed, but is still found by its id.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from salon_desk.domain.catalog import Category, Item, ItemKind, TopUpOffer
from salon_desk.domain.money import Money
from salon_desk.domain.tender import CustomTender
from salon_desk.domain.ticket import Bearer, Discount, DiscountScope
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables.catalogue import categories, discounts, items, offers, tenders

_CATEGORIES = Statement(
    lambda: (
        select(categories).where(categories.c.active == 1).order_by(categories.c.position, categories.c.id)
    )
)
_ITEMS = Statement(
    lambda: (
        select(items)
        .where(items.c.active == 1, items.c.category == bindparam("category"))
        .order_by(items.c.position, items.c.id)
        .limit(bindparam("most"))
    )
)
_ITEM = Statement(lambda: select(items).where(items.c.id == bindparam("id")))
_BY_CODE = Statement(lambda: select(items).where(items.c.code == bindparam("code"), items.c.active == 1))
_OFFERS = Statement(
    lambda: select(offers).where(offers.c.active == 1).order_by(offers.c.position, offers.c.id)
)
_OFFER = Statement(lambda: select(offers).where(offers.c.id == bindparam("id")))
_DISCOUNTS = Statement(
    lambda: select(discounts).where(discounts.c.active == 1).order_by(discounts.c.position, discounts.c.id)
)
_DISCOUNT = Statement(lambda: select(discounts).where(discounts.c.id == bindparam("id")))
_TENDERS = Statement(
    lambda: select(tenders).where(tenders.c.active == 1).order_by(tenders.c.position, tenders.c.id)
)

MOST_TILES = 400


def all_categories(transaction: Transaction) -> list[Category]:
    """The categories in their order."""
    return [Category(row.id, names(row), row.hue, row.position) for row in transaction.all(_CATEGORIES)]


def items_of(transaction: Transaction, category: str, most: int = MOST_TILES) -> list[Item]:
    """The items of a category in their order, at most `most`."""
    return [_item(row) for row in transaction.all(_ITEMS, category=category, most=most)]


def item(transaction: Transaction, item_id: str) -> Item | None:
    """One item."""
    row = transaction.one(_ITEM, id=item_id)
    return None if row is None else _item(row)


def item_by_code(transaction: Transaction, code: str) -> Item | None:
    """The item with this barcode."""
    row = transaction.one(_BY_CODE, code=code)
    return None if row is None else _item(row)


def all_offers(transaction: Transaction) -> list[TopUpOffer]:
    """The top-up offers in their order."""
    return [_offer(row) for row in transaction.all(_OFFERS)]


def offer(transaction: Transaction, offer_id: str) -> TopUpOffer | None:
    """One top-up offer."""
    row = transaction.one(_OFFER, id=offer_id)
    return None if row is None else _offer(row)


def all_discounts(transaction: Transaction) -> list[Discount]:
    """The discounts a cashier can pick, in their order."""
    return [_discount(row) for row in transaction.all(_DISCOUNTS)]


def discount(transaction: Transaction, discount_id: str) -> Discount | None:
    """One discount."""
    row = transaction.one(_DISCOUNT, id=discount_id)
    return None if row is None else _discount(row)


def custom_tenders(transaction: Transaction) -> list[CustomTender]:
    """The shop's own tenders in their order."""
    return [
        CustomTender(row.id, names(row), bool(row.needs_reference), bool(row.opens_drawer))
        for row in transaction.all(_TENDERS)
    ]


def _item(row: Any) -> Item:
    price = None if row.price_cents is None else Money(row.price_cents, row.currency)
    return Item(
        item_id=row.id,
        kind=ItemKind(row.kind),
        names=names(row),
        category=row.category,
        price=price,
        minutes=row.minutes,
        tax_class=row.tax_class,
        code=row.code,
    )


def _offer(row: Any) -> TopUpOffer:
    return TopUpOffer(
        offer_id=row.id,
        names=names(row),
        pay=Money(row.pay_cents, row.currency),
        bonus=Money(row.bonus_cents, row.currency),
        from_day=row.from_day or None,
        to_day=row.to_day or None,
        bonus_expires_days=row.bonus_expires_days or None,
        terms=names(row, "terms") if row.terms_en else None,
    )


def _discount(row: Any) -> Discount:
    return Discount(
        discount_id=row.id,
        names=names(row),
        bearer=Bearer(row.bearer),
        amount=None if row.amount_cents is None else Money(row.amount_cents, row.currency),
        percent=row.percent or None,
        scope=DiscountScope(row.scope),
    )
