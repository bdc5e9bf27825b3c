"""Projection of the days on which bonus ends, so that whoever may be reminded is found without opening every top-up.

What a top-up put on a card is the purses' business (`purses.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.operations.card import ValueCarriedOver
from salon_desk.operations.envelope import Header
from salon_desk.operations.payment import Funding
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.triggers import bonus_ends

_ADD = Rows(bonus_ends)


def ends(transaction: Transaction, header: Header, fundings: Sequence[Funding]) -> None:
    """The top-ups of one operation whose bonus counts until a day."""
    for number, one in enumerate(fundings):
        if one.bonus_expires and one.bonus.cents > 0:
            transaction.put(
                _ADD,
                op_id=header.op_id,
                number=number,
                card=one.card,
                until=one.bonus_expires,
                given_on=header.business_day,
            )


def carried_over(transaction: Transaction, header: Header, operation: ValueCarriedOver) -> None:
    """What was given before this journal began."""
    ends(transaction, header, [operation.funding])
