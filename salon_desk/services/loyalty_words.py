"""What a receipt must know of points, coupons and savings: a balance, what came with it, how far it is.

How it is said is in `documents/loyalty_rows.py`. Reads only, in the snapshot of whoever makes the paper.
"""

from __future__ import annotations

from datetime import date

from salon_desk.documents.receipt_words import CouponWords, SavingsWords
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.envelope import Header
from salon_desk.operations.operation import Operation
from salon_desk.operations.payment import Funding
from salon_desk.operations.sale import SaleCompleted, SaleRefunded
from salon_desk.services.coupons import FOR_POINTS, source_of
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import coupons, promotions, savings
from salon_desk.storage.queries.points import points_after


def points_balance(transaction: Transaction, header: Header, operation: Operation) -> int | None:
    """The member's points behind a sale or refund that has to do with points; None for any other document."""
    if not isinstance(operation, SaleCompleted | SaleRefunded):
        return None
    spent = operation.redeemed if isinstance(operation, SaleCompleted) else operation.put_back
    if not operation.points and not spent:
        return None
    return points_after(transaction, operation.member, header)


def coupons_given(transaction: Transaction, header: Header, operation: Operation) -> tuple[CouponWords, ...]:
    """The coupons that came with a top-up or a sale, used since or not."""
    if isinstance(operation, SaleCompleted):
        sources = [source_of(operation.ticket, number) for number, _one in enumerate(operation.fundings)]
        sources += [source_of(operation.ticket, FOR_POINTS)] if operation.points else []
    elif isinstance(operation, CardToppedUp):
        sources = [source_of(operation.top_up, 0)]
    else:
        return ()
    found = [
        one
        for source in sources
        for one in coupons.given_with(transaction, source, header.node, header.epoch)
    ]
    day = header.business_day
    return tuple(
        CouponWords(known[0].names, date.fromisoformat(one.to_day) if one.to_day else None, one.terms)
        for one in found
        if (known := promotions.promotion(transaction, one.promotion, day)) is not None
    )


def savings_now(transaction: Transaction, operation: Operation) -> tuple[SavingsWords, ...]:
    """How the savings stand that a top-up or a sale paid into."""
    if isinstance(operation, CardToppedUp):
        fundings: tuple[Funding, ...] = (operation.funding,)
    elif isinstance(operation, SaleCompleted):
        fundings = operation.fundings
    else:
        return ()
    names = dict.fromkeys(one.savings for one in fundings if one.savings)
    found = (savings.one(transaction, name) for name in names)
    return tuple(
        SavingsWords(
            one.names, one.progress.deposited, one.progress.target, one.bonus, not one.open, terms=one.terms
        )
        for one in found
        if one is not None
    )
