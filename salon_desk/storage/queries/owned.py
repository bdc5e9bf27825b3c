"""Everything that a person owns: one list of assets with their three figures, whatever they are.

What an asset is worth and which rules hold for it is said in its own noun. To let another kind of asset appear on the profile,
add to SOURCES a function that names the assets; purses, holds and moves are the same for all (PROTOCOL 1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain.card import card_assets
from salon_desk.domain.coupon import coupon_asset
from salon_desk.domain.names import Names
from salon_desk.domain.points import points_asset
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, coupons, series
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.moves import everywhere

NOTHING = Names("")


class OwnedKind(StrEnum):
    """What kind of thing is owned, in the order in which a profile shows them."""

    CARD = "card"
    SERIES = "series"
    GIFT = "gift"
    COUPON = "coupon"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Named:
    """An asset as its source names it, of one or more purses (a card has two).

    `tail`: of the code that it carries; `names`: what the shop calls it (a series, a coupon); `currency`: empty for what is
    counted in visits, points or pieces; `until`: the last ISO day on which it counts, if it may lapse; `why_not`: frozen.
    """

    kind: OwnedKind
    id: str
    assets: tuple[str, ...]
    currency: str = ""
    tail: str = ""
    names: Names = NOTHING
    until: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Owned:
    """An asset with its three figures in its own unit, cents where it has a currency: whole, usable here, elsewhere."""

    named: Named
    whole: int
    here: int
    held: int

    @property
    def elsewhere(self) -> int:
        """What lies in other purses or is under way."""
        return self.whole - self.here - self.held


Source = Callable[[Transaction, str], Iterable[Named]]
"""Names the assets of one id of a person."""


def _cards(transaction: Transaction, member: str) -> Iterable[Named]:
    for one in cards.cards_under(transaction, member):
        assets = card_assets(one.card, one.currency)
        yield Named(
            OwnedKind.CARD,
            one.card,
            (assets.paid, assets.bonus),
            currency=one.currency,
            tail=one.tail,
            why_not=one.frozen_reason if one.frozen else "",
        )


def _points(_transaction: Transaction, member: str) -> Iterable[Named]:
    yield Named(OwnedKind.POINTS, member, (points_asset(member),))


def _series(transaction: Transaction, member: str) -> Iterable[Named]:
    for one in series.owned_under(transaction, member):
        yield Named(
            OwnedKind.SERIES,
            one.series,
            series.assets_of(transaction, one.series),
            names=one.names,
            why_not=one.frozen_reason if one.frozen else "",
        )


def _coupons(transaction: Transaction, member: str) -> Iterable[Named]:
    for row in coupons.named_under(transaction, member):
        named = Names(row.name_en or "", row.name_zh_cn or "", row.name_zh_tw or "")
        yield Named(OwnedKind.COUPON, row.id, (coupon_asset(row.id),), names=named, until=row.to_day)


SOURCES: tuple[Source, ...] = (_cards, _series, _coupons, _points)


def assets_of(transaction: Transaction, member: str) -> list[Named]:
    """Every asset of a person, under whichever id it was given out, in the order of the profile."""
    ids = group(transaction, member)
    named = [one for source in SOURCES for member_id in ids for one in source(transaction, member_id)]
    order = {kind: place for place, kind in enumerate(OwnedKind)}
    return sorted(named, key=lambda one: (order[one.kind], one.until or "9999", one.id))


def owned(transaction: Transaction, member: str, holder: tuple[str, str]) -> list[Owned]:
    """The same with what `holder` (node, epoch) can use now; what is empty is left out, but for cards that can be filled."""
    found = [_figures(transaction, one, holder) for one in assets_of(transaction, member)]
    return [one for one in found if one.whole or one.named.kind is OwnedKind.CARD]


def _figures(transaction: Transaction, named: Named, holder: tuple[str, str]) -> Owned:
    whole = sum(everywhere(transaction, asset) for asset in named.assets)
    purses = [cards.purse(transaction, asset, *holder) for asset in named.assets]
    return Owned(named, whole, sum(one.usable for one in purses), sum(one.held for one in purses))
