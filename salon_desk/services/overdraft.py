"""Overdraft at a till: how much may be given of a card whose value lies out of reach, and the operation that gives it.

Who may approve it is the counter's business, recovering it is head office's (`head_office/recovering.py`). What is given is put
on the card and spent by the sale that is recorded with it, in one transaction.
"""

from __future__ import annotations

from salon_desk.domain import ledger
from salon_desk.domain.card import card_assets
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.domain.overdraft import Exposure, allowed, overdraft_asset
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.overdraft import OverdraftGiven
from salon_desk.services import postings
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, moves, overdrafts
from salon_desk.storage.queries.cards import Card


def may_give(till: Till, transaction: Transaction, card: Card, missing: Money, *, most: Money) -> Money:
    """How much of `missing` may be given beyond what is usable here: within the limits, never above the balance last known.

    `most`: of one card at this till. Reads alone.
    """
    owed = overdraft_asset(card.card, card.currency)
    node, epoch = till.store.node, till.store.epoch
    worth = cards.value(transaction, card, node, epoch)
    elsewhere = (worth.balance - worth.usable - worth.held).cents - moves.everywhere(transaction, owed)
    exposure = Exposure(
        of_card=cards.units_here(transaction, owed, node, epoch),
        of_store=overdrafts.owed_to(transaction, node, epoch),
    )
    cents = allowed(missing.cents, most=most.cents, owed=exposure, elsewhere=elsewhere)
    return Money(cents, card.currency)


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
