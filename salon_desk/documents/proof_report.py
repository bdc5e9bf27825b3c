"""The debits of stored value that nobody has proven to be the member's: by cashier, each with receipt, member, amount and how.

Filled by `services/proof_report.py`. The one rule: what only a manager or a signature stands for is listed as well, and says so.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from salon_desk.documents.card_numbers import masked_tail
from salon_desk.documents.layout import Document
from salon_desk.documents.report_sheet import Line, Section, Sheet, sheet_document
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.proof import ProofKind
from salon_desk.i18n import N_, Catalogue

_HOW: Final[dict[str, str]] = {
    ProofKind.NONE: N_("nothing was asked"),
    ProofKind.SIGNATURE: N_("signed"),
    ProofKind.APPROVER: N_("a manager vouched"),
}


class DebitListed(Struct, frozen=True, kw_only=True):
    """One debit. `kind` a TenderKind, `proof` a ProofKind; `tail`: the end of the card's code; `approver`: who vouched."""

    op_id: str
    receipt: str
    business_day: str
    sold_at: str
    member: Names
    kind: str
    tail: str
    amount: Money
    proof: str
    approver: Names


class CashierDebits(Struct, frozen=True, kw_only=True):
    """What one cashier took without the member's own proof; the debits in their order."""

    cashier: str
    names: Names
    count: int
    amount: Money
    debits: tuple[DebitListed, ...]


class ProofReport(Struct, frozen=True, kw_only=True):
    """A store's business days from `first_day` to `last_day`. `limit`: above what a ticket has to be proven, None for never."""

    shop: Names
    time_zone: str
    first_day: str
    last_day: str
    as_of: str
    limit: Money | None
    count: int
    amount: Money
    cashiers: tuple[CashierDebits, ...]


def proof_sheet(report: ProofReport, say: Catalogue) -> Sheet:
    """The report as head and sections; pure."""
    days = report.first_day
    if report.last_day != report.first_day:
        days = say.text("{first} to {last}", first=report.first_day, last=report.last_day)
    limit = say.money(report.limit) if report.limit is not None else say.text("nothing is asked")
    return Sheet(
        kind="proof_report",
        language=say.language,
        shop=report.shop.in_language(say.language),
        title=say.text("Unproven debits"),
        head=((say.text("Business day"), days), (say.text("Proof is asked above"), limit)),
        sections=(
            _by_cashier(report, say),
            *(_debits(one, say, dated=days != report.first_day) for one in report.cashiers),
        ),
        as_of=parse_instant(report.as_of),
    )


def proof_document(report: ProofReport, say: Catalogue) -> Document:
    """The report for paper; pure."""
    return sheet_document(proof_sheet(report, say), say)


def how_proven(proof: str, say: Catalogue) -> str:
    """How a debit was proven, in a word; a way that this program does not know by its own name."""
    return say.text(_HOW[proof]) if proof in _HOW else proof


def _by_cashier(report: ProofReport, say: Catalogue) -> Section:
    lines = [Line(_name(one, say), (one.count, one.amount)) for one in report.cashiers]
    lines.append(Line(say.text("Total"), (report.count, report.amount), bold=True))
    columns = (say.text("Number"), say.text("Amount"))
    return Section(say.text("By cashier"), tuple(lines), columns, say.text("Cashier"))


def _debits(one: CashierDebits, say: Catalogue, *, dated: bool) -> Section:
    lines = tuple(
        Line(_line(debit, say, dated=dated), (_how(debit, say), debit.amount)) for debit in one.debits
    )
    return Section(_name(one, say), lines, (say.text("Proof"), say.text("Amount")), say.text("Receipt"))


def _name(one: CashierDebits, say: Catalogue) -> str:
    return one.names.in_language(say.language) or one.cashier


def _line(debit: DebitListed, say: Catalogue, *, dated: bool) -> str:
    member = debit.member.in_language(say.language)
    parts = (debit.business_day if dated else "", debit.receipt, member, masked_tail(debit.tail))
    return " · ".join(part for part in parts if part)


def _how(debit: DebitListed, say: Catalogue) -> str:
    who = debit.approver.in_language(say.language)
    if debit.proof == ProofKind.APPROVER and who:
        return say.text("{name} vouched", name=who)
    return how_proven(debit.proof, say)
