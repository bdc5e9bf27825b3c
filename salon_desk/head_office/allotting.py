"""What of a question is sent at once and what is still to be looked for: pure reckoning, nothing is read or recorded.

Bonus goes before paid value (RULES 3): all bonus of a card that lies at hand goes first, even for paid value that was asked
for. Bonus that nobody in reach has is made up in paid value, because the customer stands at the counter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salon_desk.domain.card import card_of

Parts = tuple[tuple[str, int], ...]

MOST_UNITS = 1 << 53
_BONUS, _PAID = "/bonus", "/paid"


@dataclass(frozen=True, slots=True)
class Allotment:
    """`sent` at once, and `missing` still; both (asset, units), bonus before paid."""

    sent: Parts
    missing: Parts


def tidy(parts: Sequence[tuple[str, int]]) -> Parts:
    """A question with each asset once and nothing that cannot be asked for."""
    found: dict[str, int] = {}
    for asset, units in parts:
        if units > 0 and asset and "\0" not in asset:
            found[asset] = min(found.get(asset, 0) + units, MOST_UNITS)
    return tuple(found.items())


def of_same_card(asset: str) -> tuple[str, ...]:
    """The two purses of an asset's card, bonus first; the asset alone where there is no card."""
    card = asset.rpartition("/")[0] if card_of(asset) else ""
    pair = (card + _BONUS, card + _PAID)
    return pair if asset in pair else (asset,)


def allot(asked: Parts, own: Mapping[str, int], reach: Mapping[str, int] | None = None) -> Allotment:
    """Share out what is at hand (`own`). `reach`: what others could send of each asset; None = all that is asked for."""
    sent: list[tuple[str, int]] = []
    missing: list[tuple[str, int]] = []
    left = dict(asked)
    while left:
        asset = next(iter(left))
        pair = of_same_card(asset)
        if len(pair) == 1:
            units = left.pop(asset)
            given = min(units, own.get(asset, 0))
            sent.append((asset, given))
            missing.append((asset, units - given))
            continue
        wished = tuple(left.pop(one, 0) for one in pair)
        at_hand = tuple(own.get(one, 0) for one in pair)
        others = wished[0] if reach is None else reach.get(pair[0], 0)
        shares, rest = _of_card(wished, at_hand, others)
        sent += zip(pair, shares, strict=True)
        missing += zip(pair, rest, strict=True)
    return Allotment(tuple(one for one in sent if one[1]), tuple(one for one in missing if one[1]))


def _of_card(
    wished: tuple[int, ...], at_hand: tuple[int, ...], others: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """(bonus, paid) to send, and (bonus, paid) still missing; `others`: bonus that somebody in reach has."""
    bonus = min(at_hand[0], sum(wished))
    instead = max(bonus - wished[0], 0)
    to_come = min(max(wished[0] - bonus, 0), others)
    made_up = max(wished[0] - bonus, 0) - to_come
    due = wished[1] - instead + made_up
    paid = min(at_hand[1], due)
    return (bonus, paid), (to_come, due - paid)
