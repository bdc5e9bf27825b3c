"""Value that nobody has touched for as long as the law of the place asks (unclaimed property, RULES 8): who, since when, how much.

Filled by `services/dormancy.py`. Paid and bonus stand apart; the report changes nothing, and dormant value is still honoured.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from salon_desk.documents.layout import Document
from salon_desk.documents.report_sheet import Line, Section, Sheet, sheet_document
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money, total
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue


class DormantValue(Struct, frozen=True, kw_only=True):
    """One card, gift card or series: `kind` is "card", "gift" or "series"; days are ISO dates."""

    kind: str
    tail: str
    name: str
    issued_on: str
    last_act: str
    paid: Money
    bonus: Money


class DormancyReport(Struct, frozen=True, kw_only=True):
    """What was last touched before `before`, by the law of `jurisdiction`: `years`, 0 where it asks for nothing."""

    shop: Names
    as_of: str
    jurisdiction: str
    currency: str
    years: int
    before: str
    values: tuple[DormantValue, ...]


def dormancy_report(report: DormancyReport, say: Catalogue) -> Document:
    """The report for paper or a terminal; pure."""
    return sheet_document(dormancy_sheet(report, say), say)


def dormancy_sheet(report: DormancyReport, say: Catalogue) -> Sheet:
    """The report as head and sections; pure."""
    return Sheet(
        kind="dormancy_report",
        language=say.language,
        shop=report.shop.in_language(say.language),
        title=say.text("Dormant value"),
        head=(),
        sections=(_rule(report, say), _values(report, say)),
        as_of=parse_instant(report.as_of),
    )


def _rule(report: DormancyReport, say: Catalogue) -> Section:
    if not report.years:
        return Section(say.text("By the law of {place}", place=report.jurisdiction), ())
    before = say.day(date.fromisoformat(report.before), year=True)
    lines = (
        Line(say.text("Years without an act of the owner"), (report.years,)),
        Line(say.text("Last touched before {day}", day=before), (len(report.values),)),
    )
    return Section(say.text("By the law of {place}", place=report.jurisdiction), lines)


def _values(report: DormancyReport, say: Catalogue) -> Section:
    lines = [Line(_told(one, say), (one.paid, one.bonus)) for one in report.values]
    if lines:
        sums = (
            total((one.paid for one in report.values), report.currency),
            total((one.bonus for one in report.values), report.currency),
        )
        lines.append(Line(say.text("Total"), sums, bold=True))
    return Section(say.text("Dormant value"), tuple(lines), (say.text("Paid value"), say.text("Bonus")))


def _told(one: DormantValue, say: Catalogue) -> str:
    kinds = {"card": say.text("Card"), "gift": say.text("Gift card"), "series": say.text("Series")}
    return say.text(
        "{kind} {tail} {name}: issued {issued}, last {last}",
        kind=kinds[one.kind],
        tail=one.tail,
        name=one.name,
        issued=one.issued_on,
        last=one.last_act,
    )
