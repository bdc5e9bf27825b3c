"""Series: of one id, of a member, and what lies of them here and elsewhere; the offers of the shop.

A person's series are those of every id that was merged into hers. Nothing is decided here (`domain/series.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import bindparam, case, func, or_, select

from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.series import SeriesOffer, SeriesPart, TaxPoint, part_of, visits_of
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.planned import list_on_day, on_day
from salon_desk.storage.queries.sayings import said
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables.cards import card_freezes, moves, purses
from salon_desk.storage.tables.movements import movements
from salon_desk.storage.tables.sayings import sayings
from salon_desk.storage.tables.series import series, series_offers, series_owners, series_sharers


def _all() -> Any:
    owner = func.coalesce(series_owners.c.member, series.c.buyer)
    return (
        select(
            series,
            owner.label("owner"),
            card_freezes.c.frozen,
            card_freezes.c.reason.label("frozen_reason"),
            sayings.c.words,
        )
        .outerjoin(series_owners, series_owners.c.series == series.c.id)
        .outerjoin(card_freezes, card_freezes.c.card == series.c.id)
        .outerjoin(sayings, sayings.c.saying == card_freezes.c.reason)
    )


_ONE = Statement(lambda: _all().where(series.c.id == bindparam("id")))
_OF_MEMBER = Statement(
    lambda: (
        _all()
        .where(
            or_(
                func.coalesce(series_owners.c.member, series.c.buyer) == bindparam("member"),
                series.c.id.in_(
                    select(series_sharers.c.series).where(
                        series_sharers.c.member == bindparam("sharer"), series_sharers.c.allowed == 1
                    )
                ),
            )
        )
        .order_by(series.c.issued_on, series.c.id)
    )
)
_SHARERS = Statement(
    lambda: (
        select(series_sharers.c.member)
        .where(series_sharers.c.series == bindparam("series"), series_sharers.c.allowed == 1)
        .order_by(series_sharers.c.member)
    )
)
_LYING = Statement(
    lambda: select(purses.c.asset, purses.c.node, purses.c.epoch, purses.c.units, purses.c.held).where(
        purses.c.asset >= bindparam("first"), purses.c.asset < bindparam("behind")
    )
)
_UNDER_WAY = Statement(
    lambda: (
        select(
            moves.c.asset,
            func.sum(case((moves.c.received_by == "", moves.c.units), else_=-moves.c.units)).label("units"),
        )
        .where(
            moves.c.asset >= bindparam("first"),
            moves.c.asset < bindparam("behind"),
            (moves.c.received_by == "") | (moves.c.sent_by == ""),
        )
        .group_by(moves.c.asset)
    )
)
_ASSETS = Statement(
    lambda: (
        select(movements.c.asset)
        .where(movements.c.asset >= bindparam("first"), movements.c.asset < bindparam("behind"))
        .distinct()
        .order_by(movements.c.asset)
    )
)
_OFFERS = Statement(
    lambda: (
        select(series_offers)
        .where(series_offers.c.active == 1)
        .order_by(series_offers.c.position, series_offers.c.id)
    )
)
_OFFER = Statement(lambda: select(series_offers).where(series_offers.c.id == bindparam("id")))
_parts = msgspec.json.Decoder(tuple[SeriesPart, ...])
_texts = msgspec.json.Decoder(list[str])


@dataclass(frozen=True, slots=True)
class Series:
    """A series as it was sold, and whose it is now. `issued_on`: a business day; `op_id`: its sale."""

    series: str
    offer: str
    owner: str
    names: Names
    parts: tuple[SeriesPart, ...]
    price: Money
    tax_point: TaxPoint
    op_id: str
    issued_on: str
    frozen: bool
    frozen_reason: str

    def part(self, name: str) -> SeriesPart | None:
        """One of its parts."""
        return next((one for one in self.parts if one.part == name), None)


@dataclass(frozen=True, slots=True)
class Lying:
    """By asset, the units of a series that this node may use now, and those that lie anywhere at all."""

    here: Mapping[str, int]
    everywhere: Mapping[str, int]


def one(transaction: Transaction, series_id: str) -> Series | None:
    """One series by id."""
    row = transaction.one(_ONE, id=series_id)
    return None if row is None else _series(row)


def of_member(transaction: Transaction, member: str) -> list[Series]:
    """What a person owns or may use, oldest first, whether anything of it is left or not."""
    found: dict[str, Series] = {}
    for name in group(transaction, member):
        for row in transaction.all(_OF_MEMBER, member=name, sharer=name):
            found.setdefault(row.id, _series(row))
    return list(found.values())


def owned_under(transaction: Transaction, member: str) -> list[Series]:
    """What is owned under one id."""
    rows = transaction.all(_OF_MEMBER, member=member, sharer="")
    return [_series(row) for row in rows if row.owner == member]


def sharers(transaction: Transaction, series_id: str) -> list[str]:
    """The members besides the owner who may use a series."""
    return [row.member for row in transaction.all(_SHARERS, series=series_id)]


def may_use(transaction: Transaction, found: Series, member: str) -> bool:
    """Whether a member, by whichever id, owns a series or may use it."""
    allowed = {found.owner, *sharers(transaction, found.series)}
    return any(name in allowed for name in group(transaction, member))


def lying(transaction: Transaction, series_id: str, node: str, epoch: str) -> Lying:
    """What is left of a series, here and in all, as this node knows it."""
    beginning = visits_of(series_id)
    within = {"first": beginning, "behind": f"{beginning[:-1]}0"}  # "0" follows "/"
    here: dict[str, int] = {}
    everywhere: dict[str, int] = {}
    for row in transaction.all(_LYING, **within):
        everywhere[row.asset] = everywhere.get(row.asset, 0) + row.units
        if (row.node, row.epoch) == (node, epoch):
            here[row.asset] = row.units - row.held
    for row in transaction.all(_UNDER_WAY, **within):
        everywhere[row.asset] = everywhere.get(row.asset, 0) + int(row.units)
    return Lying(here, everywhere)


def assets_of(transaction: Transaction, series_id: str) -> tuple[str, ...]:
    """Every kind of visit that a series ever had, used up or not."""
    beginning = visits_of(series_id)
    rows = transaction.all(_ASSETS, first=beginning, behind=f"{beginning[:-1]}0")
    return tuple(row.asset for row in rows)


def all_offers(transaction: Transaction, day: str) -> list[SeriesOffer]:
    """The series that the shop sells, in their order."""
    rows = list_on_day(
        transaction,
        SeriesOfferDescribed,
        transaction.all(_OFFERS),
        day,
        listed=lambda row: bool(row.active),
        order=lambda row: (row.position, row.id),
    )
    return [_offer(row) for row in rows]


def offer(transaction: Transaction, offer_id: str, day: str) -> SeriesOffer | None:
    """One of them."""
    row = on_day(transaction, SeriesOfferDescribed, transaction.one(_OFFER, id=offer_id), day)
    return None if row is None else _offer(row)


def _series(row: Any) -> Series:
    return Series(
        series=row.id,
        offer=row.offer,
        owner=row.owner,
        names=names(row),
        parts=_parts.decode(row.parts),
        price=Money(row.price_cents, row.currency),
        tax_point=TaxPoint(row.tax_point),
        op_id=row.op_id,
        issued_on=row.issued_on,
        frozen=bool(row.frozen),
        frozen_reason=said(row.frozen_reason, row.words),
    )


def _offer(row: Any) -> SeriesOffer:
    return SeriesOffer(
        offer_id=row.id,
        names=names(row),
        price=Money(row.price_cents, row.currency),
        parts=tuple(part_of(text) for text in _texts.decode(row.parts)),
        from_day=row.from_day or None,
        to_day=row.to_day or None,
    )
