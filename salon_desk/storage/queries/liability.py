"""What is owed on cards, gift cards and series, by the purses: the sum of all their units, wherever they are held or under way.

What the ledger says of it is in `ledger.py`; both must agree. Units of other assets (refund rights, later visits and
points) are no money and are left out by the range of the key; of points and coupons the number is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, exists, func, or_, select

from salon_desk.domain.coupon import COUPON
from salon_desk.domain.gift import CardKind
from salon_desk.domain.ledger import GIFT_CARDS, SERIES
from salon_desk.domain.money import Money
from salon_desk.domain.owed import owed_for
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.cards import card_freezes, cards, moves, purses
from salon_desk.storage.tables.promotions import coupons

_FROM, _TO = "card/", "card0"
"""Assets of cards as a range of the purses' key ("0" follows "/")."""


def _sum_where(units: Any, pattern: str) -> Any:
    return func.coalesce(func.sum(case((purses.c.asset.like(bindparam(pattern)), units), else_=0)), 0)


_IN_PURSES = Statement(
    lambda: select(
        _sum_where(purses.c.units, "paid_assets").label("paid"),
        _sum_where(purses.c.units, "bonus_assets").label("bonus"),
        _sum_where(purses.c.held, "all_assets").label("held"),
    ).where(purses.c.asset >= _FROM, purses.c.asset < _TO)
)

_UNDER_WAY = Statement(
    lambda: select(
        _moved("paid_assets").label("paid"),
        _moved("bonus_assets").label("bonus"),
    ).where((moves.c.received_by == "") | (moves.c.sent_by == ""))
)
"""Units that left one purse and are in no other yet; less those that arrived here before they left."""


def _moved(pattern: str) -> Any:
    units = case((moves.c.received_by == "", moves.c.units), else_=-moves.c.units)
    return func.coalesce(func.sum(case((moves.c.asset.like(bindparam(pattern)), units), else_=0)), 0)


def _is_of_card(table: Any) -> Any:
    both = "card/" + cards.c.id + "/" + cards.c.currency
    return or_(table.c.asset == both + "/paid", table.c.asset == both + "/bonus")


_COUNTS = Statement(
    lambda: (
        select(
            func.count().label("issued"),
            func.coalesce(func.sum(card_freezes.c.frozen), 0).label("frozen"),
            func.coalesce(
                func.sum(
                    case(
                        (
                            or_(
                                exists().where(_is_of_card(purses), purses.c.units > 0),
                                exists().where(_is_of_card(moves), moves.c.received_by == ""),
                            ),
                            1,
                        ),
                        else_=0,
                    )
                ),
                0,
            ).label("with_value"),
        )
        .select_from(cards.outerjoin(card_freezes, card_freezes.c.card == cards.c.id))
        .where(cards.c.currency == bindparam("currency"), cards.c.kind == CardKind.STORED_VALUE.value)
    )
)


_OTHERS_IN_PURSES = Statement(
    lambda: (
        select(purses.c.asset, func.sum(purses.c.units).label("units"))
        .where(
            or_(
                purses.c.asset.between("gift/", "gift0"),
                purses.c.asset.between("series/", "series0"),
            ),
            purses.c.units > 0,
        )
        .group_by(purses.c.asset)
    )
)
_OTHERS_UNDER_WAY = Statement(
    lambda: (
        select(
            moves.c.asset,
            func.sum(case((moves.c.received_by == "", moves.c.units), else_=-moves.c.units)).label("units"),
        )
        .where(
            (moves.c.received_by == "") | (moves.c.sent_by == ""),
            or_(
                moves.c.asset.between("gift/", "gift0"),
                moves.c.asset.between("series/", "series0"),
            ),
        )
        .group_by(moves.c.asset)
    )
)


@dataclass(frozen=True, slots=True)
class OtherLiability:
    """Owed on gift cards, and on series for the visits that are not used; `visits` of them, those given for nothing included."""

    gifts: Money
    series: Money
    gift_cards: int
    visits: int


def other_liability(transaction: Transaction, currency: str) -> OtherLiability:
    """The sum of all purses of gift cards and series of one currency now, and of what is under way between them."""
    units: dict[str, int] = {}
    for statement in (_OTHERS_IN_PURSES, _OTHERS_UNDER_WAY):
        for row in transaction.all(statement):
            units[row.asset] = units.get(row.asset, 0) + int(row.units)
    cents = {GIFT_CARDS: 0, SERIES: 0}
    numbers = {GIFT_CARDS: 0, SERIES: 0}
    for asset, number in units.items():
        owed = owed_for(asset, number)
        if owed is not None and owed.currency == currency:
            cents[owed.account] += owed.cents
            numbers[owed.account] += 1 if owed.account == GIFT_CARDS and number else number
    return OtherLiability(
        gifts=Money(cents[GIFT_CARDS], currency),
        series=Money(cents[SERIES], currency),
        gift_cards=numbers[GIFT_CARDS],
        visits=numbers[SERIES],
    )


_LOYALTY = ("points/", "coupon/")
_LOYAL_IN_PURSES = Statement(
    lambda: select(func.coalesce(func.sum(purses.c.units), 0).label("units")).where(
        purses.c.asset.between(bindparam("first"), bindparam("last"))
    )
)
_LOYAL_UNDER_WAY = Statement(
    lambda: select(
        func.coalesce(
            func.sum(case((moves.c.received_by == "", moves.c.units), else_=-moves.c.units)), 0
        ).label("units")
    ).where(
        (moves.c.received_by == "") | (moves.c.sent_by == ""),
        moves.c.asset.between(bindparam("first"), bindparam("last")),
    )
)


_LAPSED_IN_PURSES = Statement(
    lambda: (
        select(func.coalesce(func.sum(purses.c.units), 0).label("units"))
        .join_from(coupons, purses, purses.c.asset == COUPON + coupons.c.id)
        .where(coupons.c.to_day != "", coupons.c.to_day < bindparam("day"))
    )
)
_LAPSED_UNDER_WAY = Statement(
    lambda: (
        select(
            func.coalesce(
                func.sum(case((moves.c.received_by == "", moves.c.units), else_=-moves.c.units)), 0
            ).label("units")
        )
        .join_from(coupons, moves, moves.c.asset == COUPON + coupons.c.id)
        .where(
            (moves.c.received_by == "") | (moves.c.sent_by == ""),
            coupons.c.to_day != "",
            coupons.c.to_day < bindparam("day"),
        )
    )
)


def loyalty(transaction: Transaction, day: str) -> tuple[int, int]:
    """Points and coupons that members may still use, wherever they lie or are under way: promised, and no money.

    A coupon that lapsed before a day (ISO date) stays where it is and counts no more.
    """
    points, left = (
        sum(
            int(row.units)
            for statement in (_LOYAL_IN_PURSES, _LOYAL_UNDER_WAY)
            for row in transaction.all(statement, first=prefix, last=f"{prefix[:-1]}0")
        )
        for prefix in _LOYALTY
    )
    over = sum(int(transaction.value(one, day=day)) for one in (_LAPSED_IN_PURSES, _LAPSED_UNDER_WAY))
    return points, left - over


@dataclass(frozen=True, slots=True)
class CardLiability:
    """Owed on all cards of one currency; `held` is the part set aside for payments in progress."""

    paid: Money
    bonus: Money
    held: Money


@dataclass(frozen=True, slots=True)
class CardCounts:
    """How many cards of one currency there are."""

    issued: int
    with_value: int
    frozen: int


def card_liability(transaction: Transaction, currency: str) -> CardLiability:
    """The sum of all card purses now, and of what is under way between them."""
    kinds = {"paid_assets": f"card/%/{currency}/paid", "bonus_assets": f"card/%/{currency}/bonus"}
    lying = transaction.one(_IN_PURSES, all_assets=f"card/%/{currency}/%", **kinds)
    moving = transaction.one(_UNDER_WAY, **kinds)
    assert lying is not None
    assert moving is not None
    return CardLiability(
        Money(lying.paid + moving.paid, currency),
        Money(lying.bonus + moving.bonus, currency),
        Money(lying.held, currency),
    )


def card_counts(transaction: Transaction, currency: str) -> CardCounts:
    """How many cards were issued, how many of them hold anything, how many are frozen."""
    row = transaction.one(_COUNTS, currency=currency)
    assert row is not None
    return CardCounts(row.issued, row.with_value, row.frozen)
