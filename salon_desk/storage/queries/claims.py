"""Claims that lie in purses: of one card, of all cards, here or anywhere this node knows of.

Their names are in `domain/claim.py`; what becomes of them is decided above. Ranges of the purses' key, nothing else is read.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from salon_desk.domain.claim import RECEIVABLE, SWAP, card_of_claim
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.cards import purses

_LYING = Statement(
    lambda: (
        select(purses.c.asset, purses.c.node, purses.c.epoch, (purses.c.units - purses.c.held).label("free"))
        .where(
            purses.c.asset >= bindparam("first"),
            purses.c.asset < bindparam("behind"),
            purses.c.units > purses.c.held,
        )
        .order_by(purses.c.asset, purses.c.node, purses.c.epoch)
    )
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Free units of a claim in the purse of one holder."""

    asset: str
    node: str
    epoch: str
    units: int


def claims(transaction: Transaction, beginning: str) -> list[Claim]:
    """Those whose assets begin so; `beginning` ends with a slash."""
    rows = transaction.all(_LYING, first=beginning, behind=f"{beginning[:-1]}0")  # "0" follows "/"
    return [Claim(row.asset, row.node, row.epoch, row.free) for row in rows]


def claims_here(transaction: Transaction, beginning: str, node: str, epoch: str) -> list[tuple[str, int]]:
    """(asset, units) of those in one holder's purses."""
    found = claims(transaction, beginning)
    return [(one.asset, one.units) for one in found if (one.node, one.epoch) == (node, epoch)]


def cards_with_claims(transaction: Transaction) -> set[str]:
    """Every card on which something is owed or may be swapped, wherever the claim lies."""
    found = [*claims(transaction, RECEIVABLE), *claims(transaction, SWAP)]
    return {card_of_claim(one.asset) for one in found}
