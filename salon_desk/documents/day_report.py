"""The report of a store's business day: all its tills and shifts together, looked at from every side.

Filled by `services/reports.py`. The one rule: it adds up what is known here of that business day; a Z of the day stands
beside it as it was frozen, and what came late is named.
"""

from __future__ import annotations

from msgspec import Struct

from salon_desk.documents import report_sections as sections
from salon_desk.documents.figures import Breakdown
from salon_desk.documents.layout import Document
from salon_desk.documents.report_sheet import Line, Section, Sheet, sheet_document
from salon_desk.documents.store_day import LateDocument, TillDay, late_section, tills_section
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue
from salon_desk.operations.shift import ZFigures


class ClosedShift(Struct, frozen=True, kw_only=True):
    """One Z of the day, and the name of its till."""

    till: str
    z_number: int
    expected: Money
    counted: Money
    over_short: Money


class DayReport(Struct, frozen=True, kw_only=True):
    """The figures from `first_day` to `last_day` (ISO dates, both in it; the same for one day)."""

    shop: Names
    time_zone: str
    first_day: str
    last_day: str
    as_of: str
    figures: ZFigures
    breakdown: Breakdown
    shifts: tuple[ClosedShift, ...]
    tills: tuple[TillDay, ...]
    late: tuple[LateDocument, ...]


def day_report(report: DayReport, say: Catalogue) -> Document:
    """The report for paper or a terminal; pure."""
    return sheet_document(day_sheet(report, say), say)


def day_sheet(report: DayReport, say: Catalogue) -> Sheet:
    """The report as head and sections; pure."""
    figures, breakdown = report.figures, report.breakdown
    days = report.first_day
    if report.last_day != report.first_day:
        days = say.text("{first} to {last}", first=report.first_day, last=report.last_day)
    return Sheet(
        kind="day_report",
        language=say.language,
        shop=report.shop.in_language(say.language),
        title=say.text("Daily report"),
        head=((say.text("Business day"), days),),
        sections=(
            sections.sales_section(figures, say),
            sections.taxes_section(breakdown, say),
            sections.tenders_section(breakdown, say),
            sections.tips_section(breakdown.tips, say),
            sections.stored_value_section(figures, say),
            sections.counts_section(figures, say),
            sections.technicians_section(breakdown, say),
            sections.categories_section(breakdown.categories, say),
            sections.items_section(say.text("Services"), breakdown.services, say),
            sections.items_section(say.text("Products"), breakdown.products, say),
            sections.hours_section(breakdown.hours, say),
            sections.drawer_section(breakdown.cash, say),
            _shifts(report, say),
            *((tills_section(report.tills, say),) if len(report.tills) > 1 else ()),
            *((late_section(report.late, say),) if report.late else ()),
        ),
        as_of=parse_instant(report.as_of),
    )


def _shifts(report: DayReport, say: Catalogue) -> Section:
    several = len(report.tills) > 1
    lines = [
        Line(
            say.text("{till}: Z report {n}", till=one.till, n=one.z_number)
            if several
            else say.text("Z report {n}", n=one.z_number),
            (one.expected, one.counted, one.over_short),
        )
        for one in report.shifts
    ]
    headings = (say.text("Expected"), say.text("Counted"), say.text("Over or short"))
    return Section(say.text("Shifts"), tuple(lines), headings)
