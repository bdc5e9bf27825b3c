"""Undoing a whole sale or top-up of the open shift, tips included.

Giving single lines back is in `refunds.py`. A void turns every purse change and every posting round; what a top-up
brought is taken back only if it is still there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.card import card_of
from salon_desk.domain.errors import InsufficientValue
from salon_desk.domain.gift import gift_of
from salon_desk.domain.money import Money, total
from salon_desk.domain.tip import TipPart
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.operations.sale import RefundedLine, SaleCompleted, SaleVoided
from salon_desk.operations.value_document import ValueDocument
from salon_desk.services import charge_returns, coupons, list_left, payment, points, postings, savings, swaps
from salon_desk.services.charge_returns import NOT_ASKED, Returned
from salon_desk.services.checkout import next_receipt
from salon_desk.services.errors import NotRefundable, RightElsewhere
from salon_desk.services.refunds import document_id, require_reason
from salon_desk.services.savings import Lost
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import cards, sales


@dataclass(frozen=True, slots=True)
class Voided:
    """A void that is durable."""

    op_id: str
    document: SaleVoided
    repeated: bool


Undone = SaleCompleted | CardToppedUp | ValueDocument
"""What is undone as a whole."""


def void(
    till: Till,
    command_id: str,
    actor: Actor,
    sale: str,
    *,
    reason: str,
    print_language: str = "",
    returned: Returned = NOT_ASKED,
) -> Voided:
    """Undo a sale or top-up of the open shift as a whole, tips included: one durable `sale.voided`.

    `returned`: by which charges cards and wallets got theirs. Raises PermissionNeeded, ReasonMissing, ShiftNotOpen, UnknownSale,
    NotRefundable, RightElsewhere, ReturnMissing and what else `charge_returns.taken` raises, and InsufficientValue when value that it
    sold has been spent since (`top_up_undo.py` takes the rest).
    """
    actor.require(Permission.VOID)
    require_reason(reason, "void")

    def decide(transaction: Transaction) -> list[Operation]:
        op_id = document_id(transaction, sale)
        entry = operation_of(transaction, op_id)
        assert entry is not None
        document = entry[1]
        assert isinstance(document, Undone)
        _require_voidable(till, transaction, op_id, document)
        parts = [(number, one.taken) for number, one in enumerate(document.tenders)]
        by = charge_returns.taken(transaction, actor, op_id, document.tenders, parts, returned=returned)
        done = _void(
            till,
            transaction,
            op_id,
            document,
            reason=reason,
            language=print_language,
            actor=actor,
            charges=by,
        )
        return [done, *list_left.taken_again(till, transaction, op_id, done.purse_changes)]

    recorded = till.record(command_id, actor, decide)
    done = recorded.operations[0]
    assert isinstance(done, SaleVoided)
    return Voided(recorded.op_id, done, recorded.repeated)


def require_possible(till: Till, actor: Actor, sale: str) -> None:
    """What would refuse the void, said before a device gives money back for it. Database worker, reads only. Errors as `void`, but for charges."""
    with till.read() as transaction:
        op_id = document_id(transaction, sale)
        entry = operation_of(transaction, op_id)
        assert entry is not None
        document = entry[1]
        assert isinstance(document, Undone)
        _require_voidable(till, transaction, op_id, document)
        _void(till, transaction, op_id, document, reason="", language="", actor=actor, charges={})


def _void(
    till: Till,
    transaction: Transaction,
    op_id: str,
    document: Undone,
    *,
    reason: str,
    language: str,
    actor: Actor,
    charges: Mapping[int, str],
) -> SaleVoided:
    shop, shift = till.shop(transaction), till.trading_shift(transaction)
    sold = document.lines if isinstance(document, SaleCompleted) else ()
    taxes = document.taxes if isinstance(document, SaleCompleted) else ()
    swapped = swaps.gone(till, transaction, document)
    tenders = tuple(
        payment.reversed_tender(number, tender, swapped, charge=charges.get(number, ""))
        for number, tender in enumerate(document.tenders)
    )
    lines = tuple(
        RefundedLine(sold=line, net=line.net, tax=total((tax for _r, tax in line.taxes), shop.currency))
        for line in sold
    )
    lost = savings.lost(transaction, _fundings(document))
    changes = _reversed_changes(till, transaction, document, swapped, lost=lost)
    return SaleVoided(
        sale=op_id,
        ticket=_number(document),
        receipt=next_receipt(till, transaction, shop),
        store=shop.store,
        shift=shift.shift,
        sold_at=till.now(),
        member=document.member,
        lines=lines,
        taxes=taxes,
        tenders=tenders,
        tips=tuple(TipPart(tip.technician, -tip.amount, tip.tender) for tip in getattr(document, "tips", ())),
        fundings=_fundings(document),
        value=document.amount if isinstance(document, ValueDocument) else None,
        cash_tips_left=getattr(document, "cash_tips_left", False),
        total=-document.total if isinstance(document, SaleCompleted) else Money.zero(shop.currency),
        rounding=total((t.taken - t.amount for t in tenders), shop.currency),
        reason=reason.strip(),
        approver=actor.approver,
        print_language=language,
        purse_changes=changes,
        postings=postings.balanced(
            [
                *postings.reversed_postings(document.postings),
                *swaps.as_bonus(swapped.values()),
                *(part for one in lost for part in one.postings),
            ]
        ),
    )


def _number(document: Undone) -> str:
    match document:
        case SaleCompleted():
            return document.ticket
        case CardToppedUp():
            return document.top_up
        case _:
            return document.document


def _fundings(document: Undone) -> tuple[Funding, ...]:
    match document:
        case SaleCompleted():
            return document.fundings
        case CardToppedUp():
            return (document.funding,)
        case _:
            return ()


def _reversed_changes(
    till: Till,
    transaction: Transaction,
    document: Undone,
    swapped: Mapping[int, Money],
    *,
    lost: Sequence[Lost],
) -> tuple[PurseChange, ...]:
    """Every purse change the other way round, net per asset. Raises InsufficientValue, RightElsewhere."""
    net = swaps.instead(document, swapped)
    for change in document.purse_changes:
        net[change.asset] = net.get(change.asset, 0) - change.units
    for change in points.short(till, transaction, net):
        net[change.asset] = net.get(change.asset, 0) + change.units
    for change in coupons.taken_back(
        till, transaction, _number(document), range(len(_fundings(document))), whole=True
    ):
        net[change.asset] = net.get(change.asset, 0) + change.units
    for one in lost:
        bonus = PurseChange(one.asset, -one.bonus.cents, Cause.UNDO)
        for change in (bonus, *one.rights(whole=True), *savings.coupons_back(till, transaction, one.savings)):
            net[change.asset] = net.get(change.asset, 0) + change.units
    for asset, units in net.items():
        here = cards.units_here(transaction, asset, till.store.node, till.store.epoch)
        if here + units < 0 and (card_of(asset) or gift_of(asset)):
            raise InsufficientValue(asset, -units, here)
        if here + units < 0:
            raise RightElsewhere(document.receipt)
    return tuple(PurseChange(asset, units, Cause.UNDO) for asset, units in net.items() if units)


def _require_voidable(till: Till, transaction: Transaction, op_id: str, document: Undone) -> None:
    row = sales.document(transaction, op_id)
    assert row is not None
    if row.voided_by:
        raise NotRefundable(row.receipt, "voided")
    if sales.undone(transaction, op_id):
        raise NotRefundable(row.receipt, "refunded")
    if document.shift != till.trading_shift(transaction).shift:
        raise NotRefundable(row.receipt, "shift")
