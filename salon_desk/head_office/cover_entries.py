"""The operations of a cover with their units and their double entry: opened, repaid, lost.

What is covered and when is decided in `covering.py` and `recovering.py`. A cover is money that is expected back (an asset of
the merchant's) until units come home for it; what nothing comes home for is an expense.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salon_desk.domain import ledger
from salon_desk.domain.cover import Covered, cover_asset
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.domain.owed import owed_for
from salon_desk.operations.cover import CoverLost, CoverOpened, CoverRepaid, WhyCovered
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.services import postings


def opened(parts: Mapping[Covered, int], *, why: WhyCovered, known_seq: int = 0) -> CoverOpened:
    """The operation that puts the merchant's money on a card, in place of what is stranded in purses of one holder."""
    one = next(iter(parts))
    changes = [
        PurseChange(asset, units, Cause.ISSUE)
        for covered, units in parts.items()
        for asset in (covered.asset, cover_asset(covered))
    ]
    return CoverOpened(
        card=one.card,
        node=one.node,
        epoch=one.epoch,
        amount=Money(sum(parts.values()), one.currency),
        why=why,
        known_seq=known_seq,
        purse_changes=tuple(changes),
        postings=postings.balanced(_of_cover(parts, one)),
    )


def repaid(covered: Covered, units: int) -> CoverRepaid:
    """The operation that takes units of a card, which lie at head office, for a cover."""
    return CoverRepaid(
        card=covered.card,
        node=covered.node,
        epoch=covered.epoch,
        amount=Money(units, covered.currency),
        purse_changes=tuple(
            PurseChange(asset, -units, Cause.UNDO) for asset in (covered.asset, cover_asset(covered))
        ),
        postings=postings.balanced(postings.reversed_postings(_of_cover({covered: units}, covered))),
    )


def lost(covered: Covered, units: int) -> CoverLost:
    """The operation that gives a cover up: from an amount that is expected back it becomes an expense."""
    amount = Money(units, covered.currency)
    return CoverLost(
        card=covered.card,
        node=covered.node,
        epoch=covered.epoch,
        amount=amount,
        purse_changes=(PurseChange(cover_asset(covered), -units, Cause.UNDO),),
        postings=postings.balanced([Posting(ledger.COVER_LOST, amount), Posting(ledger.COVER, -amount)]),
    )


def _of_cover(parts: Mapping[Covered, int], one: Covered) -> Sequence[Posting]:
    owed = [found for covered, units in parts.items() if (found := owed_for(covered.asset, units))]
    return [
        Posting(ledger.COVER, Money(sum(parts.values()), one.currency)),
        *(Posting(each.account, Money(-each.cents, each.currency)) for each in owed),
    ]
