"""The sections that several reports share: what was sold, taxes, tenders, tips, stored value, the drawer, who and what.

Which of them a report shows, and in which order, is in its own module. The one rule: figures are shown as they were
given, and a total stands only where its parts stand above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from salon_desk.documents.figures import (
    Breakdown,
    CashFigures,
    CategoryFigures,
    HourFigures,
    ItemFigures,
    TenderFigures,
    TipFigures,
)
from salon_desk.documents.receipt_parts import percent
from salon_desk.documents.report_sheet import Line, Section
from salon_desk.documents.wallet_names import wallet_name
from salon_desk.domain.money import Money, total
from salon_desk.domain.shift import MovementKind
from salon_desk.domain.tender import TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.operations.shift import ZFigures


def sales_section(figures: ZFigures, say: Catalogue) -> Section:
    """From list price to net, the tax on it, and what else was taken: its last line is all that came in."""
    zero = figures.net - figures.net
    taken = total((tender.amount for tender in figures.tenders), zero.currency)
    lines = [
        Line(say.text("Gross sales"), (figures.gross,)),
        Line(say.text("Discounts"), (-figures.discounts,)),
        Line(say.text("Refunds before tax"), (-figures.refunded,)),
        Line(say.text("Net sales"), (figures.net,), bold=True),
        Line(say.text("Tax"), (figures.tax,)),
        Line(say.text("Tips"), (figures.tips,)),
        Line(say.text("Stored value sold"), (figures.paid_value_sold,)),
        *_other_value(figures, say),
        Line(say.text("Cash rounding"), (figures.rounding,)),
        Line(say.text("Taken in all"), (taken,), bold=True),
    ]
    return Section(say.text("Sales"), tuple(lines))


def _other_value(figures: ZFigures, say: Catalogue) -> list[Line]:
    """Gift cards and series sold, and what was paid out of value; what there was none of is left out."""
    told = (
        (say.text("Gift cards sold"), figures.gifts_sold),
        (say.text("Series sold"), figures.series_sold),
        (say.text("Value paid out"), -figures.value_paid_out if figures.value_paid_out else None),
    )
    return [Line(name, (amount,)) for name, amount in told if amount]


def counts_section(figures: ZFigures, say: Catalogue) -> Section:
    """How often each thing happened."""
    lines = (
        Line(say.text("Sales"), (figures.sales,)),
        Line(say.text("Top-ups"), (figures.top_ups,)),
        Line(say.text("Refunds"), (figures.refunds,)),
        Line(say.text("Voids"), (figures.voids,)),
        Line(say.text("Drawer opened without a sale"), (figures.no_sales,)),
    )
    return Section(say.text("How often"), lines)


def taxes_section(breakdown: Breakdown, say: Catalogue) -> Section:
    """Each tax with its base."""
    lines = [
        Line(
            say.text("{tax} {percent}%", tax=tax.names.in_language(say.language), percent=percent(tax.rate)),
            (tax.base, tax.tax),
        )
        for tax in breakdown.taxes
    ]
    return Section(say.text("Taxes"), tuple(lines), (say.text("Taxed"), say.text("Tax")))


def tenders_section(breakdown: Breakdown, say: Catalogue) -> Section:
    """What came in by each tender, less what went back."""
    lines = [Line(tender_name(tender, say), (tender.count, tender.amount)) for tender in breakdown.tenders]
    if lines:
        amounts = [tender.amount for tender in breakdown.tenders]
        count = sum(tender.count for tender in breakdown.tenders)
        lines.append(Line(say.text("Total"), (count, total(amounts, amounts[0].currency)), bold=True))
    return Section(say.text("Tenders"), tuple(lines), (say.text("Number"), say.text("Amount")))


def tender_name(tender: TenderFigures, say: Catalogue) -> str:
    """A tender as the reader calls it."""
    match tender.kind:
        case TenderKind.STORED_VALUE:
            return say.text("Stored value")
        case TenderKind.GIFT_CARD:
            return say.text("Gift card")
        case TenderKind.SERIES:
            return say.text("Series visit")
        case TenderKind.CASH:
            return say.text("Cash")
        case TenderKind.EXTERNAL_CARD:
            return say.text("Card")
        case TenderKind.WALLET:
            return say.text(wallet_name(tender.tender))
        case TenderKind.CUSTOM:
            return tender.names.in_language(say.language) or say.text("Other tender")
        case _:
            assert_never(tender.kind)


def tips_section(tips: Sequence[TipFigures], say: Catalogue) -> Section:
    """Each person's tips and what of them is still owed."""
    lines = [
        Line(tip.names.in_language(say.language), (tip.cash, tip.card + tip.other, tip.due)) for tip in tips
    ]
    headings = (say.text("Cash"), say.text("Not cash"), say.text("Owed"))
    return Section(say.text("Tips by person"), tuple(lines), headings)


def stored_value_section(figures: ZFigures, say: Catalogue) -> Section:
    """Value sold, given and spent, and what is owed on all cards."""
    lines: tuple[Line, ...] = (
        Line(say.text("Paid value sold"), (figures.paid_value_sold,)),
        Line(say.text("Bonus given"), (figures.bonus_given,)),
        Line(say.text("Paid value redeemed"), (figures.paid_value_redeemed,)),
        Line(say.text("Bonus redeemed"), (figures.bonus_redeemed,)),
        Line(say.text("Owed on cards, paid"), (figures.card_liability_paid,), bold=True),
        Line(say.text("Owed on cards, bonus"), (figures.card_liability_bonus,), bold=True),
    )
    owed = (
        (say.text("Owed on gift cards"), figures.gift_liability),
        (say.text("Owed on series"), figures.series_liability),
    )
    lines += tuple(Line(name, (amount,), bold=True) for name, amount in owed if amount)
    return Section(say.text("Stored value"), lines)


def drawer_section(cash: Iterable[CashFigures], say: Catalogue) -> Section:
    """Every kind of movement of cash."""
    lines = [Line(_movement(one.kind, say), (one.count, one.amount)) for one in cash]
    return Section(say.text("Drawer"), tuple(lines), (say.text("Number"), say.text("Amount")))


def _movement(kind: MovementKind, say: Catalogue) -> str:
    match kind:
        case MovementKind.FLOAT:
            return say.text("Opening float")
        case MovementKind.SALE | MovementKind.CHANGE:
            return say.text("Cash from sales and top-ups")
        case MovementKind.CASH_TIP_KEPT:
            return say.text("Cash tips kept in the drawer")
        case MovementKind.REFUND:
            return say.text("Cash given back")
        case MovementKind.PAID_IN:
            return say.text("Paid in")
        case MovementKind.PAID_OUT:
            return say.text("Paid out")
        case MovementKind.DROP:
            return say.text("Drops to the safe")
        case MovementKind.TIP_PAID_OUT:
            return say.text("Tips paid out")
        case _:
            assert_never(kind)


def technicians_section(breakdown: Breakdown, say: Catalogue) -> Section:
    """Each person's services and net sales."""
    lines = [
        Line(
            one.names.in_language(say.language) or say.text("Without technician"),
            (one.services, one.requested, one.net),
        )
        for one in breakdown.technicians
    ]
    headings = (say.text("Services"), say.text("Requested"), say.text("Net"))
    return Section(say.text("By technician"), tuple(lines), headings, bars=2)


def items_section(title: str, items: Iterable[ItemFigures], say: Catalogue) -> Section:
    """What was sold of each service or product."""
    return _sold(title, ((one.names.in_language(say.language), one.quantity, one.net) for one in items), say)


def categories_section(categories: Iterable[CategoryFigures], say: Catalogue) -> Section:
    """What was sold of each category."""
    rows = (
        (one.names.in_language(say.language) or say.text("Without category"), one.quantity, one.net)
        for one in categories
    )
    return _sold(say.text("By category"), rows, say, bars=1)


def hours_section(hours: Iterable[HourFigures], say: Catalogue) -> Section:
    """When it was busy."""
    rows = ((f"{one.hour:02d}:00", one.sales, one.net) for one in hours)
    return _sold(say.text("By hour"), rows, say, count=say.text("Sales"), bars=1)


def _sold(
    title: str,
    rows: Iterable[tuple[str, int, Money]],
    say: Catalogue,
    *,
    count: str = "",
    bars: int | None = None,
) -> Section:
    lines = tuple(Line(name, (number, net)) for name, number, net in rows)
    return Section(title, lines, (count or say.text("Quantity"), say.text("Net")), bars=bars)
