"""The statement of an asset: every movement with date, place, cashier, receipt and the balance after it.

Filled by `services/owned.py`. The one rule: the last balance is the first plus all that moved, and stands on every form of it.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from salon_desk.documents.layout import Document
from salon_desk.documents.report_sheet import Line, Section, Sheet, Value, sheet_document
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.i18n import N_, Catalogue

_HAPPENED: Final[dict[str, str]] = {
    "sale": N_("Visit"),
    "top_up": N_("Top-up"),
    "refund": N_("Refund"),
    "void": N_("Void"),
    "card.topped_up": N_("Top-up"),
    "card.top_up_captured": N_("Payment captured"),
    "card.carried_over": N_("Carried over"),
    "asset.carried_over": N_("Carried over"),
    "import.reversed": N_("Taken back"),
    "card.charged_back": N_("Charged back by the bank"),
    "purse.swapped": N_("Bonus in place of paid value"),
    "receivable.recovered": N_("Owed amount recovered"),
    "overdraft.recovered": N_("Overdraft recovered"),
    "cover.opened": N_("Covered by the shop"),
    "cover.repaid": N_("Cover repaid"),
    "gift.sold": N_("Gift card sold"),
    "value.paid_out": N_("Paid back"),
    "series.sold": N_("Series sold"),
    "points.earned": N_("Points earned"),
    "coupon.given": N_("Coupon given"),
    "bonus.lapsed": N_("Bonus lapsed"),
    "bonus.restored": N_("Lapsed bonus given back"),
}


class StatementLine(Struct, frozen=True, kw_only=True):
    """One movement. `day` is the business day; `change` and `after` are cents where there is a currency.

    `document`: the id of the sale, top-up, refund or void that can be opened, empty for none.
    """

    day: str
    kind: str
    receipt: str
    store: Names
    person: Names
    change: int
    after: int
    document: str = ""


class StatementReport(Struct, frozen=True, kw_only=True):
    """The movements of one asset, oldest first, between the balance before and after; `owner` as the member is called.

    `title`: what it is, in the reader's words. `currency`: empty for visits, points and pieces.
    """

    shop: Names
    time_zone: str
    as_of: str
    title: str
    owner: str
    currency: str
    before: int
    after: int
    lines: tuple[StatementLine, ...]


def statement_sheet(report: StatementReport, say: Catalogue) -> Sheet:
    """The statement as head and sections; pure."""
    first = (Line(say.text("Balance before"), ("", _value(report, report.before))),) if report.before else ()
    moved = tuple(
        Line(_line_name(line, say), (_value(report, line.change), _value(report, line.after)))
        for line in report.lines
    )
    last = (Line(say.text("Balance"), ("", _value(report, report.after)), bold=True),)
    return Sheet(
        kind="statement",
        language=say.language,
        shop=report.shop.in_language(say.language),
        title=say.text("Statement"),
        head=((say.text("Member"), report.owner), (say.text("For"), report.title)),
        sections=(
            Section(
                say.text("Movements"),
                (*first, *moved, *last),
                (say.text("Change"), say.text("Balance")),
            ),
        ),
        as_of=parse_instant(report.as_of),
    )


def statement_document(report: StatementReport, say: Catalogue, *, copy: bool = False) -> Document:
    """The statement for paper; pure."""
    return sheet_document(statement_sheet(report, say), say, copy=copy)


def happened(kind: str, change: int, say: Catalogue) -> str:
    """What a movement was, in a word; one that this program has no word for is said by its sign."""
    if kind in _HAPPENED:
        return say.text(_HAPPENED[kind])
    return say.text("Added") if change >= 0 else say.text("Taken")


def _value(report: StatementReport, units: int) -> Value:
    """Units as a value of a sheet: money where there is a currency, else a number."""
    return Money(units, report.currency) if report.currency else units


def _line_name(line: StatementLine, say: Catalogue) -> str:
    where, who = (names.in_language(say.language) for names in (line.store, line.person))
    parts = (line.day, happened(line.kind, line.change, say), line.receipt, where, who)
    return " · ".join(part for part in parts if part)
