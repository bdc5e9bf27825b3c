"""What the shop owes: the value on its members' cards by its purses and by the ledger, tips and taxes by the ledger.

Filled by `services/reports.py`. The one rule: purses and ledger are two roads to the same sum, and a difference is
shown, never hidden.
"""

from __future__ import annotations

from msgspec import Struct

from salon_desk.documents.layout import Document
from salon_desk.documents.report_sheet import Line, Section, Sheet, sheet_document
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue


class OwedAccount(Struct, frozen=True, kw_only=True):
    """One liability account of the ledger; positive is owed."""

    account: str
    amount: Money


class LiabilityReport(Struct, frozen=True, kw_only=True):
    """Owed on cards: `paid` and `bonus` by the purses, and the same by the ledger; `held` is set aside in them.

    `gifts`, `series`: owed on gift cards, and for `visits` (or minutes) of series that are not used, both bought ones alone: a
    visit that was given besides is owed, and worth nothing.

    `points`, `coupons`: what members may still use of them, which is no money; a coupon that lapsed is none.

    `twice`, `gifts_twice`: what of it is there twice, stranded and covered with the merchant's money meanwhile.
    """

    shop: Names
    time_zone: str
    as_of: str
    cards: int
    cards_with_value: int
    frozen_cards: int
    paid: Money
    bonus: Money
    held: Money
    twice: Money
    ledger_paid: Money
    ledger_bonus: Money
    others: tuple[OwedAccount, ...]
    gifts: Money
    gifts_twice: Money
    gift_cards_with_value: int
    series: Money
    visits: int
    ledger_gifts: Money
    ledger_series: Money
    points: int
    coupons: int

    @property
    def agrees(self) -> bool:
        """Whether purses and ledger say the same."""
        return (self.paid, self.bonus, self.gifts, self.series) == (
            self.ledger_paid,
            self.ledger_bonus,
            self.ledger_gifts,
            self.ledger_series,
        )


def liability_report(report: LiabilityReport, say: Catalogue) -> Document:
    """The report for paper or a terminal; pure."""
    return sheet_document(liability_sheet(report, say), say)


def liability_sheet(report: LiabilityReport, say: Catalogue) -> Sheet:
    """The report as head and sections; pure."""
    return Sheet(
        kind="liability_report",
        language=say.language,
        shop=report.shop.in_language(say.language),
        title=say.text("What is owed"),
        head=(),
        sections=(
            _value(report, say),
            _besides(report, say),
            _check(report, say),
            _cards(report, say),
            _loyalty(report, say),
            _others(report, say),
        ),
        as_of=parse_instant(report.as_of),
    )


def _value(report: LiabilityReport, say: Catalogue) -> Section:
    lines: tuple[Line, ...] = (
        Line(say.text("Paid value"), (report.paid,)),
        Line(say.text("Bonus"), (report.bonus,)),
        Line(say.text("Owed on cards"), (report.paid + report.bonus,), bold=True),
        Line(say.text("of it held for payments"), (report.held,)),
    )
    if report.twice:
        lines += (Line(say.text("of it out of reach and covered"), (report.twice,)),)
    return Section(say.text("Stored value"), lines)


def _besides(report: LiabilityReport, say: Catalogue) -> Section:
    lines = (
        Line(say.text("Owed on gift cards"), (report.gifts,), bold=True),
        *(
            (Line(say.text("of it out of reach and covered"), (report.gifts_twice,)),)
            if report.gifts_twice
            else ()
        ),
        Line(say.text("Gift cards with value"), (report.gift_cards_with_value,)),
        Line(say.text("Owed on series"), (report.series,), bold=True),
        Line(say.text("Visits and minutes not used"), (report.visits,)),
    )
    return Section(say.text("Gift cards and series"), lines)


def _check(report: LiabilityReport, say: Catalogue) -> Section:
    by_purses = report.paid + report.bonus + report.gifts + report.series
    by_ledger = report.ledger_paid + report.ledger_bonus + report.ledger_gifts + report.ledger_series
    lines = (
        Line(say.text("Paid value"), (report.ledger_paid,)),
        Line(say.text("Bonus"), (report.ledger_bonus,)),
        Line(say.text("Gift cards"), (report.ledger_gifts,)),
        Line(say.text("Series"), (report.ledger_series,)),
        Line(say.text("Difference"), (by_purses - by_ledger,), bold=not report.agrees),
    )
    return Section(say.text("The same by the ledger"), lines)


def _cards(report: LiabilityReport, say: Catalogue) -> Section:
    lines = (
        Line(say.text("Cards issued"), (report.cards,)),
        Line(say.text("Cards with value"), (report.cards_with_value,)),
        Line(say.text("Frozen cards"), (report.frozen_cards,)),
    )
    return Section(say.text("Cards"), lines)


def _loyalty(report: LiabilityReport, say: Catalogue) -> Section:
    lines = (
        Line(say.text("Points that members have"), (report.points,)),
        Line(say.text("Coupons not used"), (report.coupons,)),
    )
    return Section(say.text("Points and coupons"), lines)


def _others(report: LiabilityReport, say: Catalogue) -> Section:
    lines = tuple(Line(owed.account, (owed.amount,)) for owed in report.others)
    return Section(say.text("Owed besides, by the ledger"), lines)
