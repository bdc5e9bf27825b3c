"""What was taken, and how: by tax rate, by tender, by person tipped, and what moved in the drawer.

Who did the work is in `breakdowns.py`. The one rule: grouped by the database, a few rows handed on (PITFALLS 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, exists, func, or_, select

from salon_desk.documents.figures import CashFigures, TaxFigures, TenderFigures, TipFigures
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.shift import MovementKind
from salon_desk.domain.tender import TenderKind
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries.report_scope import Conditions, Scope, Scoped, counted, names_of
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables.catalogue import tenders
from salon_desk.storage.tables.people import staff
from salon_desk.storage.tables.sales import sale_taxes, sale_tenders, sale_tips, sales
from salon_desk.storage.tables.shifts import cash_movements, tip_payouts

_TAXES = Scoped(
    lambda within: (
        counted(
            within,
            sale_taxes,
            sale_taxes.c.rate_id,
            sale_taxes.c.rate,
            *names_of(sale_taxes),
            func.sum(sale_taxes.c.base_cents).label("base"),
            func.sum(sale_taxes.c.tax_cents).label("tax"),
        )
        .group_by(sale_taxes.c.rate_id, sale_taxes.c.rate)
        .order_by(sale_taxes.c.rate_id, sale_taxes.c.rate)
    )
)
_TENDERS = Scoped(
    lambda within: (
        counted(
            within,
            sale_tenders,
            sale_tenders.c.kind,
            sale_tenders.c.tender,
            *names_of(tenders),
            func.sum(sale_tenders.c.taken_cents).label("taken"),
            func.sum(case((sales.c.kind != "refund", 1), else_=0)).label("payments"),
        )
        .outerjoin(tenders, tenders.c.id == sale_tenders.c.tender)
        .group_by(sale_tenders.c.kind, sale_tenders.c.tender)
        .order_by(sale_tenders.c.kind, sale_tenders.c.tender)
    )
)


def _tips(within: Conditions) -> Any:
    kept = exists().where(
        cash_movements.c.op_id == sale_tips.c.op_id,
        cash_movements.c.kind == MovementKind.CASH_TIP_KEPT.value,
    )
    owed = or_(sale_tips.c.tender_kind != TenderKind.CASH.value, kept)
    return (
        counted(
            within,
            sale_tips,
            sale_tips.c.technician,
            sale_tips.c.tender_kind,
            func.max(staff.c.name).label("name"),
            func.max(staff.c.latin_name).label("latin_name"),
            func.sum(sale_tips.c.cents).label("cents"),
            func.sum(case((owed, sale_tips.c.cents), else_=0)).label("owed"),
        )
        .outerjoin(staff, staff.c.id == sale_tips.c.technician)
        .group_by(sale_tips.c.technician, sale_tips.c.tender_kind)
        .order_by(sale_tips.c.technician, sale_tips.c.tender_kind)
    )


_TIPS = Scoped(_tips)
_PAYOUTS = Scoped(
    lambda within: (
        select(tip_payouts.c.technician, func.sum(tip_payouts.c.cents).label("cents"))
        .where(within.payouts)
        .group_by(tip_payouts.c.technician)
    )
)
_CASH = Scoped(
    lambda within: (
        select(
            cash_movements.c.kind,
            func.sum(cash_movements.c.cents).label("cents"),
            func.count().label("count"),
        )
        .where(within.cash)
        .group_by(cash_movements.c.kind)
    )
)


def taxes(transaction: Transaction, scope: Scope, currency: str) -> tuple[TaxFigures, ...]:
    """Each rate with its base and tax, refunds taken off."""
    return tuple(
        TaxFigures(
            rate_id=row.rate_id,
            names=_names(row),
            rate=row.rate,
            base=Money(row.base, currency),
            tax=Money(row.tax, currency),
        )
        for row in _TAXES.all(transaction, scope)
    )


def tenders_taken(transaction: Transaction, scope: Scope, currency: str) -> tuple[TenderFigures, ...]:
    """Each tender: what really came in (cash after rounding) less what went back; `count` payments."""
    return tuple(
        TenderFigures(
            kind=TenderKind(row.kind),
            tender=row.tender,
            names=_names(row),
            amount=Money(row.taken, currency),
            count=row.payments,
        )
        for row in _TENDERS.all(transaction, scope)
    )


def tips(transaction: Transaction, scope: Scope, currency: str) -> tuple[TipFigures, ...]:
    """Each person's tips, and what of them the shop still owes; in the order of their ids."""
    paid_out = {row.technician: row.cents for row in _PAYOUTS.all(transaction, scope)}
    by_kind: dict[str, dict[str, int]] = {technician: {} for technician in paid_out}
    owed = dict.fromkeys(paid_out, 0)
    people: dict[str, Names] = {}
    for row in _TIPS.all(transaction, scope):
        by_kind.setdefault(row.technician, {})[row.tender_kind] = row.cents
        owed[row.technician] = owed.get(row.technician, 0) + row.owed
        people[row.technician] = person(row)
    return tuple(
        _tip_figures(
            technician,
            people.get(technician, Names("")),
            by_kind[technician],
            owed=owed[technician],
            paid_out=paid_out.get(technician, 0),
            currency=currency,
        )
        for technician in sorted(by_kind)
    )


def _tip_figures(
    technician: str, called: Names, cents: Mapping[str, int], *, owed: int, paid_out: int, currency: str
) -> TipFigures:
    whole = sum(cents.values())
    cash = cents.get(TenderKind.CASH.value, 0)
    card = cents.get(TenderKind.EXTERNAL_CARD.value, 0)
    return TipFigures(
        technician=technician,
        names=called,
        cash=Money(cash, currency),
        card=Money(card, currency),
        other=Money(whole - cash - card, currency),
        total=Money(whole, currency),
        paid_out=Money(paid_out, currency),
        due=Money(owed - paid_out, currency),
    )


def drawer(transaction: Transaction, scope: Scope, currency: str) -> tuple[CashFigures, ...]:
    """What each kind of movement did to the drawer, in the order of the kinds."""
    found = {row.kind: row for row in _CASH.all(transaction, scope)}
    return tuple(
        CashFigures(kind=kind, amount=Money(found[kind.value].cents, currency), count=found[kind.value].count)
        for kind in MovementKind
        if kind.value in found
    )


def person(row: Any) -> Names:
    """A member of staff's two names as Names; empty for somebody unknown."""
    name, latin = row.name or "", row.latin_name or ""
    return Names(latin or name, name or latin)


def _names(row: Any) -> Names:
    """Names of an outer join, empty where nothing was joined."""
    return names(row) if row.name_en is not None else Names("")
