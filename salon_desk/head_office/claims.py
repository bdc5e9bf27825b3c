"""Claims on cards at head office: what a member owes is taken from value, and paid value spent before bonus is swapped for it.

When what is owed and what it is taken from lie here, and whom to ask for both, is `recovering.py`'s business; here is what each
claim takes and the operation that says so. The one rule: nobody but the holder of a claim uses it, so that it is used once.
"""

from __future__ import annotations

from collections.abc import Mapping

from salon_desk.domain.card import card_assets
from salon_desk.domain.claim import receivable_of, receivables_of
from salon_desk.operations.operation import Moving
from salon_desk.services import receivables
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import claims


def taken_from(asset: str) -> tuple[str, ...]:
    """The assets from which a claim is taken, in their order; none for what is no claim."""
    owed = receivable_of(asset)
    if owed is None:
        return ()
    names = card_assets(owed.card, owed.currency)
    return (names.bonus, names.paid)


def of_card(transaction: Transaction, card: str, node: str, epoch: str) -> list[tuple[str, int]]:
    """(claim, units here) of a card, wherever the claims lie, the oldest words first."""
    found: dict[str, int] = {}
    for one in claims.claims(transaction, receivables_of(card)):
        here = one.units if (one.node, one.epoch) == (node, epoch) else 0
        found[one.asset] = found.get(one.asset, 0) + here
    return list(found.items())


def used(asset: str, parts: Mapping[str, int]) -> Moving:
    """The operation by which a claim takes these units."""
    return receivables.recovered(asset, parts)
