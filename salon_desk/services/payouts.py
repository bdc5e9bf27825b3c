"""Paying out what was paid for and not used: a card refund (退卡), and the small balance that the law gives back in cash.

It is reckoned before it is done and recorded as it was reckoned. The formula: what was put on, less what was spent (bonus first), is
unused; of that the paid part goes back, less what the member owes, and the bonus ends. Bonus that was used is never taken back here:
no place of the rule pack allows it by itself (RULES 2). What lies out of reach stays on the card. Whoever has a card refunded saves
with it no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.access import Permission
from salon_desk.domain.errors import CurrencyMismatch
from salon_desk.domain.ledger import Posting
from salon_desk.domain.limits import MAX_REFERENCE, check_text
from salon_desk.domain.money import Money, total
from salon_desk.domain.rules import CashOutLimit
from salon_desk.domain.tender import (
    VALUE,
    CashRounding,
    PlannedTender,
    TenderKind,
    check_details,
    round_cash,
)
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.payment import TenderPart
from salon_desk.operations.payout import ValuePaidOut, WhyPaidOut
from salon_desk.services import postings, receivables, savings
from salon_desk.services.errors import CardIsFrozen, ReasonMissing, UnknownCard
from salon_desk.services.payout_errors import CashOutNotDue, NothingToPayOut, PayoutNotThisWay
from salon_desk.services.till import Actor, Till
from salon_desk.services.value_documents import Taken, head
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, catalogue, moves
from salon_desk.storage.queries.cards import Card
from salon_desk.storage.queries.gifts import SpentOf, spent_of
from salon_desk.storage.queries.savings import Savings


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a payout comes about, to be shown before it is done.

    Put on = spent + unused + elsewhere, paid and bonus apart. `unused` lies here and was paid for; `ends`: bonus that ends;
    `owed`: what is kept for what the member owes; `returned` = unused - owed.
    """

    card: Card
    why: WhyPaidOut
    put_on_paid: Money
    put_on_bonus: Money
    spent: SpentOf
    unused: Money
    ends: Money
    owed: Money
    elsewhere: Money
    returned: Money
    limit: CashOutLimit | None = None
    savings: tuple[Savings, ...] = ()
    """What the card saves for and will save for no more."""


@dataclass(frozen=True, slots=True)
class PaidOut:
    """A payout that is durable."""

    op_id: str
    document: ValuePaidOut
    repeated: bool


def reckon(till: Till, card_id: str, why: WhyPaidOut) -> Reckoning:
    """What a payout would give back, and how that comes about. Database worker, reads only.

    Raises UnknownCard, CardIsFrozen, CurrencyMismatch, NothingToPayOut, and CashOutNotDue for a cash-out that the law does not ask for.
    """
    with till.read() as transaction:
        return _reckon(till, transaction, card_id, why)


def cash_out_due(till: Till, card: Card) -> CashOutLimit | None:
    """The limit of the place by which this balance is paid out in cash when it is asked for; None when it is not (RULES 4)."""
    with till.read() as transaction:
        here = till.shop(transaction).currency
        limit = _limit(till, transaction)
        paid = _paid_balance(transaction, card)
    return limit if card.currency == here and limit.covers(paid) else None


def pay_out(
    till: Till,
    command_id: str,
    actor: Actor,
    card_id: str,
    *,
    why: WhyPaidOut,
    tender: PlannedTender,
    reason: str = "",
    print_language: str = "",
) -> PaidOut:
    """Give back what is unused, in one tender: a durable `value.paid_out`. A refund needs CARD_REFUND and a reason, a cash-out
    is the customer's right and paid in cash, never rounded down (RULES 10).

    Raises PermissionNeeded, ReasonMissing, ShiftNotOpen, PayoutNotThisWay, and what `reckon` raises.
    """
    actor.require(Permission.CARD_REFUND if why is WhyPaidOut.REFUND else Permission.CASH_OUT)
    if why is WhyPaidOut.REFUND and not reason.strip():
        raise ReasonMissing("card_refund")
    check_text("reason", reason, MAX_REFERENCE)
    if tender.kind in VALUE or (why is WhyPaidOut.CASH_OUT and tender.kind is not TenderKind.CASH):
        raise PayoutNotThisWay(tender.kind.value)

    def decide(transaction: Transaction) -> list[Operation]:
        found = cards.card(transaction, card_id)
        taken = [] if found is None or found.is_gift else _recovered(till, transaction, found)
        plan = _reckon(till, transaction, card_id, why, already=taken)
        customs = catalogue.custom_tenders(transaction, till.business_day(transaction))
        check_details([tender], customs)
        done = _document(
            till, transaction, plan, actor, tender=tender, reason=reason.strip(), language=print_language
        )
        return [*taken, done]

    recorded = till.record(command_id, actor, decide)
    done = recorded.operations[-1]
    assert isinstance(done, ValuePaidOut)
    return PaidOut(recorded.envelopes[-1].header.op_id, done, recorded.repeated)


def _reckon(
    till: Till,
    transaction: Transaction,
    card_id: str,
    why: WhyPaidOut,
    *,
    already: Sequence[Operation] | None = None,
) -> Reckoning:
    """`already`: what is recorded in front of it for what the member owes; reckoned here when it is only shown."""
    card = cards.card(transaction, card_id)
    if card is None:
        raise UnknownCard(card_id)
    if card.frozen:
        raise CardIsFrozen(card.tail, card.frozen_reason)
    require_currency(till, transaction, card.currency)
    value = cards.value(transaction, card, till.store.node, till.store.epoch)
    taken = already
    if taken is None:
        taken = [] if card.is_gift else _recovered(till, transaction, card)
    owed_paid, owed_bonus = _taken(card, taken)
    limit = _limit(till, transaction) if why is WhyPaidOut.CASH_OUT else None
    if limit is not None:
        balance = _paid_balance(transaction, card)
        if not limit.covers(balance):
            raise CashOutNotDue(balance.cents, limit.limit.cents, limit.inclusive)
    returned = value.paid - owed_paid
    if not returned:
        raise NothingToPayOut(card.tail, value.elsewhere.cents)
    spent = spent_of(transaction, card)
    whole_paid = _everywhere(transaction, card.assets.paid, card.currency)
    whole_bonus = _everywhere(transaction, card.assets.bonus, card.currency)
    zero = Money.zero(card.currency)
    return Reckoning(
        card=card,
        why=why,
        put_on_paid=spent.paid + whole_paid,
        put_on_bonus=spent.bonus + whole_bonus,
        spent=spent,
        unused=value.paid,
        ends=value.bonus - owed_bonus if why is WhyPaidOut.REFUND else zero,
        owed=owed_paid,
        elsewhere=value.elsewhere,
        returned=returned,
        limit=limit,
        savings=savings.still_open(transaction, card_id) if why is WhyPaidOut.REFUND else (),
    )


def _document(
    till: Till,
    transaction: Transaction,
    plan: Reckoning,
    actor: Actor,
    *,
    tender: PlannedTender,
    reason: str,
    language: str,
) -> ValuePaidOut:
    card, assets = plan.card, plan.card.assets
    taken = given_out(till, transaction, tender, plan.returned, never_down=plan.why is WhyPaidOut.CASH_OUT)
    changes = (
        PurseChange(assets.paid, -plan.returned.cents, Cause.REDEEM),
        PurseChange(assets.bonus, -plan.ends.cents, Cause.UNDO),
        *(savings.ending(till, transaction, one) for one in plan.savings),
    )
    account = ledger.GIFT_CARDS if card.is_gift else ledger.STORED_VALUE_PAID
    top = head(
        till, transaction, actor, member=card.member, amount=-plan.returned, taken=taken, language=language
    )
    return ValuePaidOut(
        **top,
        why=plan.why,
        owned=card.card,
        tail=card.tail,
        unused=plan.unused,
        bonus=plan.ends,
        returned=plan.returned,
        reason=reason,
        limit=plan.limit.limit if plan.limit else None,
        rule_pack=till.rules.version if plan.limit else "",
        savings=tuple(one.savings for one in plan.savings),
        purse_changes=tuple(one for one in changes if one.units),
        postings=postings.balanced(
            [
                Posting(account, plan.returned),
                *postings.of_tenders(taken.tenders),
                Posting(ledger.STORED_VALUE_BONUS, plan.ends),
                Posting(ledger.PROMOTIONS_BONUS, -plan.ends),
            ]
        ),
    )


def given_out(
    till: Till, transaction: Transaction, tender: PlannedTender, amount: Money, *, never_down: bool = False
) -> Taken:
    """The tender that goes out. What the law gives back is never rounded down (RULES 10). Raises ShiftNotOpen."""
    rounding = till.rounding(till.shop(transaction), till.trading_shift(transaction).business_day)
    zero, paid = amount * 0, amount
    if tender.kind is TenderKind.CASH:
        paid = -round_cash(-amount, rounding)
        if never_down and paid < amount:
            paid = -round_cash(-amount, CashRounding.CUSTOMER_FAVOUR)
    part = TenderPart(
        kind=tender.kind,
        amount=-amount,
        taken=-paid,
        given=zero,
        change=zero,
        tender=tender.tender_id,
        reference=tender.reference.strip(),
        last_four=tender.last_four,
    )
    return Taken(part.taken - part.amount, (part,))


def require_currency(till: Till, transaction: Transaction, currency: str) -> None:
    """Raise CurrencyMismatch for value of a currency that this store's drawer does not hold."""
    here = till.shop(transaction).currency
    if currency != here:
        raise CurrencyMismatch(here, currency)


def _recovered(till: Till, transaction: Transaction, card: Card) -> list[Operation]:
    """What the member owes is taken first, as far as the claim lies here."""
    return list(receivables.after_issue(till, transaction, [card.card], ()))


def _taken(card: Card, operations: Sequence[Operation]) -> tuple[Money, Money]:
    """What operations in front of a payout take of a card: paid, bonus."""
    changes = [change for one in operations for change in getattr(one, "purse_changes", ())]
    paid, bonus = (
        total((Money(-one.units, card.currency) for one in changes if one.asset == asset), card.currency)
        for asset in (card.assets.paid, card.assets.bonus)
    )
    return paid, bonus


def _limit(till: Till, transaction: Transaction) -> CashOutLimit:
    shop = till.shop(transaction)
    return till.rules.cash_out_limit(shop.jurisdiction, till.business_day(transaction))


def _paid_balance(transaction: Transaction, card: Card) -> Money:
    """All that was paid for, wherever it lies: a bonus is a gift of the shop, and no cash value."""
    return _everywhere(transaction, card.assets.paid, card.currency)


def _everywhere(transaction: Transaction, asset: str, currency: str) -> Money:
    return Money(moves.everywhere(transaction, asset) if asset else 0, currency)
