"""Projections of savings: who saves towards what, and which top-ups are deposits.

Grants and undone deposits are the purses' business (`purses.py`). Should two operations use one id, the smaller operation stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain.card import card_assets
from salon_desk.domain.claim import pending_asset, top_up_right
from salon_desk.operations.envelope import Header
from salon_desk.operations.payment import Funding
from salon_desk.operations.savings import SavingsJoined
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.savings import savings, savings_deposits

_ADD = Rows(
    savings,
    lambda new: {column.name: new[column.name] for column in savings.columns if column.name != "id"},
    only=lambda new: savings.c.op_id > new.op_id,
)
_DEPOSIT = Rows(
    savings_deposits,
    lambda new: {
        column.name: new[column.name] for column in savings_deposits.columns if column.name != "top_up"
    },
    only=lambda new: savings_deposits.c.op_id > new.op_id,
)


def savings_joined(transaction: Transaction, header: Header, operation: SavingsJoined) -> None:
    """A card with what it saves for."""
    transaction.put(
        _ADD,
        id=operation.savings,
        card=operation.card,
        plan=operation.plan,
        target_cents=operation.target.cents,
        bonus_cents=operation.bonus.cents,
        currency=operation.target.currency,
        coupon=operation.coupon,
        terms=operation.terms,
        joined_on=header.business_day,
        op_id=header.op_id,
    )


def deposited(
    transaction: Transaction,
    header: Header,
    document: str,
    fundings: Sequence[Funding],
    *,
    waits: bool = False,
) -> None:
    """The top-ups of a document that are deposits; `waits`: their payment was not captured yet."""
    for number, one in enumerate(fundings):
        if one.savings:
            paid = card_assets(one.card, one.paid.currency).paid
            transaction.put(
                _DEPOSIT,
                top_up=top_up_right(document, number),
                savings=one.savings,
                cents=one.paid.cents,
                pending=pending_asset(document, paid) if waits else "",
                op_id=header.op_id,
            )
