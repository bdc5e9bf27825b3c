"""The ledger: the postings of every operation that moves money, as they were decided.

Accounts and amounts are decided in `domain/ledger.py`; here they are only kept. `verify` checks that each operation
sums to zero.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain.ledger import Posting
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.money import ledger

_ADD = Rows(ledger)


def post(transaction: Transaction, header: Header, postings: Sequence[Posting]) -> None:
    """Keep the postings of one operation."""
    if not postings:
        return
    transaction.put_many(
        _ADD,
        [
            {
                "op_id": header.op_id,
                "line": number,
                "account": posting.account,
                "currency": posting.amount.currency,
                "cents": posting.amount.cents,
                "node": header.node,
                "business_day": header.business_day,
            }
            for number, posting in enumerate(postings)
        ],
    )
