"""Covers that are open: by the purse they stand for, of one asset, and how much of it is therefore counted twice.

The units lie in purses of head office like any other's (`domain/cover.py`); who opens and who repays is decided above.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from salon_desk.domain.cover import Covered, covered_by, covers_of
from salon_desk.domain.gift import CardKind, gift_of
from salon_desk.operations.cover import DebtCarriedOver
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.stranded import of_kind, still_there
from salon_desk.storage.tables.cards import purses

_WITHIN = Statement(
    lambda: (
        select(purses.c.asset, purses.c.node, purses.c.epoch, purses.c.units)
        .where(purses.c.asset >= bindparam("first"), purses.c.asset < bindparam("behind"), purses.c.units > 0)
        .order_by(purses.c.asset, purses.c.node, purses.c.epoch)
    )
)


_ANY = Statement(
    lambda: (
        select(purses.c.asset)
        .where(purses.c.asset >= bindparam("first"), purses.c.asset < bindparam("behind"), purses.c.units > 0)
        .limit(1)
    )
)


@dataclass(frozen=True, slots=True)
class OpenCover:
    """Units that were put on a card of either kind for a stranded purse and not taken back; `node` and `epoch` are head office's."""

    covered: Covered
    units: int
    node: str
    epoch: str


def open_covers(transaction: Transaction, asset: str = "") -> list[OpenCover]:
    """All covers that are open, or those of one asset; one look-up when there are none.

    Those of an epoch of head office from which what is owed was carried over are over: they stand where they were carried to.
    """
    first = covers_of(asset) if asset else "cover/"
    rows = transaction.all(_WITHIN, first=first, behind=f"{first[:-1]}0")  # "0" follows "/"
    carried = _carried_from(transaction) if rows else set()
    found = []
    for row in rows:
        covered = covered_by(row.asset)
        if covered is not None and (row.node, row.epoch) not in carried:
            found.append(OpenCover(covered, row.units, row.node, row.epoch))
    return found


def covered_cards(transaction: Transaction, cards: Iterable[str]) -> set[str]:
    """Those of these cards on which a cover may be open; one look-up when none is open at all."""
    if transaction.one(_ANY, first="cover/", behind="cover0") is None:
        return set()
    return {
        card
        for card in cards
        if any(
            transaction.one(_ANY, first=f"cover/{kind}/{card}/", behind=f"cover/{kind}/{card}0")
            for kind in ("card", "gift")
        )
    }


def doubled(transaction: Transaction, asset: str) -> int:
    """Units of an asset that are there twice: stranded, and put on the card once more meanwhile."""
    return sum(doubled_at(transaction, asset).values())


def doubled_in(transaction: Transaction, currency: str, kind: CardKind = CardKind.STORED_VALUE) -> int:
    """The same of all cards of one currency and kind."""
    assets = {
        one.covered.asset
        for one in open_covers(transaction)
        if one.covered.currency == currency and bool(gift_of(one.covered.asset)) is (kind is CardKind.GIFT)
    }
    return sum(doubled(transaction, asset) for asset in assets)


def doubled_at(transaction: Transaction, asset: str) -> dict[tuple[str, str], int]:
    """The same by the holder (node, epoch) where they are stranded."""
    found: dict[tuple[str, str], int] = {}
    for one in open_covers(transaction, asset):
        holder = (one.covered.node, one.covered.epoch)
        found[holder] = found.get(holder, 0) + one.units
    return {holder: min(units, still_there(transaction, asset, *holder)) for holder, units in found.items()}


def _carried_from(transaction: Transaction) -> set[tuple[str, str]]:
    """Holders whose debts were carried over to a later epoch of the same node."""
    found = set()
    for row, operation in of_kind(transaction, DebtCarriedOver.KIND):
        if isinstance(operation, DebtCarriedOver):
            found.add((row.node, operation.from_epoch))
    return found
