"""The figures that reports are made of: frozen rows, each with the names of its day, amounts as Money.

Nothing is summed here (`storage/queries/reports.py` does, in SQL) and nothing is worded. The one rule: voided
documents and their voids are in no figure but the count of voids, so gross - discounts - refunded = net.
"""

from __future__ import annotations

from msgspec import Struct

from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.shift import MovementKind
from salon_desk.domain.tender import TenderKind


class TaxFigures(Struct, frozen=True, kw_only=True):
    """One tax rate: what it was taken from, and what is owed; refunds taken off."""

    rate_id: str
    names: Names
    rate: str
    base: Money
    tax: Money


class TenderFigures(Struct, frozen=True, kw_only=True):
    """One tender: what came in less what went back; `tender` is set for one of the shop's own."""

    kind: TenderKind
    tender: str
    names: Names
    amount: Money
    count: int


class TipFigures(Struct, frozen=True, kw_only=True):
    """One person's tips by what paid them. `due` is what the shop still owes: not left with the person at once, and
    not yet paid out."""

    technician: str
    names: Names
    cash: Money
    card: Money
    other: Money
    total: Money
    paid_out: Money
    due: Money


class TechnicianFigures(Struct, frozen=True, kw_only=True):
    """One person's work: services done (`requested` of them asked for), list price, discounts, net after refunds."""

    technician: str
    names: Names
    services: int
    requested: int
    gross: Money
    discounts: Money
    net: Money


class ItemFigures(Struct, frozen=True, kw_only=True):
    """One service or product: pieces sold and net after refunds."""

    item: str
    kind: ItemKind
    names: Names
    quantity: int
    net: Money


class CategoryFigures(Struct, frozen=True, kw_only=True):
    """One category as the catalogue has it today."""

    category: str
    names: Names
    quantity: int
    net: Money


class HourFigures(Struct, frozen=True, kw_only=True):
    """One hour of the day (0 to 23) in the shop's time: sales in it and their net after refunds."""

    hour: int
    sales: int
    net: Money


class CashFigures(Struct, frozen=True, kw_only=True):
    """What one kind of movement did to the drawer: signed sum and number of movements."""

    kind: MovementKind
    amount: Money
    count: int


class Breakdown(Struct, frozen=True, kw_only=True):
    """The same money looked at from every side."""

    taxes: tuple[TaxFigures, ...]
    tenders: tuple[TenderFigures, ...]
    tips: tuple[TipFigures, ...]
    technicians: tuple[TechnicianFigures, ...]
    services: tuple[ItemFigures, ...]
    products: tuple[ItemFigures, ...]
    categories: tuple[CategoryFigures, ...]
    hours: tuple[HourFigures, ...]
    cash: tuple[CashFigures, ...]
