"""Savings cards (储蓄卡): a card joins a plan, its top-ups without an offer are deposits, and the bonus comes once they suffice.

Whoever holds the right grants: with the deposit itself, or in the background when right and deposits have met. The one rule: a
grant spends its right and makes the one to take it back, so that each happens once, whatever tills were cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.access import Permission
from salon_desk.domain.card import card_assets
from salon_desk.domain.coupon import CouponReason
from salon_desk.domain.errors import DomainError
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money, total
from salon_desk.domain.savings import (
    SAVING,
    SavingsPlan,
    check_plan,
    saved_right,
    saving_right,
    savings_ended,
    savings_of,
)
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.operations.savings import SavingsGranted, SavingsJoined
from salon_desk.services import coupons, payment, postings
from salon_desk.services.coupons import Gift
from salon_desk.services.moves import missing_here
from salon_desk.services.savings_errors import AlreadySaving, UnknownSavingsPlan
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, claims, savings
from salon_desk.storage.queries.savings import Savings
from salon_desk.wire.messages import Part


@dataclass(frozen=True, slots=True)
class Lost:
    """What is taken back of a grant because its deposits do not suffice any more without those that are undone."""

    savings: str
    card: str
    bonus: Money

    @property
    def right(self) -> str:
        """Whoever holds it takes the bonus back."""
        return saved_right(self.card, self.savings)

    @property
    def asset(self) -> str:
        """Where the bonus lay."""
        return card_assets(self.card, self.bonus.currency).bonus

    def rights(self, *, whole: bool) -> tuple[PurseChange, ...]:
        """The rights change places: what was taken back as a `whole` may be granted again, once the deposits suffice again."""
        taken = PurseChange(self.right, -1, Cause.UNDO)
        return (
            (taken, PurseChange(saving_right(self.card, self.savings), 1, Cause.UNDO)) if whole else (taken,)
        )

    @property
    def postings(self) -> list[Posting]:
        """Bonus that is owed and was given no more."""
        return [Posting(ledger.STORED_VALUE_BONUS, self.bonus), Posting(ledger.PROMOTIONS_BONUS, -self.bonus)]


def plans(till: Till) -> tuple[SavingsPlan, ...]:
    """The plans that a card can join today. Database worker, reads only."""
    with till.read() as transaction:
        day, currency = till.business_day(transaction), till.shop(transaction).currency
        return tuple(
            one
            for one in savings.plans(transaction, day)
            if one.target.currency == currency and _good(one, day)
        )


def of_card(till: Till, card: str) -> tuple[Savings, ...]:
    """What a card saves or saved for. Database worker, reads only."""
    with till.read() as transaction:
        return tuple(savings.of_card(transaction, card))


def join(till: Till, command_id: str, actor: Actor, card: str, plan: str) -> str:
    """Let a card save towards a plan: one durable `savings.joined`; the id of what it saves for.

    Raises PermissionNeeded, UnknownCard, CardIsFrozen, CurrencyMismatch, UnknownSavingsPlan, OfferNotValid, AmountMissing,
    AlreadySaving.
    """
    actor.require(Permission.TOP_UP)

    def decide(transaction: Transaction) -> SavingsJoined:
        shop, day = till.shop(transaction), till.business_day(transaction)
        payment.open_card(transaction, card, shop.currency)
        found = savings.plan(transaction, plan, day)
        if found is None or found.target.currency != shop.currency:
            raise UnknownSavingsPlan(plan)
        check_plan(found, day)
        if savings.open_of_card(transaction, card):
            raise AlreadySaving(card)
        name = till.new_id()
        return SavingsJoined(
            savings=name,
            card=card,
            plan=plan,
            store=shop.store,
            target=found.target,
            bonus=found.bonus,
            coupon=found.coupon,
            terms=found.terms.in_language(shop.receipt_language),
            purse_changes=(PurseChange(saving_right(card, name), 1, Cause.ISSUE),),
        )

    joined = till.record(command_id, actor, decide).operations[0]
    assert isinstance(joined, SavingsJoined)
    return joined.savings


def after_deposit(till: Till, transaction: Transaction, fundings: Sequence[Funding]) -> list[Operation]:
    """What top-ups that are recorded in front of it bring about here: the bonus of savings that they complete."""
    made: list[Operation] = []
    for name in dict.fromkeys(one.savings for one in fundings if one.savings):
        amounts = [one.paid for one in fundings if one.savings == name]
        made += _granted(till, transaction, name, total(amounts, amounts[0].currency))
    return made


def grant_due(till: Till) -> int:
    """Grant what has come to its target by deposits of others, as far as the rights lie here: how many. Database worker."""
    with till.read() as transaction:
        due = _due(till, transaction)
    for name in due:
        _grant(till, name)
    return len(due)


def wanted(till: Till, card: str) -> tuple[Part, ...]:
    """The rights to ask for, because the deposits of a card suffice and the right lies elsewhere. Database worker, reads only."""
    with till.read() as transaction:
        return tuple(
            Part(right, units)
            for one in savings.of_card(transaction, card)
            if one.open and one.progress.is_reached
            for right in (saving_right(one.card, one.savings),)
            if (units := missing_here(till, transaction, right, 1))
        )


def still_open(transaction: Transaction, card: str) -> tuple[Savings, ...]:
    """What a refund of the card ends."""
    return tuple(one for one in savings.of_card(transaction, card) if one.open)


def ending(till: Till, transaction: Transaction, one: Savings) -> PurseChange:
    """What ends savings for good: their right where it lies here, else a word that whoever holds the right grants nothing after."""
    right = saving_right(one.card, one.savings)
    if cards.units_here(transaction, right, till.store.node, till.store.epoch):
        return PurseChange(right, -1, Cause.UNDO)
    return PurseChange(savings_ended(one.card, one.savings), 1, Cause.ISSUE)


def lost(transaction: Transaction, fundings: Sequence[Funding]) -> list[Lost]:
    """Of what grants something is to be taken back when these top-ups are undone together."""
    found = []
    for name in dict.fromkeys(one.savings for one in fundings if one.savings):
        one = savings.one(transaction, name)
        if one is not None and one.granted:
            gone = sum(part.paid.cents for part in fundings if part.savings == name)
            if one.progress.deposited.cents - gone < one.progress.target.cents:
                found.append(Lost(name, one.card, one.bonus))
    return found


def coupons_back(till: Till, transaction: Transaction, name: str) -> list[PurseChange]:
    """The coupon that came with a grant goes with it, unless it was used or lies elsewhere: then it was given away."""
    return coupons.taken_back(till, transaction, _source(name), [0], whole=False)


def _grant(till: Till, name: str) -> None:
    till.record(till.new_id(), None, lambda transaction: _granted(till, transaction, name))


def _due(till: Till, transaction: Transaction) -> list[str]:
    here = claims.claims_here(transaction, SAVING, till.store.node, till.store.epoch)
    found = (savings.one(transaction, savings_of(asset)) for asset, _units in here)
    return [one.savings for one in found if one is not None and one.open and one.progress.is_reached]


def _granted(till: Till, transaction: Transaction, name: str, more: Money | None = None) -> list[Operation]:
    """The grant of savings that have come to their target with `more`, if its right lies here; nothing otherwise."""
    one = savings.one(transaction, name)
    if one is None or not one.open:
        return []
    right = saving_right(one.card, name)
    deposited = one.progress.deposited + more if more else one.progress.deposited
    if deposited < one.progress.target:
        return []
    if not cards.units_here(transaction, right, till.store.node, till.store.epoch):
        return []
    zero = one.bonus - one.bonus
    funding = Funding(card=one.card, paid=zero, bonus=one.bonus, bonus_terms=one.terms, savings=name)
    bonus = PurseChange(card_assets(one.card, one.bonus.currency).bonus, one.bonus.cents, Cause.ISSUE)
    done = SavingsGranted(
        savings=name,
        store=till.shop(transaction).store,
        funding=funding,
        purse_changes=(
            PurseChange(right, -1, Cause.REDEEM),
            PurseChange(saved_right(one.card, name), 1, Cause.ISSUE),
            *((bonus,) if one.bonus else ()),
        ),
        postings=postings.balanced(postings.of_fundings([funding])),
    )
    return [done, *_coupon(till, transaction, one)]


def _coupon(till: Till, transaction: Transaction, one: Savings) -> list[Operation]:
    """The coupon of a plan; none where it cannot be given any more: the bonus does not wait for it."""
    card = cards.card(transaction, one.card)
    if not one.coupon or card is None or not card.member:
        return []
    gift = Gift(one.coupon, CouponReason.TOP_UP, coupons.source_of(_source(one.savings), 0))
    try:
        return [coupons.issued(till, transaction, card.member, gift)]
    except DomainError:
        return []


def _source(name: str) -> str:
    return f"{SAVING}{name}"


def _good(plan: SavingsPlan, day: str) -> bool:
    try:
        check_plan(plan, day)
    except DomainError:
        return False
    return True
