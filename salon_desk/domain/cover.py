"""Cover: the merchant's own money, put on a card at once because its value is stranded at a holder that nobody can ask.

What is covered is an asset of its own, one for each stranded purse, so that the law of purses holds for it as well: its holder,
head office, takes it back once, from units that have come home, and never before the stranded ones left (PROTOCOL 4.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from salon_desk.domain.card import card_of
from salon_desk.domain.coupon import COUPON
from salon_desk.domain.gift import money_card
from salon_desk.domain.points import POINTS
from salon_desk.domain.series import visit_of

DEFAULT_LIMIT_CENTS = 20_000
"""What may be covered of one card without a person, in cents of the card's currency, until the owner says otherwise."""

_PREFIX = "cover/"


@dataclass(frozen=True, slots=True)
class Covered:
    """The purse that a cover stands for: an asset of a card or a gift card at one holder, node and epoch."""

    asset: str
    node: str
    epoch: str

    @property
    def card(self) -> str:
        """The card of either kind whose value it is."""
        return money_card(self.asset)

    @property
    def currency(self) -> str:
        """The card's currency."""
        return self.asset.rsplit("/", 2)[-2 if card_of(self.asset) else -1]


def may_be_covered(asset: str) -> bool:
    """Whether an asset is money on a card of either kind: what was paid for has to be there whenever its owner comes.

    Visits, points, coupons and rights are no money, and money would not be what was promised: the shop gives them anew by hand, or
    they come home with the till. What is owed to the merchant is nobody's to be made good.
    """
    return bool(money_card(asset))


def may_be_given_anew(asset: str) -> bool:
    """Whether an asset is something that a member owns and no money."""
    return visit_of(asset) is not None or asset.startswith((COUPON, POINTS))


def cover_asset(covered: Covered) -> str:
    """The asset `cover/<asset>/<node>/<epoch>`: what was put on a card for this purse and not taken back."""
    return f"{covers_of(covered.asset)}{quote(covered.node, safe='')}/{quote(covered.epoch, safe='')}"


def covers_of(asset: str) -> str:
    """What the covers of an asset begin with, whatever the holder."""
    return f"{_PREFIX}{asset}/"


def covered_by(asset: str) -> Covered | None:
    """The purse that a cover stands for; None for any other asset."""
    head, _, rest = asset.partition("/")
    parts = rest.rsplit("/", 2)
    if head != "cover" or len(parts) != 3:
        return None
    return Covered(parts[0], unquote(parts[1]), unquote(parts[2]))


def may_cover(uncovered: int, *, limit: int, open_on_card: int) -> int:
    """How many cents of `uncovered` are covered without a person: up to `limit` a card, what is open on it counted."""
    return max(min(uncovered, limit - open_on_card), 0)


def due(open_units: int, still_stranded: int) -> int:
    """What is to be taken back: as much as has left the stranded purse, sent home or spent there; never before."""
    return max(open_units - still_stranded, 0)
