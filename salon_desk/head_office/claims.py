"""Claims on cards at head office: what a member owes is taken from value, and paid value spent before bonus is swapped for it.

When what is owed and what it is taken from lie here, and whom to ask for both, is `recovering.py`'s business; here is what each
claim takes and the operation that says so. The one rule: nobody but the holder of a claim uses it, so that it is used once.
"""

from __future__ import annotations

from collections.abc import Mapping

from salon_desk.domain.card import card_assets
from salon_desk.domain.claim import (
    FUNDED_REFUND,
    receivable_of,
    receivables_of,
    right_of_funded,
    swap_of,
    swaps_of,
)
from salon_desk.operations.claim import RefundRightUsed
from salon_desk.operations.operation import Cause, Moving, PurseChange
from salon_desk.services import receivables, swaps
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import claims
from salon_desk.storage.queries.moves import everywhere


def taken_from(asset: str) -> tuple[str, ...]:
    """The assets from which a claim is taken, in their order; none for what is no claim."""
    if right := right_of_funded(asset):
        return (right,)
    swap = swap_of(asset)
    if swap is not None:
        return (card_assets(swap.card, swap.currency).bonus,)
    owed = receivable_of(asset)
    if owed is None:
        return ()
    names = card_assets(owed.card, owed.currency)
    return (names.bonus, names.paid)


def of_card(transaction: Transaction, card: str, node: str, epoch: str) -> list[tuple[str, int]]:
    """(claim, units here) of a card, wherever the claims lie; swaps first, for they take nothing from its worth."""
    found: dict[str, int] = {}
    for one in (
        *claims.claims(transaction, swaps_of(card)),
        *claims.claims(transaction, receivables_of(card)),
    ):
        here = one.units if (one.node, one.epoch) == (node, epoch) else 0
        found[one.asset] = found.get(one.asset, 0) + here
    return list(found.items())


def funded_refunds(transaction: Transaction, node: str, epoch: str) -> list[tuple[str, int]]:
    """(claim, units here) of all that was given back without its right, as long as the right is not used up elsewhere."""
    found: dict[str, int] = {}
    for one in claims.claims(transaction, FUNDED_REFUND):
        here = one.units if (one.node, one.epoch) == (node, epoch) else 0
        found[one.asset] = found.get(one.asset, 0) + here
    return [
        (asset, units) for asset, units in found.items() if everywhere(transaction, right_of_funded(asset))
    ]


def used(transaction: Transaction, asset: str, parts: Mapping[str, int]) -> Moving:
    """The operation by which a claim takes these units."""
    swap = swap_of(asset)
    if swap is not None:
        (units,) = parts.values()
        return swaps.swapped(transaction, swap, units)
    if right := right_of_funded(asset):
        return RefundRightUsed(
            right=right,
            units=parts[right],
            purse_changes=tuple(PurseChange(one, -parts[right], Cause.REDEEM) for one in (asset, right)),
        )
    return receivables.recovered(asset, parts)
