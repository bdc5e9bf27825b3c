"""The paper about a head office that was put back from an old copy: the window since the copy, and what was covered for it.

Filled by `head_office/going_on.py`. The one rule: it says plainly what nobody can know, so that the owner can look for it.
"""

from __future__ import annotations

from msgspec import Struct

from salon_desk.documents.report_sheet import Line, Section, Sheet
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue


class Covered(Struct, frozen=True, kw_only=True):
    """What was covered in one currency: on how many cards, paid value and bonus."""

    cards: int
    paid: Money
    bonus: Money


class RestoreReport(Struct, frozen=True, kw_only=True):
    """Instants as operations keep them: the last entry of head office's own and of anybody in the copy, and when it went on.

    `reason`: a WhyAnew; `debts`: how many overdrafts and covers that were open in the copy are carried on.
    """

    node: str
    old_epoch: str
    new_epoch: str
    reason: str
    last_own: str
    last_any: str
    went_on: str
    covered: tuple[Covered, ...]
    debts: int


def restore_sheet(report: RestoreReport, say: Catalogue) -> Sheet:
    """The paper as head and sections; pure."""
    return Sheet(
        kind="restore_report",
        language=say.language,
        shop=say.text("Head office"),
        title=say.text("Put back from an old copy"),
        head=(),
        sections=(_window(report, say), _covered(report, say), _plainly(report, say)),
        as_of=parse_instant(report.went_on),
    )


def _window(report: RestoreReport, say: Catalogue) -> Section:
    lines = (
        Line(say.text("Last entry of head office in the copy"), (report.last_own or "-",)),
        Line(say.text("Last entry of anybody in the copy"), (report.last_any or "-",)),
        Line(say.text("Went on"), (report.went_on,), bold=True),
    )
    return Section(say.text("The window since the copy"), lines)


def _covered(report: RestoreReport, say: Catalogue) -> Section:
    lines = [
        Line(one.paid.currency, (one.cards, one.paid, one.bonus, one.paid + one.bonus))
        for one in report.covered
    ]
    columns = (say.text("Cards"), say.text("Paid value"), say.text("Bonus"), say.text("Total"))
    return Section(say.text("Opened as cover"), tuple(lines), columns)


def _plainly(report: RestoreReport, say: Catalogue) -> Section:
    lines = [
        Line(say.text("Debts carried over"), (report.debts,)),
        Line(
            say.text(
                "Value that head office sent or got in the window is not in the copy: what it sent may be spent twice, "
                "at the merchant's cost; what it got comes in again from the tills."
            ),
            ("",),
        ),
        Line(say.text("Stranded since: see head-office stranded."), ("",)),
    ]
    return Section(say.text("What follows"), tuple(lines))
