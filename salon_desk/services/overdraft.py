"""Overdraft at a till: how much may be given of a card whose value lies out of reach, and the operation that gives it.

Who may approve it is the counter's business, recovering it is head office's (`head_office/recovering.py`). What is given is put
on the card and spent by the sale that is recorded with it, in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.access import Permission
from salon_desk.domain.card import card_assets
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.domain.overdraft import (
    STORE_TIMES_CARD,
    Exposure,
    allowed,
    overdraft_asset,
)
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.overdraft import OverdraftGiven
from salon_desk.services import postings
from salon_desk.services.overdraft_errors import OverdraftTooLarge
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, moves, overdrafts
from salon_desk.storage.queries.cards import Card


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be given of a card beyond what is usable here. `now`: of what is missing, the least of everything else.

    `limit`: of one card at this till; `left_of_card` and `left_of_store`: what of the limits is not given yet; `elsewhere`: what
    lies out of reach by the balance last known, less what is owed on the card already.
    """

    limit: Money
    left_of_card: Money
    left_of_store: Money
    elsewhere: Money
    now: Money


def allowance(till: Till, card: Card, missing: Money) -> Allowance:
    """How an override for a card stands. Database worker, reads only."""
    with till.read() as transaction:
        most = till.shop(transaction).overdraft_limit
        return _allowance(till, transaction, card, missing, most=most)


def may_give(till: Till, transaction: Transaction, card: Card, missing: Money, *, most: Money) -> Money:
    """How much of `missing` may be given beyond what is usable here: within the limits, never above the balance last known.

    `most`: of one card at this till. Reads alone.
    """
    return _allowance(till, transaction, card, missing, most=most.cents).now


def approved(
    till: Till,
    transaction: Transaction,
    actor: Actor,
    store: str,
    wanted: Sequence[tuple[Card, Money]],
) -> tuple[OverdraftGiven, ...]:
    """The operations that give what a manager approved. Raises PermissionNeeded, OverdraftTooLarge (how much there may be)."""
    if wanted:
        actor.require(Permission.OVERDRAFT)
    made, given_here = [], 0
    most = till.shop(transaction).overdraft_limit if wanted else 0
    for card, amount in wanted:
        found = _allowance(till, transaction, card, amount, most=most, beside=given_here)
        if found.now < amount:
            raise OverdraftTooLarge(amount.cents, found.now.cents)
        given_here += amount.cents
        made.append(given(card, store, amount, approver=actor.approver or actor.staff))
    return tuple(made)


def _allowance(
    till: Till, transaction: Transaction, card: Card, missing: Money, *, most: int, beside: int = 0
) -> Allowance:
    """`beside`: cents that are given of other cards in the same act."""
    owed = overdraft_asset(card.card, card.currency)
    node, epoch = till.store.node, till.store.epoch
    worth = cards.value(transaction, card, node, epoch)
    elsewhere = (worth.balance - worth.usable - worth.held).cents - moves.everywhere(transaction, owed)
    exposure = Exposure(
        of_card=cards.units_here(transaction, owed, node, epoch),
        of_store=overdrafts.owed_to(transaction, node, epoch) + beside,
    )
    cents = (
        most,
        most - exposure.of_card,
        STORE_TIMES_CARD * most - exposure.of_store,
        elsewhere,
        allowed(missing.cents, most=most, owed=exposure, elsewhere=elsewhere),
    )
    return Allowance(*(Money(max(one, 0), card.currency) for one in cents))


def given(card: Card, store: str, amount: Money, *, approver: str = "") -> OverdraftGiven:
    """The operation that puts the merchant's money on a card; the caller has asked `may_give` in the same transaction."""
    paid, owed = card_assets(card.card, card.currency).paid, overdraft_asset(card.card, card.currency)
    return OverdraftGiven(
        card=card.card,
        store=store,
        amount=amount,
        approver=approver,
        purse_changes=tuple(PurseChange(asset, amount.cents, Cause.ISSUE) for asset in (paid, owed)),
        postings=postings.balanced(
            [Posting(ledger.OVERDRAFT, amount), Posting(ledger.STORED_VALUE_PAID, -amount)]
        ),
    )
