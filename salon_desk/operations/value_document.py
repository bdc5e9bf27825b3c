"""A document of the counter about value alone: something owned was sold on its own, or paid out.

No kind of its own lives here (`gift.py`, `series.py`, `payout.py`); a top-up is older and has its own struct (`card.py`). All of
them are rows among the sales, move cash, have a receipt number and a paper, and can be looked up by it.
"""

from __future__ import annotations

from salon_desk.domain.money import Money
from salon_desk.operations.operation import Moving
from salon_desk.operations.payment import TenderPart


class ValueDocument(Moving, frozen=True, kw_only=True):
    """What every such document says. `amount`: the value sold, or below zero the value paid out; before tax and rounding."""

    document: str
    receipt: str
    store: str
    shift: str
    sold_at: str
    member: str
    amount: Money
    rounding: Money
    tenders: tuple[TenderPart, ...]
    approver: str = ""
    print_language: str = ""
