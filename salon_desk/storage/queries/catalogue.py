"""The catalogue: categories, items, offers, discounts to pick, the shop's own tenders.

No price sum here (`domain/pricing.py`). What is not active is not listed, but is still found by its id. Everything is read
for a business day (ISO date), because changes are planned for days (`planned.py`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from salon_desk.domain.catalog import Category, Item, ItemKind, TopUpOffer
from salon_desk.domain.money import Money
from salon_desk.domain.tender import CustomTender
from salon_desk.domain.ticket import Bearer, Discount, DiscountScope
from salon_desk.operations.description import (
    CategoryDescribed,
    Described,
    DiscountDescribed,
    ItemDescribed,
    OfferDescribed,
    TenderDescribed,
)
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.planned import list_on_day, on_day
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables.catalogue import categories, discounts, items, offers, tenders

_CATEGORIES = Statement(
    lambda: (
        select(categories).where(categories.c.active == 1).order_by(categories.c.position, categories.c.id)
    )
)
_ITEMS = Statement(
    lambda: select(items).where(items.c.active == 1).order_by(items.c.category, items.c.position, items.c.id)
)
_ITEM = Statement(lambda: select(items).where(items.c.id == bindparam("id")))
_BY_CODE = Statement(
    lambda: (
        select(items)
        .where(items.c.code == bindparam("code"), items.c.active == 1)
        .order_by(items.c.position, items.c.id)
    )
)
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
_TENDER = Statement(lambda: select(tenders).where(tenders.c.id == bindparam("id")))

MOST_TILES = 400


def all_categories(transaction: Transaction, day: str) -> list[Category]:
    """The categories in their order."""
    rows = _listed(transaction, CategoryDescribed, _CATEGORIES, day)
    return [Category(row.id, names(row), row.hue, row.position) for row in rows]


def items_by_category(transaction: Transaction, day: str, most: int = MOST_TILES) -> dict[str, list[Item]]:
    """By category the items in their order, at most `most` of each."""
    rows = transaction.all(_ITEMS)
    listed = list_on_day(
        transaction,
        ItemDescribed,
        rows,
        day,
        listed=_is_active,
        order=lambda row: (row.category, row.position, row.id),
    )
    found: dict[str, list[Item]] = {}
    for row in listed:
        of_category = found.setdefault(row.category, [])
        if len(of_category) < most:
            of_category.append(_item(row))
    return found


def item(transaction: Transaction, item_id: str, day: str) -> Item | None:
    """One item."""
    row = on_day(transaction, ItemDescribed, transaction.one(_ITEM, id=item_id), day)
    return None if row is None else _item(row)


def item_by_code(transaction: Transaction, code: str, day: str) -> Item | None:
    """The item with this barcode."""
    found = list_on_day(
        transaction,
        ItemDescribed,
        transaction.all(_BY_CODE, code=code),
        day,
        listed=lambda row: row.active == 1 and row.code == code,
        order=_place,
    )
    return _item(found[0]) if found else None


def all_offers(transaction: Transaction, day: str) -> list[TopUpOffer]:
    """The top-up offers in their order."""
    return [_offer(row) for row in _listed(transaction, OfferDescribed, _OFFERS, day)]


def offer(transaction: Transaction, offer_id: str, day: str) -> TopUpOffer | None:
    """One top-up offer."""
    row = on_day(transaction, OfferDescribed, transaction.one(_OFFER, id=offer_id), day)
    return None if row is None else _offer(row)


def all_discounts(transaction: Transaction, day: str) -> list[Discount]:
    """The discounts a cashier can pick, in their order."""
    return [_discount(row) for row in _listed(transaction, DiscountDescribed, _DISCOUNTS, day)]


def discount(transaction: Transaction, discount_id: str, day: str) -> Discount | None:
    """One discount."""
    row = on_day(transaction, DiscountDescribed, transaction.one(_DISCOUNT, id=discount_id), day)
    return None if row is None else _discount(row)


def custom_tenders(transaction: Transaction, day: str) -> list[CustomTender]:
    """The shop's own tenders in their order."""
    return [_tender(row) for row in _listed(transaction, TenderDescribed, _TENDERS, day)]


def custom_tender(transaction: Transaction, tender_id: str, day: str) -> CustomTender | None:
    """One of the shop's own tenders, also one that is no longer offered."""
    row = on_day(transaction, TenderDescribed, transaction.one(_TENDER, id=tender_id), day)
    return None if row is None else _tender(row)


def _listed(transaction: Transaction, kind: type[Described], statement: Statement, day: str) -> list[Any]:
    """What is active on a day, by position."""
    rows = transaction.all(statement)
    return list_on_day(transaction, kind, rows, day, listed=_is_active, order=_place)


def _is_active(row: Any) -> bool:
    return bool(row.active)


def _place(row: Any) -> tuple[int, str]:
    return row.position, row.id


def _tender(row: Any) -> CustomTender:
    return CustomTender(row.id, names(row), bool(row.needs_reference), bool(row.opens_drawer))


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
        coupon=row.coupon,
        coupons=row.coupon_count,
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
