"""Operations of the counter: a completed sale, its refund, its void.

Tickets that are still open are in `ticket.py`, top-ups on their own in `card.py`. A sale keeps everything it
was decided with (names, prices, tax rates, discounts and who bears them, pack version): it is never recomputed.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.pricing import LineDiscount
from salon_desk.domain.series import VisitUse
from salon_desk.domain.tax import TaxPart
from salon_desk.domain.tip import TipPart
from salon_desk.operations.operation import Moving
from salon_desk.operations.payment import Funding, TenderPart
from salon_desk.operations.redeemed import RedeemedPart


class SoldLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line as it was sold. `net` is after discounts, before tax; `taxes` are the line's shares by rate id.

    `visit`: the series that paid it, and what of it was taken.
    """

    line: str
    item: str
    item_kind: ItemKind
    names: Names
    quantity: int
    unit_price: Money
    list_total: Money
    net: Money
    tax_class: str
    technician: str = ""
    requested: bool = False
    discounts: tuple[LineDiscount, ...] = ()
    taxes: tuple[tuple[str, Money], ...] = ()
    visit: VisitUse | None = None


class SaleCompleted(Moving, frozen=True, kw_only=True):
    """A ticket was paid. `total` = lines net + tax; due = total + tips + fundings.

    `cash_tips_left`: tips paid in cash left the drawer with the technician at once. `redeemed`: what discounts spent of the
    member's coupons and points. `points` were earned by it, `points_owed` of them went to what the member owed.
    """

    KIND: ClassVar[str] = "sale.completed"
    ticket: str
    receipt: str
    store: str
    shift: str
    sold_at: str
    member: str
    lines: tuple[SoldLine, ...]
    taxes: tuple[TaxPart, ...]
    tenders: tuple[TenderPart, ...]
    tips: tuple[TipPart, ...]
    fundings: tuple[Funding, ...]
    subtotal: Money
    discount: Money
    tax: Money
    total: Money
    rounding: Money
    rule_pack: str
    cash_tips_left: bool = False
    approver: str = ""
    print_language: str = ""
    redeemed: tuple[RedeemedPart, ...] = ()
    points: int = 0
    points_owed: int = 0


class RefundedLine(msgspec.Struct, frozen=True, kw_only=True):
    """What was given back on one line as it was `sold`: `net` and `tax`, both as positive amounts."""

    sold: SoldLine
    net: Money
    tax: Money


class SaleRefunded(Moving, frozen=True, kw_only=True):
    """Part or all of a sale was given back to the tenders it came from (amounts of `tenders` are negative).

    `fundings`: the top-up that was given back instead of lines, as far as its value was taken back or paid for: `kept` was
    deducted for what had been used, `owed` was booked as owed by the member. `funded`: what the merchant gave back without the
    refund right of its line, which lay out of reach. `put_back`: what of the sale's coupons and points came back; `points`, earned
    by the sale, were taken back, `points_owed` of them are owed because they had been spent.
    """

    KIND: ClassVar[str] = "sale.refunded"
    sale: str
    ticket: str
    receipt: str
    store: str
    shift: str
    sold_at: str
    member: str
    lines: tuple[RefundedLine, ...]
    taxes: tuple[TaxPart, ...]
    tenders: tuple[TenderPart, ...]
    total: Money
    rounding: Money
    reason: str
    approver: str = ""
    print_language: str = ""
    fundings: tuple[Funding, ...] = ()
    kept: Money | None = None
    owed: Money | None = None
    funded: Money | None = None
    put_back: tuple[RedeemedPart, ...] = ()
    points: int = 0
    points_owed: int = 0


class SaleVoided(Moving, frozen=True, kw_only=True):
    """A sale, top-up or sale of value of this shift was undone as a whole, tips included. `value`: what was sold or paid out."""

    KIND: ClassVar[str] = "sale.voided"
    sale: str
    ticket: str
    receipt: str
    store: str
    shift: str
    sold_at: str
    member: str
    lines: tuple[RefundedLine, ...]
    taxes: tuple[TaxPart, ...]
    tenders: tuple[TenderPart, ...]
    tips: tuple[TipPart, ...]
    fundings: tuple[Funding, ...]
    cash_tips_left: bool = False
    total: Money
    rounding: Money
    reason: str
    approver: str = ""
    print_language: str = ""
    value: Money | None = None
