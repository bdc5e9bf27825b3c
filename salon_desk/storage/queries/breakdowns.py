"""Who and what made a report's figures: by person, service, product, category and hour.

What was taken and how is in `takings.py`. The one rule: grouped by the database, a few hundred rows at most handed on,
never one a sale (PITFALLS 5).
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, case, func, select

from salon_desk.documents.figures import (
    Breakdown,
    CategoryFigures,
    HourFigures,
    ItemFigures,
    TechnicianFigures,
)
from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import takings
from salon_desk.storage.queries.report_scope import Scope, Scoped, counted, names_of
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables.catalogue import categories, items
from salon_desk.storage.tables.people import staff
from salon_desk.storage.tables.sales import sale_lines, sales

MOST_ROWS = 500
"""Most services, products or technicians in one report, those with the highest net."""
_TEN_MINUTES = len("2026-11-22T15:0")
"""So much of an instant's text groups sales finely enough for any time zone."""


def _if_sale(amount: Any) -> Any:
    return case((sales.c.kind == "sale", amount), else_=0)


def _if_service(amount: Any) -> Any:
    return case((sale_lines.c.item_kind == ItemKind.SERVICE.value, amount), else_=0)


_TECHNICIANS = Scoped(
    lambda within: (
        counted(
            within,
            sale_lines,
            sale_lines.c.technician,
            func.max(staff.c.name).label("name"),
            func.max(staff.c.latin_name).label("latin_name"),
            func.sum(_if_service(sale_lines.c.quantity)).label("services"),
            func.sum(_if_service(sale_lines.c.quantity * sale_lines.c.requested)).label("requested"),
            func.sum(_if_sale(sale_lines.c.list_cents)).label("gross"),
            func.sum(_if_sale(sale_lines.c.discount_cents)).label("discounts"),
            func.sum(sale_lines.c.net_cents).label("net"),
        )
        .outerjoin(staff, staff.c.id == sale_lines.c.technician)
        .group_by(sale_lines.c.technician)
        .order_by(func.sum(sale_lines.c.net_cents).desc(), sale_lines.c.technician)
        .limit(MOST_ROWS)
    )
)
_ITEMS = Scoped(
    lambda within: (
        counted(
            within,
            sale_lines,
            sale_lines.c.item,
            *names_of(sale_lines),
            func.sum(sale_lines.c.quantity).label("quantity"),
            func.sum(sale_lines.c.net_cents).label("net"),
        )
        .where(sale_lines.c.item_kind == bindparam("item_kind"))
        .group_by(sale_lines.c.item)
        .order_by(func.sum(sale_lines.c.net_cents).desc(), sale_lines.c.item)
        .limit(MOST_ROWS)
    )
)
_CATEGORIES = Scoped(
    lambda within: (
        counted(
            within,
            sale_lines,
            items.c.category,
            *names_of(categories),
            func.sum(sale_lines.c.quantity).label("quantity"),
            func.sum(sale_lines.c.net_cents).label("net"),
        )
        .outerjoin(items, items.c.id == sale_lines.c.item)
        .outerjoin(categories, categories.c.id == items.c.category)
        .group_by(items.c.category)
        .order_by(func.sum(sale_lines.c.net_cents).desc(), items.c.category)
        .limit(MOST_ROWS)
    )
)
_MOMENTS = Scoped(
    lambda within: (
        select(
            func.substr(sales.c.sold_at, 1, _TEN_MINUTES).label("moment"),
            func.sum(case((sales.c.kind == "sale", 1), else_=0)).label("sales"),
            func.sum(sales.c.subtotal_cents - sales.c.discount_cents).label("net"),
        )
        .where(within.counted, sales.c.kind.in_(("sale", "refund")))
        .group_by("moment")
    )
)


def breakdown(transaction: Transaction, scope: Scope, *, currency: str, time_zone: str) -> Breakdown:
    """The scope's figures from every side; hours are those of `time_zone`."""
    return Breakdown(
        taxes=takings.taxes(transaction, scope, currency),
        tenders=takings.tenders_taken(transaction, scope, currency),
        tips=takings.tips(transaction, scope, currency),
        technicians=technicians(transaction, scope, currency),
        services=sold(transaction, scope, ItemKind.SERVICE, currency),
        products=sold(transaction, scope, ItemKind.PRODUCT, currency),
        categories=by_category(transaction, scope, currency),
        hours=by_hour(transaction, scope, currency=currency, time_zone=time_zone),
        cash=takings.drawer(transaction, scope, currency),
    )


def technicians(transaction: Transaction, scope: Scope, currency: str) -> tuple[TechnicianFigures, ...]:
    """Each person's work, the highest net first; lines without a person under an empty id."""
    return tuple(
        TechnicianFigures(
            technician=row.technician,
            names=takings.person(row),
            services=row.services,
            requested=row.requested,
            gross=Money(row.gross, currency),
            discounts=Money(row.discounts, currency),
            net=Money(row.net, currency),
        )
        for row in _TECHNICIANS.all(transaction, scope)
    )


def sold(transaction: Transaction, scope: Scope, kind: ItemKind, currency: str) -> tuple[ItemFigures, ...]:
    """Each service or product, the highest net first, under the name it was sold by."""
    return tuple(
        ItemFigures(
            item=row.item, kind=kind, names=names(row), quantity=row.quantity, net=Money(row.net, currency)
        )
        for row in _ITEMS.all(transaction, scope, item_kind=kind.value)
    )


def by_category(transaction: Transaction, scope: Scope, currency: str) -> tuple[CategoryFigures, ...]:
    """Each category of today's catalogue, the highest net first; items without one under an empty id."""
    return tuple(
        CategoryFigures(
            category=row.category or "",
            names=names(row) if row.name_en is not None else Names(""),
            quantity=row.quantity,
            net=Money(row.net, currency),
        )
        for row in _CATEGORIES.all(transaction, scope)
    )


def by_hour(
    transaction: Transaction, scope: Scope, *, currency: str, time_zone: str
) -> tuple[HourFigures, ...]:
    """Each hour of the day in which something was sold or refunded, in the shop's own time."""
    zone = ZoneInfo(time_zone)
    hours: dict[int, tuple[int, int]] = {}
    for row in _MOMENTS.all(transaction, scope):
        hour = parse_instant(f"{row.moment}0:00Z").astimezone(zone).hour
        count, net = hours.get(hour, (0, 0))
        hours[hour] = (count + row.sales, net + row.net)
    return tuple(
        HourFigures(hour=hour, sales=count, net=Money(net, currency))
        for hour, (count, net) in sorted(hours.items())
    )
