"""A payment is undone that was made with value of a list which was taken back since: what comes back is nobody's, and goes at once.

Taking a list back is `importing_reversing.py`'s. The one rule: only by the units that it left over, and only where the payment
was older than that; what the member put on the card later is the member's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.card import card_of
from salon_desk.domain.gift import gift_of
from salon_desk.domain.ledger import Posting
from salon_desk.domain.list_left import left_asset, left_of_asset, list_of_left
from salon_desk.domain.money import Money
from salon_desk.domain.series import visit_of
from salon_desk.operations.carried_over import CarryingReversed
from salon_desk.operations.envelope import Header
from salon_desk.operations.operation import Cause, Moving, PurseChange
from salon_desk.services import postings
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import claims, imports


@dataclass(frozen=True, slots=True)
class Gone:
    """Units that do not stay where an undo puts them back, because the list that brought them was taken back."""

    asset: str
    list_id: str
    units: int


def preview(till: Till, document: str) -> tuple[Gone, ...]:
    """What would go at most if a document were undone as a whole. Database worker, reads only."""
    with till.read() as transaction:
        entry = operation_of(transaction, document)
        if entry is None or not isinstance(entry[1], Moving):
            return ()
        back = {one.asset: -one.units for one in entry[1].purse_changes if one.units < 0}
        return tuple(_gone(till, transaction, entry[0], back))


def taken_again(
    till: Till, transaction: Transaction, undone: str, changes: Iterable[PurseChange]
) -> list[CarryingReversed]:
    """What is recorded behind the `changes` that undo a document; inside that transaction."""
    entry = operation_of(transaction, undone)
    assert entry is not None
    back: dict[str, int] = {}
    for one in changes:
        back[one.asset] = back.get(one.asset, 0) + one.units
    return [
        CarryingReversed(
            list_id=one.list_id,
            op=undone,
            purse_changes=(
                PurseChange(one.asset, -one.units, Cause.UNDO),
                PurseChange(left_asset(one.asset, one.list_id), -one.units, Cause.UNDO),
            ),
            postings=postings.balanced(owed_no_more(one.asset, one.units)),
        )
        for one in _gone(till, transaction, entry[0], back)
    ]


def owed_no_more(asset: str, units: int) -> list[Posting]:
    """The double entry of units of a list that are taken back."""
    if card_of(asset):
        account = ledger.STORED_VALUE_BONUS if asset.endswith("/bonus") else ledger.STORED_VALUE_PAID
        amount = Money(units, asset.split("/")[-2])
    elif gift_of(asset):
        account, amount = ledger.GIFT_CARDS, Money(units, asset.split("/")[-1])
    elif (visit := visit_of(asset)) is not None:
        account, amount = ledger.SERIES, visit.price * units
    else:
        return []
    return [Posting(account, amount), Posting(ledger.VALUE_CARRIED_OVER, -amount)]


def _gone(till: Till, transaction: Transaction, undone: Header, back: Mapping[str, int]) -> Iterable[Gone]:
    for asset, units in back.items():
        rest = units
        if rest <= 0:
            continue
        for claim, there in claims.claims_here(
            transaction, left_of_asset(asset), till.store.node, till.store.epoch
        ):
            taken = min(rest, there) if undone.at < imports.left_since(transaction, claim) else 0
            rest -= taken
            if taken:
                yield Gone(asset, list_of_left(claim), taken)
