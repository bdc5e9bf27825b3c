"""What members owe the merchant: booked with an undo or a chargeback, recovered from the next issue on one of their cards.

At the till that holds the claim it is taken with the next top-up; head office takes it as soon as claim and value have come home
(`head_office/claims.py`). The one rule: it is repaid by a debit of its own purse, so never twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from salon_desk.domain import ledger
from salon_desk.domain.card import card_assets
from salon_desk.domain.claim import Receivable, receivable_asset, receivable_of, receivables_of
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.operations.claim import ReceivableRecovered
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.services import postings
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, claims


def booked(owed: Receivable, amount: Money) -> tuple[tuple[PurseChange, ...], list[Posting]]:
    """The units and the posting by which an operation books what a member owes; nothing for nothing."""
    if not amount:
        return (), []
    change = PurseChange(receivable_asset(owed), amount.cents, Cause.ISSUE)
    return (change,), [Posting(ledger.RECEIVABLE, amount)]


def recovered(asset: str, parts: Mapping[str, int]) -> ReceivableRecovered:
    """The operation that takes units of a card, by asset, for the receivable `asset`."""
    owed = receivable_of(asset)
    assert owed is not None
    names = card_assets(owed.card, owed.currency)
    bonus, paid = (Money(parts.get(one, 0), owed.currency) for one in (names.bonus, names.paid))
    amount = bonus + paid
    return ReceivableRecovered(
        card=owed.card,
        store=owed.store,
        amount=amount,
        purse_changes=tuple(
            PurseChange(one, -units, Cause.UNDO) for one, units in ((asset, amount.cents), *parts.items())
        ),
        postings=postings.balanced(
            [
                Posting(ledger.STORED_VALUE_BONUS, bonus),
                Posting(ledger.STORED_VALUE_PAID, paid),
                Posting(ledger.RECEIVABLE, -amount),
            ]
        ),
    )


def after_issue(
    till: Till, transaction: Transaction, card_ids: Iterable[str], before: Sequence[PurseChange]
) -> list[ReceivableRecovered]:
    """What is taken at once of value that `before`, recorded in front of it, leaves on these cards. Database worker.

    What is owed lies on any card of the same member, as far as the claim is in this till's purses.
    """
    here = (till.store.node, till.store.epoch)
    left: dict[str, int] = {}
    for change in before:
        left[change.asset] = left.get(change.asset, 0) + change.units
    made = []
    for card in filter(None, (cards.card(transaction, one) for one in dict.fromkeys(card_ids))):
        for asset, units in claims.claims_here(transaction, receivables_of(card.card), *here):
            names, parts = card_assets(card.card, card.currency), dict[str, int]()
            for one in (names.bonus, names.paid):
                free = cards.units_here(transaction, one, *here) + left.get(one, 0)
                taken = max(min(units, free), 0)
                units -= taken
                left[one] = left.get(one, 0) - taken
                parts |= {one: taken} if taken else {}
            if parts:
                made.append(recovered(asset, parts))
    return made
