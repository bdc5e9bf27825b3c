"""Giving a top-up back when its value was used or lies elsewhere: wanted first, the rest deducted, else owed by the member.

Undoing a whole document of the open shift that nobody has used is in `voids.py`. The right to undo a top-up lies in a purse, so it
happens once, whoever does it. Used bonus is taken back only where that was disclosed and is lawful (`used_bonus`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from msgspec import structs

from salon_desk.domain import ledger
from salon_desk.domain.access import Permission
from salon_desk.domain.card import card_assets
from salon_desk.domain.claim import Receivable, top_up_right
from salon_desk.domain.errors import CurrencyMismatch
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money, total
from salon_desk.domain.refund import RefundableTender, RefundedTender, give_back
from salon_desk.domain.undo import MoneyBack, Rest, TakenBack, money_back, take_back, worth
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.operations.sale import SaleCompleted, SaleRefunded
from salon_desk.services import captures, charge_returns, coupons, payment, postings, receivables, savings
from salon_desk.services.charge_returns import NOT_ASKED, Returned
from salon_desk.services.checkout import next_receipt
from salon_desk.services.errors import NotRefundable, RightElsewhere, UnknownSale
from salon_desk.services.moves import missing_here
from salon_desk.services.refunds import (
    GivenBack,
    document_id,
    refunds_of,
    require_reason,
    settled_tender,
    tenders_back,
)
from salon_desk.services.savings import Lost
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import cards, moves, sales
from salon_desk.wire.messages import Part


@dataclass(frozen=True, slots=True)
class TopUp:
    """One top-up of a document: what it put on its card, and the right to undo it."""

    op_id: str
    receipt: str
    document: SaleCompleted | CardToppedUp
    funding: Funding
    right: str
    number: int = 0
    lost: Lost | None = None
    """What goes back of the grant of the savings that it was a deposit for."""

    @property
    def issued(self) -> dict[str, int]:
        """By asset, the units that it put on the card."""
        assets = card_assets(self.funding.card, self.funding.paid.currency)
        bonus = self.funding.bonus + self.lost.bonus if self.lost else self.funding.bonus
        units = ((assets.bonus, bonus.cents), (assets.paid, self.funding.paid.cents))
        return {asset: number for asset, number in units if number}


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """An undo reckoned through, nothing recorded: what is taken back of the value, and what becomes of the money."""

    top_up: TopUp
    value: TakenBack
    money: MoneyBack
    tenders: tuple[RefundedTender, ...]
    bonus: Money
    """What of the bonus is taken back or paid for; the rest was given away."""


@dataclass(frozen=True, slots=True)
class How:
    """How the rest of a used top-up is made good, and whether bonus that was used counts; what had an end never does behind it."""

    rest: Rest = Rest.DEDUCT
    used_bonus: bool = False


def wanted(till: Till, document: str, number: int = 0) -> tuple[Part, ...]:
    """What to ask for before a top-up is undone or charged back: the right, and its value that lies elsewhere.

    Empty when nothing would help. Database worker, reads only. Raises UnknownSale, NotRefundable.
    """
    with till.read() as transaction:
        top_up = find(transaction, document, number)
        return tuple(
            Part(asset, units)
            for asset, needed in ((top_up.right, 1), *_grant(top_up), *top_up.issued.items())
            if (units := missing_here(till, transaction, asset, needed))
        )


def preview(till: Till, document: str, number: int = 0, *, how: How | None = None) -> UndoPlan:
    """What an undo would take back and give back. Database worker, reads only. Errors as `undo`."""
    with till.read() as transaction:
        return _plan(till, transaction, find(transaction, document, number), how or How())


def undo(
    till: Till,
    command_id: str,
    actor: Actor,
    document: str,
    *,
    reason: str,
    number: int = 0,
    how: How | None = None,
    print_language: str = "",
    returned: Returned = NOT_ASKED,
) -> GivenBack:
    """Give a top-up back, of whatever day and till: one durable `sale.refunded`. `number`: which of a sale's top-ups.

    `returned`: by which charges cards and wallets got theirs. Raises PermissionNeeded, ReasonMissing, ShiftNotOpen, UnknownSale,
    NotRefundable, RightElsewhere, CurrencyMismatch, ReturnMissing and what else `charge_returns.taken` raises.
    """
    actor.require(Permission.CARD_REFUND)
    require_reason(reason, "refund")

    def decide(transaction: Transaction) -> SaleRefunded:
        plan = _plan(till, transaction, find(transaction, document, number), how or How())
        parts = [(part.tender, part.paid) for part in plan.tenders]
        by = charge_returns.taken(
            transaction, actor, plan.top_up.op_id, plan.top_up.document.tenders, parts, returned=returned
        )
        return _refund(
            till, transaction, plan, actor, reason=reason.strip(), language=print_language, charges=by
        )

    recorded = till.record(command_id, actor, decide)
    done = recorded.operations[0]
    assert isinstance(done, SaleRefunded)
    return GivenBack(recorded.op_id, done, recorded.repeated)


def find(transaction: Transaction, document: str, number: int) -> TopUp:
    """A top-up by its document (op id or receipt) and its number in it. Raises UnknownSale, NotRefundable."""
    op_id = document_id(transaction, document)
    entry, row = operation_of(transaction, op_id), sales.document(transaction, op_id)
    if entry is None or row is None:
        raise UnknownSale(document)
    if row.voided_by:
        raise NotRefundable(row.receipt, "voided")
    operation = entry[1]
    if isinstance(operation, CardToppedUp) and captures.waits(transaction, operation):
        raise NotRefundable(row.receipt, "pending")
    if isinstance(operation, CardToppedUp) and number == 0:
        right = top_up_right(operation.top_up)
        return TopUp(
            op_id,
            row.receipt,
            operation,
            operation.funding,
            right,
            lost=_lost(transaction, operation.funding),
        )
    if isinstance(operation, SaleCompleted) and 0 <= number < len(operation.fundings):
        right = top_up_right(operation.ticket, number)
        funding = operation.fundings[number]
        lost = _lost(transaction, funding)
        return TopUp(op_id, row.receipt, operation, funding, right, number, lost=lost)
    raise NotRefundable(row.receipt, "kind")


def require_right(till: Till, transaction: Transaction, top_up: TopUp) -> None:
    """Raise RightElsewhere or NotRefundable unless the right to undo this top-up lies here."""
    if cards.units_here(transaction, top_up.right, till.store.node, till.store.epoch):
        return
    if moves.everywhere(transaction, top_up.right) > 0:
        raise RightElsewhere(top_up.receipt)
    raise NotRefundable(top_up.receipt, "refunded")


def in_reach(till: Till, transaction: Transaction, top_up: TopUp) -> TopUp:
    """The same without what it loses of its savings, where the right to take that back lies elsewhere: it stays given."""
    if any(missing_here(till, transaction, asset, 1) for asset, _one in _grant(top_up)):
        return replace(top_up, lost=None)
    return top_up


def value_here(till: Till, transaction: Transaction, top_up: TopUp) -> TakenBack:
    """What of the value that a top-up put on its card can be taken back here now."""
    holder = (till.store.node, till.store.epoch)
    here = {asset: cards.units_here(transaction, asset, *holder) for asset in top_up.issued}
    return take_back(top_up.issued, here)


def taken_off(top_up: TopUp, value: TakenBack) -> tuple[PurseChange, ...]:
    """The units that leave the purses: the right, and what is taken back of the value."""
    parts = ((top_up.right, 1), *value.taken.items())
    return tuple(PurseChange(asset, -units, Cause.UNDO) for asset, units in parts)


def value_off(top_up: TopUp, value: TakenBack) -> list[Posting]:
    """The value that is owed to the member no more."""
    currency = top_up.funding.paid.currency
    assets = card_assets(top_up.funding.card, currency)
    accounts = {assets.paid: ledger.STORED_VALUE_PAID, assets.bonus: ledger.STORED_VALUE_BONUS}
    return [Posting(accounts[asset], Money(units, currency)) for asset, units in value.taken.items()]


def _plan(till: Till, transaction: Transaction, top_up: TopUp, how: How) -> UndoPlan:
    require_right(till, transaction, top_up)
    top_up = in_reach(till, transaction, top_up)
    value, currency = value_here(till, transaction, top_up), top_up.funding.paid.currency
    assets = card_assets(top_up.funding.card, currency)
    lapses = top_up.funding.bonus_expires
    is_over = bool(lapses) and lapses < till.business_day(transaction)  # what is gone may have lapsed
    counts = how.used_bonus and not is_over
    gone = worth(value.missing, {assets.paid: 1, assets.bonus: int(counts)})
    money = money_back(top_up.funding.paid, Money(gone, currency), how.rest)
    shop = till.shop(transaction)
    if currency != shop.currency:  # no drawer here holds it
        raise CurrencyMismatch(shop.currency, currency)
    rounding = till.rounding(shop, till.business_day(transaction))
    back = give_back(money.returned, _tenders(transaction, top_up), rounding)
    forgiven = 0 if counts else value.missing.get(assets.bonus, 0)
    bonus = Money(top_up.issued.get(assets.bonus, 0) - forgiven, currency)
    return UndoPlan(top_up, value, money, back, bonus)


def _tenders(transaction: Transaction, top_up: TopUp) -> list[RefundableTender]:
    """The document's tenders with what of each did not pay for top-ups, or went back for them before."""
    document = top_up.document
    if isinstance(document, CardToppedUp):
        shares = [tender.amount for tender in document.tenders]
    else:
        paid = [
            (one.kind, one.amount - _tips(document, number)) for number, one in enumerate(document.tenders)
        ]
        shares = payment.for_top_ups(paid, document.fundings)
    before = [part for one in refunds_of(transaction, top_up.op_id) if one.fundings for part in one.tenders]
    found = []
    for number, (tender, share) in enumerate(zip(document.tenders, shares, strict=True)):
        zero = share - share
        back = total((-part.amount for part in before if part.of_tender == number), zero.currency)
        gone = tender.amount - share + back
        came_in = share - back if share != tender.amount else tender.taken - back
        found.append(RefundableTender(settled_tender(tender), gone, tender.taken - came_in))
    return found


def _coupons(till: Till, transaction: Transaction, top_up: TopUp) -> list[PurseChange]:
    """The coupons that it granted and that were not used; those that were are given away, like used bonus."""
    document = top_up.document
    source = document.ticket if isinstance(document, SaleCompleted) else document.top_up
    return coupons.taken_back(till, transaction, source, [top_up.number], whole=False)


def _lost(transaction: Transaction, funding: Funding) -> Lost | None:
    found = savings.lost(transaction, [funding])
    return found[0] if found else None


def _grant(top_up: TopUp) -> list[tuple[str, int]]:
    """The right to take the grant back that falls with this deposit."""
    return [(top_up.lost.right, 1)] if top_up.lost else []


def grant_back(till: Till, transaction: Transaction, top_up: TopUp, value: TakenBack) -> list[PurseChange]:
    """The rights and the coupon of the grant that falls; it may be granted again if all of its bonus was there."""
    if top_up.lost is None:
        return []
    whole = not value.missing.get(top_up.lost.asset, 0)
    back = savings.coupons_back(till, transaction, top_up.lost.savings)
    return [*top_up.lost.rights(whole=whole), *back]


def _tips(document: SaleCompleted, number: int) -> Money:
    return total((tip.amount for tip in document.tips if tip.tender == number), document.total.currency)


def _refund(
    till: Till,
    transaction: Transaction,
    plan: UndoPlan,
    actor: Actor,
    *,
    reason: str,
    language: str,
    charges: Mapping[int, str],
) -> SaleRefunded:
    shop, shift, top_up = till.shop(transaction), till.trading_shift(transaction), plan.top_up
    document, currency = top_up.document, top_up.funding.paid.currency
    tenders = tuple(tenders_back(document.tenders, plan.tenders, charges=charges))
    owing, owed = receivables.booked(Receivable(top_up.funding.card, currency, shop.store), plan.money.owed)
    return SaleRefunded(
        sale=top_up.op_id,
        ticket=document.ticket if isinstance(document, SaleCompleted) else document.top_up,
        receipt=next_receipt(till, transaction, shop),
        store=shop.store,
        shift=shift.shift,
        sold_at=till.now(),
        member=document.member,
        lines=(),
        taxes=(),
        tenders=tenders,
        total=Money.zero(currency),
        rounding=total((t.taken - t.amount for t in tenders), currency),
        reason=reason,
        approver=actor.approver,
        print_language=language,
        fundings=(structs.replace(top_up.funding, bonus=plan.bonus),),
        kept=plan.money.kept,
        owed=plan.money.owed,
        purse_changes=(
            *taken_off(top_up, plan.value),
            *owing,
            *_coupons(till, transaction, top_up),
            *grant_back(till, transaction, top_up, plan.value),
        ),
        postings=postings.balanced(
            [
                *postings.of_tenders(tenders),
                *value_off(top_up, plan.value),
                Posting(ledger.PROMOTIONS_BONUS, -plan.bonus),
                *owed,
            ]
        ),
    )
