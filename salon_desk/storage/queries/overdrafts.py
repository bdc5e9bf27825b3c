"""What is owed for overdrafts: by holder, by card.

The units lie in purses like any other's (`domain/overdraft.py`); who gives and who recovers is decided above.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from salon_desk.domain.overdraft import card_of_overdraft
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.cards import purses

_FROM, _TO = "overdraft/", "overdraft0"
"""Its assets as a range of the purses' key ("0" follows "/")."""

_OF_HOLDER = Statement(
    lambda: select(func.coalesce(func.sum(purses.c.units), 0)).where(
        purses.c.asset >= _FROM,
        purses.c.asset < _TO,
        purses.c.node == bindparam("node"),
        purses.c.epoch == bindparam("epoch"),
    )
)
_ALL = Statement(
    lambda: (
        select(purses.c.asset, func.sum(purses.c.units).label("units"))
        .where(purses.c.asset >= _FROM, purses.c.asset < _TO, purses.c.units > 0)
        .group_by(purses.c.asset)
    )
)


def owed_to(transaction: Transaction, node: str, epoch: str) -> int:
    """What this holder gave and did not hand up, of all cards, in cents."""
    return int(transaction.value(_OF_HOLDER, node=node, epoch=epoch))


def owed_by_card(transaction: Transaction) -> dict[str, int]:
    """By card, what lies owed in all purses that this node knows; what is under way is left out."""
    found: dict[str, int] = {}
    for row in transaction.all(_ALL):
        card = card_of_overdraft(row.asset)
        found[card] = found.get(card, 0) + int(row.units)
    return found
