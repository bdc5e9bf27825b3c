"""Value that was sold before this journal began and is owed all the same: put on its card, nobody pays now.

Value sold now is a top-up (`cards.py`). The one rule: what is carried over is issued once, where it is recorded, and is
booked against its own equity account, so that no sale and no expense appears in books that had none.
"""

from __future__ import annotations

from salon_desk.domain.card import card_assets
from salon_desk.domain.errors import AmountMissing
from salon_desk.domain.limits import MAX_REFERENCE, check_amount, check_text
from salon_desk.operations.card import ValueCarriedOver
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.services import postings
from salon_desk.services.errors import ReasonMissing


def carried_over(funding: Funding, *, reason: str, row: int = 0) -> ValueCarriedOver:
    """The operation that puts `funding` on its card, into the purses of whoever records it; `row`: of the list that says so.

    Raises AmountMissing when it brings nothing, ReasonMissing, TextTooLong, CurrencyMismatch, NegativeAmount,
    AmountTooLarge.
    """
    if not reason.strip():
        raise ReasonMissing("carry_over")
    check_text("reason", reason, MAX_REFERENCE)
    for field, amount in (("paid", funding.paid), ("bonus", funding.bonus)):
        check_amount(field, amount, funding.paid.currency)
    if not funding.paid and not funding.bonus:
        raise AmountMissing("carry_over")
    assets = card_assets(funding.card, funding.paid.currency)
    parts = ((assets.bonus, funding.bonus.cents), (assets.paid, funding.paid.cents))
    return ValueCarriedOver(
        funding=funding,
        reason=reason.strip(),
        row=row,
        purse_changes=tuple(PurseChange(asset, units, Cause.ISSUE) for asset, units in parts if units),
        postings=postings.balanced(postings.of_carried_over(funding)),
    )
