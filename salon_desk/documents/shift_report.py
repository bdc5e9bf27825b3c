"""The X and the Z report: a shift's figures, its drawer, its tips, and who and what made them.

Filled by `services/reports.py`. The one rule: a Z's figures are those frozen in its operation; an X shows what is
expected in the drawer only to those who may see it, because the count is blind.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from salon_desk.documents import report_sections as sections
from salon_desk.documents.figures import Breakdown
from salon_desk.documents.layout import Document
from salon_desk.documents.report_sheet import Line, Section, Sheet, sheet_document
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.shift import Denomination
from salon_desk.i18n import Catalogue
from salon_desk.operations.shift import ZFigures


class ShiftReport(Struct, frozen=True, kw_only=True):
    """A shift as it stands (X: `z_number` 0, nothing counted) or as it was closed (Z).

    `from_seq` to `to_seq` are the till's own operation numbers it covers; `expected` is None where it is not shown.
    """

    shop: Names
    till: str
    time_zone: str
    shift: str
    business_day: str
    z_number: int
    from_seq: int
    to_seq: int
    opened_at: str
    opened_by: Names
    closed_at: str
    closed_by: Names
    as_of: str
    figures: ZFigures
    breakdown: Breakdown
    opening_float: Money
    expected: Money | None
    counted: Money | None
    over_short: Money | None
    denominations: tuple[Denomination, ...]
    card_expected: Money
    card_batch: Money | None


def shift_report(report: ShiftReport, say: Catalogue, *, copy: bool = False) -> Document:
    """The report for paper or a terminal; pure. A copy says so in its first row."""
    return sheet_document(shift_sheet(report, say), say, copy=copy)


def shift_sheet(report: ShiftReport, say: Catalogue) -> Sheet:
    """The report as head and sections; pure."""
    figures, breakdown = report.figures, report.breakdown
    title = say.text("Z report {n}", n=report.z_number) if report.z_number else say.text("X report")
    return Sheet(
        kind="z_report" if report.z_number else "x_report",
        language=say.language,
        shop=report.shop.in_language(say.language),
        title=title,
        head=tuple(_head(report, say)),
        sections=(
            sections.sales_section(figures, say),
            sections.taxes_section(breakdown, say),
            sections.tenders_section(breakdown, say),
            *_drawer(report, say),
            _cards(report, say),
            sections.tips_section(breakdown.tips, say),
            sections.stored_value_section(figures, say),
            sections.counts_section(figures, say),
            sections.technicians_section(breakdown, say),
            sections.categories_section(breakdown.categories, say),
            sections.items_section(say.text("Services"), breakdown.services, say),
            sections.items_section(say.text("Products"), breakdown.products, say),
            sections.hours_section(breakdown.hours, say),
        ),
        as_of=parse_instant(report.as_of),
    )


def local_moment(instant: str, time_zone: str) -> datetime:
    """An instant's text in the shop's time."""
    return parse_instant(instant).astimezone(ZoneInfo(time_zone))


def _head(report: ShiftReport, say: Catalogue) -> Iterable[tuple[str, str]]:
    def moment(instant: str) -> str:
        return say.moment(local_moment(instant, report.time_zone))

    yield say.text("Till"), report.till
    yield say.text("Business day"), report.business_day
    yield say.text("Opened at"), moment(report.opened_at)
    if opened_by := report.opened_by.in_language(say.language):
        yield say.text("Opened by"), opened_by
    if report.closed_at:
        yield say.text("Closed at"), moment(report.closed_at)
        if closed_by := report.closed_by.in_language(say.language):
            yield say.text("Closed by"), closed_by
    else:
        yield say.text("As of"), moment(report.as_of)
    numbers = say.text("{first} to {last}", first=report.from_seq, last=report.to_seq)
    yield say.text("Operation numbers"), numbers


def _drawer(report: ShiftReport, say: Catalogue) -> Iterable[Section]:
    """Movements and the count; movements give the expected cash away, so they go with it."""
    if report.expected is not None:
        yield sections.drawer_section(report.breakdown.cash, say)
    lines = [Line(say.text("Opening float"), (report.opening_float,))]
    if report.expected is not None:
        lines.append(Line(say.text("Expected in the drawer"), (report.expected,)))
    if report.counted is not None:
        lines.append(Line(say.text("Counted"), (report.counted,)))
    if report.over_short is not None:
        lines.append(Line(say.text("Over or short"), (report.over_short,), bold=True))
    yield Section(say.text("Count of the drawer"), tuple(lines))
    pieces = [
        Line(say.money(Money(piece.cents, report.opening_float.currency)), (piece.count,))
        for piece in report.denominations
        if piece.count
    ]
    yield Section(say.text("Notes and coins"), tuple(pieces))


def _cards(report: ShiftReport, say: Catalogue) -> Section:
    """The card machine's batch beside what the till took by card."""
    lines = [Line(say.text("Taken by card"), (report.card_expected,))]
    if report.card_batch is not None:
        lines.append(Line(say.text("Batch of the card machine"), (report.card_batch,)))
        lines.append(Line(say.text("Difference"), (report.card_batch - report.card_expected,), bold=True))
    return Section(say.text("Card machine"), tuple(lines))
