"""The figures of a report once more, by a plain loop over the operations of the journal: what SQL is held against.

Nothing of `storage/queries` is used here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from salon_desk.domain.clock import parse_instant
from salon_desk.domain.tender import TenderKind
from salon_desk.operations import sale, shift
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.envelope import Header
from salon_desk.operations.operation import Operation
from salon_desk.operations.payment import Funding, TenderPart
from salon_desk.operations.registry import decode
from salon_desk.services.till import Till

Recorded = tuple[Header, Operation]


@dataclass
class Folded:
    """Sums in cents, by hand."""

    counts: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    tax_bases: Counter[str] = field(default_factory=Counter)
    taxes: Counter[str] = field(default_factory=Counter)
    tenders: Counter[str] = field(default_factory=Counter)
    payments: Counter[str] = field(default_factory=Counter)
    tips: Counter[tuple[str, str]] = field(default_factory=Counter)
    tips_due: Counter[str] = field(default_factory=Counter)
    technicians: Counter[str] = field(default_factory=Counter)
    services: Counter[str] = field(default_factory=Counter)
    items: Counter[str] = field(default_factory=Counter)
    pieces: Counter[str] = field(default_factory=Counter)
    hours: Counter[int] = field(default_factory=Counter)


def journal(till: Till) -> list[Recorded]:
    """Every operation of the till, in order."""
    driver = till.store.database.driver()
    names = ", ".join(Header.__struct_fields__)
    rows = driver.execute(f"SELECT {names}, body FROM journal ORDER BY position").fetchall()
    headers = ((Header(*row[:-1]), row[-1]) for row in rows)
    return [(header, decode(header.kind, header.version, body)) for header, body in headers]


def fold(recorded: Iterable[Recorded]) -> Folded:
    """Add everything up; voided documents and their voids count only as voids."""
    everything = list(recorded)
    voided = {one.sale for _header, one in everything if isinstance(one, sale.SaleVoided)}
    folded = Folded()
    for header, operation in everything:
        if header.op_id in voided:
            continue
        match operation:
            case sale.SaleCompleted():
                _sale(folded, operation)
            case CardToppedUp():
                folded.counts["top_ups"] += 1
                _fundings(folded, [operation.funding])
                _tenders(folded, operation.tenders, payments=True)
            case sale.SaleRefunded():
                _refund(folded, operation)
            case sale.SaleVoided():
                folded.counts["voids"] += 1
            case shift.DrawerOpened():
                folded.counts["no_sales"] += 1
            case shift.CashPaidIn():
                folded.sums["paid_in"] += operation.amount.cents
            case shift.CashPaidOut():
                folded.sums["paid_out"] += operation.amount.cents
            case shift.CashDropped():
                folded.sums["dropped"] += operation.amount.cents
            case shift.TipsPaidOut():
                folded.sums["tips_paid_out"] += operation.amount.cents
                for who, amount in operation.tips:
                    folded.tips_due[who] -= amount.cents
            case _:
                pass
    return folded


def _sale(folded: Folded, sold: sale.SaleCompleted) -> None:
    folded.counts["sales"] += 1
    for name, amount in (("gross", sold.subtotal), ("discounts", sold.discount), ("tax", sold.tax)):
        folded.sums[name] += amount.cents
    folded.sums["net"] += (sold.subtotal - sold.discount).cents
    folded.hours[_hour(sold.sold_at)] += (sold.subtotal - sold.discount).cents
    for part in sold.taxes:
        folded.tax_bases[part.rate_id] += part.base.cents
        folded.taxes[part.rate_id] += part.tax.cents
    for line in sold.lines:
        folded.technicians[line.technician] += line.net.cents
        folded.services[line.technician] += line.quantity if line.item_kind == "service" else 0
        folded.items[line.item] += line.net.cents
        folded.pieces[line.item] += line.quantity
    for tip in sold.tips:
        kind = sold.tenders[tip.tender].kind
        folded.sums["tips"] += tip.amount.cents
        folded.tips[(tip.technician, kind.value)] += tip.amount.cents
        if kind is not TenderKind.CASH or not sold.cash_tips_left:
            folded.tips_due[tip.technician] += tip.amount.cents
    _fundings(folded, sold.fundings)
    _tenders(folded, sold.tenders, payments=True)


def _refund(folded: Folded, refund: sale.SaleRefunded) -> None:
    folded.counts["refunds"] += 1
    for line in refund.lines:
        folded.sums["refunded"] += line.net.cents
        folded.sums["net"] -= line.net.cents
        folded.hours[_hour(refund.sold_at)] -= line.net.cents
        folded.technicians[line.sold.technician] -= line.net.cents
        folded.items[line.sold.item] -= line.net.cents
    for part in refund.taxes:
        folded.sums["tax"] -= part.tax.cents
        folded.tax_bases[part.rate_id] -= part.base.cents
        folded.taxes[part.rate_id] -= part.tax.cents
    _tenders(folded, refund.tenders, payments=False)


def _fundings(folded: Folded, fundings: Iterable[Funding]) -> None:
    for funding in fundings:
        folded.sums["paid_value_sold"] += funding.paid.cents
        folded.sums["bonus_given"] += funding.bonus.cents


def _tenders(folded: Folded, tenders: Iterable[TenderPart], *, payments: bool) -> None:
    for tender in tenders:
        key = tender.tender or tender.kind.value
        folded.tenders[key] += tender.taken.cents
        folded.payments[key] += payments
        folded.sums["rounding"] += (tender.taken - tender.amount).cents
        folded.sums["paid_value_redeemed"] += tender.from_paid.cents if tender.from_paid else 0
        folded.sums["bonus_redeemed"] += tender.from_bonus.cents if tender.from_bonus else 0


def _hour(instant: str) -> int:
    return parse_instant(instant).astimezone(ZoneInfo("America/New_York")).hour
