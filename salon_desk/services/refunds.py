"""Giving lines of a sale back, to the tenders they came from.

Undoing a whole sale of this shift is in `voids.py`. What goes back to which tender is decided in `domain/refund.py`;
refund rights, which lie in purses, bound it, so nothing is given back twice. What paid tips and top-ups stays: else a
card would be turned into cash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from salon_desk.domain.access import Permission
from salon_desk.domain.card import Spend
from salon_desk.domain.errors import AlreadyRefunded
from salon_desk.domain.ledger import Posting
from salon_desk.domain.limits import MAX_REFERENCE, check_text
from salon_desk.domain.money import Money, total
from salon_desk.domain.refund import (
    RefundableLine,
    RefundableTender,
    RefundAsk,
    RefundedTender,
    RefundPlan,
    plan_refund,
)
from salon_desk.domain.tax import TaxPart
from salon_desk.domain.tender import SettledTender
from salon_desk.operations.operation import Operation
from salon_desk.operations.payment import TenderPart
from salon_desk.operations.sale import RefundedLine, SaleCompleted, SaleRefunded
from salon_desk.services import (
    charge_returns,
    earnings,
    list_left,
    payment,
    postings,
    refund_rights,
    swaps,
    visits,
)
from salon_desk.services.charge_returns import NOT_ASKED, Returned
from salon_desk.services.checkout import next_receipt
from salon_desk.services.errors import NotRefundable, ReasonMissing, UnknownSale
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import sales
from salon_desk.wire.messages import Part


@dataclass(frozen=True, slots=True)
class Refundable:
    """A sale that is looked at for a refund: its lines and tenders with what is left of them."""

    op_id: str
    sale: SaleCompleted
    lines: tuple[RefundableLine, ...]
    tenders: tuple[RefundableTender, ...]
    refunds: int
    returned: frozenset[str] = frozenset()
    """The lines that were given back before, wholly or in part."""
    before: tuple[SaleRefunded, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A refund that is durable."""

    op_id: str
    document: SaleRefunded
    repeated: bool


def look_up(till: Till, sale: str) -> Refundable:
    """A sale by op id or receipt number. Raises UnknownSale, NotRefundable (not a sale, voided)."""
    with till.read() as transaction:
        return _refundable(transaction, document_id(transaction, sale))


def preview(till: Till, sale: str, asked: tuple[RefundAsk, ...]) -> RefundPlan:
    """What a refund would give back to which tender; nothing is recorded. Errors as `refund`."""
    with till.read() as transaction:
        return _looked_at(till, transaction, sale, asked)[1]


def wanted(till: Till, sale: str, asked: tuple[RefundAsk, ...]) -> tuple[Part, ...]:
    """The refund rights to ask for before these lines are given back: empty when they are here, or are nowhere to be had.

    Database worker, reads only. Errors as `refund`.
    """
    with till.read() as transaction:
        found, plan = _looked_at(till, transaction, sale, asked)
        return (
            *refund_rights.wanted(till, transaction, found.sale.ticket, plan.lines),
            *visits.missing_rights(till, transaction, found.sale, plan.lines),
            *earnings.wanted(till, transaction, found.sale, found.before, plan),
        )


def refund(
    till: Till,
    command_id: str,
    actor: Actor,
    sale: str,
    *,
    asked: tuple[RefundAsk, ...],
    reason: str,
    print_language: str = "",
    funded: Money | None = None,
    returned: Returned = NOT_ASKED,
) -> GivenBack:
    """Give lines of a sale back, of whatever till: one durable `sale.refunded`; what no right here bounds needs `funded`.

    `funded`: up to so much a manager lets the merchant bear. `returned`: by which charges cards and wallets got theirs. Raises
    PermissionNeeded, ReasonMissing, ShiftNotOpen, NotRefundable, AlreadyRefunded, RightElsewhere, FundedRefundTooLarge, ReturnMissing, ...
    """
    for permission in (Permission.REFUND, *((Permission.OVERRIDE,) if funded is not None else ())):
        actor.require(permission)
    require_reason(reason, "refund")

    def decide(transaction: Transaction) -> list[Operation]:
        shop, shift = till.shop(transaction), till.trading_shift(transaction)
        found, plan = _looked_at(till, transaction, sale, asked)
        rights = refund_rights.taken(till, transaction, found.sale, plan.lines, most=funded)
        lines, taxes = _returned_lines(found.sale, plan), _returned_taxes(found.sale, plan)
        value = swaps.put_back(till, transaction, found.sale, found.before, plan.tenders)
        used = visits.put_back(till, transaction, found.sale, plan.lines)
        by = _charged_back(transaction, actor, found, plan, returned)
        tenders = tuple(tenders_back(found.sale.tenders, plan.tenders, value.swapped, charges=by))
        done = SaleRefunded(
            sale=found.op_id,
            ticket=found.sale.ticket,
            receipt=next_receipt(till, transaction, shop),
            store=shop.store,
            shift=shift.shift,
            sold_at=till.now(),
            member=found.sale.member,
            lines=lines,
            taxes=taxes,
            tenders=tenders,
            total=-plan.total,
            rounding=total((t.taken - t.amount for t in tenders), shop.currency),
            reason=reason.strip(),
            approver=actor.approver,
            print_language=print_language,
            purse_changes=(*rights.changes, *value.changes, *used),
            funded=rights.funded or None,
            postings=_entries(tenders, lines, taxes),
        )
        done = earnings.without_loyalty(till, transaction, found.sale, found.before, plan=plan, refund=done)
        return [done, *list_left.taken_again(till, transaction, found.op_id, done.purse_changes)]

    recorded = till.record(command_id, actor, decide)
    document = recorded.operations[0]
    assert isinstance(document, SaleRefunded)
    return GivenBack(recorded.op_id, document, recorded.repeated)


def require_possible(
    till: Till, sale: str, asked: tuple[RefundAsk, ...], *, funded: Money | None = None
) -> None:
    """What would refuse the refund, said before a device gives money back for it. Database worker, reads only. Errors as `refund`."""
    with till.read() as transaction:
        till.trading_shift(transaction)
        found, plan = _looked_at(till, transaction, sale, asked)
        refund_rights.taken(till, transaction, found.sale, plan.lines, most=funded)
        swaps.put_back(till, transaction, found.sale, found.before, plan.tenders)
        visits.put_back(till, transaction, found.sale, plan.lines)


def _charged_back(
    transaction: Transaction, actor: Actor, found: Refundable, plan: RefundPlan, returned: Returned
) -> Mapping[int, str]:
    parts = [(part.tender, part.paid) for part in plan.tenders]
    return charge_returns.taken(transaction, actor, found.op_id, found.sale.tenders, parts, returned=returned)


def _entries(
    tenders: Sequence[TenderPart], lines: Sequence[RefundedLine], taxes: Sequence[TaxPart]
) -> tuple[Posting, ...]:
    returned = postings.of_returned([(line.sold, line.net) for line in lines], taxes)
    return postings.balanced([*postings.of_tenders(tenders), *returned])


def _refundable(transaction: Transaction, op_id: str) -> Refundable:
    entry = operation_of(transaction, op_id)
    row = sales.document(transaction, op_id)
    if entry is None or row is None:
        raise UnknownSale(op_id)
    sale = entry[1]
    if not isinstance(sale, SaleCompleted):
        raise NotRefundable(row.receipt, "kind")
    if row.voided_by:
        raise NotRefundable(row.receipt, "voided")
    before = [one for one in refunds_of(transaction, op_id) if not one.fundings]
    lines = tuple(
        RefundableLine(
            line_id=line.line,
            net=line.net,
            tax=total((tax for _rate, tax in line.taxes), sale.total.currency),
            left=refund_rights.left(line, before),
            taxes=line.taxes,
        )
        for line in sale.lines
    )
    kept = _kept(sale)
    tenders = tuple(_refundable_tender(n, tender, kept[n], before) for n, tender in enumerate(sale.tenders))
    returned = frozenset(line.sold.line for refunded in before for line in refunded.lines)
    return Refundable(op_id, sale, lines, tenders, len(before), returned, tuple(before))


def _kept(sale: SaleCompleted) -> list[Money]:
    """What of each tender paid tips and top-ups."""
    tips = [
        total((tip.amount for tip in sale.tips if tip.tender == number), tender.amount.currency)
        for number, tender in enumerate(sale.tenders)
    ]
    rest = [(tender.kind, tender.amount - tip) for tender, tip in zip(sale.tenders, tips, strict=True)]
    bought = payment.for_top_ups(rest, sale.fundings)
    return [tip + share for tip, share in zip(tips, bought, strict=True)]


def refunds_of(transaction: Transaction, sale: str) -> list[SaleRefunded]:
    """What was given back of a sale or top-up, oldest first; that of its top-ups has `fundings`."""
    return [_refund_operation(transaction, one) for one in sales.undone(transaction, sale)]


def _refund_operation(transaction: Transaction, op_id: str) -> SaleRefunded:
    entry = operation_of(transaction, op_id)
    assert entry is not None
    assert isinstance(entry[1], SaleRefunded)
    return entry[1]


def _refundable_tender(
    number: int, tender: TenderPart, kept: Money, before: list[SaleRefunded]
) -> RefundableTender:
    """A tender with what is gone of it: given back before, or kept because it paid no line."""
    zero = tender.amount - tender.amount
    back = [part for refunded in before for part in refunded.tenders if part.of_tender == number]
    spent = None
    if tender.from_bonus is not None and tender.from_paid is not None:
        spent = Spend(
            bonus=tender.from_bonus + total((p.from_bonus or zero for p in back), zero.currency),
            paid=tender.from_paid + total((p.from_paid or zero for p in back), zero.currency),
        )
    return RefundableTender(
        tender=settled_tender(tender),
        given_back=kept - total((part.amount for part in back), zero.currency),
        paid_back=kept - total((part.taken for part in back), zero.currency),
        spent=spent,
    )


def settled_tender(tender: TenderPart) -> SettledTender:
    """A tender of a document as it was decided."""
    return SettledTender(
        kind=tender.kind,
        amount=tender.amount,
        taken=tender.taken,
        given=tender.given,
        change=tender.change,
        rounding=tender.taken - tender.amount,
        tender_id=tender.tender,
        card_id=tender.card,
        reference=tender.reference,
        last_four=tender.last_four,
        line=tender.line,
        charge=tender.charge,
    )


def _looked_at(
    till: Till, transaction: Transaction, sale: str, asked: tuple[RefundAsk, ...]
) -> tuple[Refundable, RefundPlan]:
    found = _refundable(transaction, document_id(transaction, sale))
    return found, _plan(till, transaction, found, asked)


def _plan(
    till: Till, transaction: Transaction, found: Refundable, asked: tuple[RefundAsk, ...]
) -> RefundPlan:
    shop = till.shop(transaction)
    rounding = till.rounding(shop, till.business_day(transaction))
    zero = Money.zero(shop.currency)
    free = {line.line_id for line in found.lines if not line.net + line.tax}
    for ask in asked:
        if ask.line_id in free & found.returned:  # no right in a purse bounds what is worth nothing
            raise AlreadyRefunded(ask.line_id, 0, 0)
    return plan_refund(found.lines, asked, found.tenders, rounding=rounding, tip=zero)


def _returned_lines(sale: SaleCompleted, plan: RefundPlan) -> tuple[RefundedLine, ...]:
    sold = {line.line: line for line in sale.lines}
    return tuple(RefundedLine(sold=sold[line.line_id], net=line.net, tax=line.tax) for line in plan.lines)


def _returned_taxes(sale: SaleCompleted, plan: RefundPlan) -> tuple[TaxPart, ...]:
    currency = sale.total.currency
    parts = []
    for part in sale.taxes:
        tax = total((t for line in plan.lines for rate, t in line.taxes if rate == part.rate_id), currency)
        taxed = [line for line in plan.lines if any(rate == part.rate_id for rate, _t in line.taxes)]
        base = total((line.net for line in taxed), currency)
        if taxed:
            parts.append(TaxPart(part.rate_id, part.names, part.rate, base, tax))
    return tuple(parts)


def tenders_back(
    taken: Sequence[TenderPart],
    parts: Sequence[RefundedTender],
    swapped: Mapping[int, Money] | None = None,
    *,
    charges: Mapping[int, str] = MappingProxyType({}),
) -> list[TenderPart]:
    """What goes back to the tenders that were taken, as an operation keeps it: negative amounts.

    `swapped`: by tender, the paid value that goes back as bonus; `charges`: the charge by which it went back.
    """
    back = []
    for part in parts:
        source = taken[part.tender]
        zero = part.amount - part.amount
        back.append(
            TenderPart(
                kind=part.kind,
                amount=-part.amount,
                taken=-part.paid,
                given=zero,
                change=zero,
                tender=source.tender,
                card=source.card,
                from_bonus=-part.put_back.bonus if part.put_back else None,
                from_paid=_paid_back(part, source),
                reference=source.reference,
                last_four=source.last_four,
                line=source.line,
                of_tender=part.tender,
                swapped=-swapped[part.tender] if swapped and part.tender in swapped else None,
                charge=charges.get(part.tender, ""),
            )
        )
    return back


def _paid_back(part: RefundedTender, source: TenderPart) -> Money | None:
    """What of it was paid for: of a visit, which goes back whole, what it was sold for."""
    if part.put_back is not None:
        return -part.put_back.paid
    return -source.from_paid if source.line and source.from_paid is not None else None


UNDOABLE = ("sale", "top_up", "gift", "series", "pay_out")
"""Documents of which something may be undone."""


def document_id(transaction: Transaction, sale: str) -> str:
    """The op id of a sale or top-up named by it or by its receipt. Raises UnknownSale, NotRefundable."""
    number = sale.strip().rpartition(":")[2]  # a receipt's QR code reads SD:<store>:<number>
    row = sales.document(transaction, sale) or sales.by_receipt(transaction, number)
    if row is None:
        raise UnknownSale(sale)
    if row.kind not in UNDOABLE:
        raise NotRefundable(row.receipt, "kind")
    return row.op_id


def require_reason(reason: str, act: str) -> None:
    """Raise ReasonMissing for an empty reason, TextTooLong for one that is no reason but a story."""
    if not reason.strip():
        raise ReasonMissing(act)
    check_text("reason", reason, MAX_REFERENCE)
