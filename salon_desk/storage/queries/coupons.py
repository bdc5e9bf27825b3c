"""Coupons that a member has: which are left, whether they can be used here, how many share a group.

A coupon is left while its unit is somewhere (`moves.everywhere`). What it is worth is in `promotions.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from salon_desk.domain.coupon import CouponReason, HeldCoupon, coupon_asset
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.cards import units_here
from salon_desk.storage.queries.moves import everywhere
from salon_desk.storage.tables.promotions import coupons, promotions

_OF_MEMBER = Statement(
    lambda: (
        select(coupons)
        .where(coupons.c.member == bindparam("member"))
        .order_by(coupons.c.to_day, coupons.c.id)
    )
)
_NAMED = Statement(
    lambda: (
        select(
            coupons.c.id,
            coupons.c.to_day,
            promotions.c.name_en,
            promotions.c.name_zh_cn,
            promotions.c.name_zh_tw,
        )
        .outerjoin(promotions, promotions.c.id == coupons.c.promotion)
        .where(coupons.c.member == bindparam("member"))
        .order_by(coupons.c.to_day, coupons.c.id)
    )
)
_FROM = Statement(
    lambda: select(coupons).where(coupons.c.source == bindparam("source")).order_by(coupons.c.id)
)
_JOINED = Statement(
    lambda: select(func.count()).select_from(coupons).where(coupons.c.pool == bindparam("pool"))
)
_SINCE = Statement(
    lambda: (
        select(func.count())
        .select_from(coupons)
        .where(
            coupons.c.member == bindparam("member"),
            coupons.c.promotion == bindparam("promotion"),
            coupons.c.issued_on >= bindparam("since"),
            coupons.c.source == "",
        )
    )
)
_ONE = Statement(lambda: select(coupons).where(coupons.c.id == bindparam("id")))


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon as it was given. `left`: it was not used and not taken back; `here`: it can be used at this till now."""

    coupon: str
    promotion: str
    member: str
    reason: CouponReason
    from_day: str
    to_day: str
    terms: str
    source: str
    group: str
    issued_on: str
    left: bool
    here: bool
    joined: int

    @property
    def held(self) -> HeldCoupon:
        """What the rules ask of it."""
        return HeldCoupon(
            self.coupon, self.promotion, self.from_day, self.to_day, here=self.here, joined=self.joined
        )


def of_member(transaction: Transaction, member: str, node: str, epoch: str) -> list[Coupon]:
    """A member's coupons that are left, the one that lapses first in front; those without an end are last."""
    found = [_coupon(transaction, row, node, epoch) for row in transaction.all(_OF_MEMBER, member=member)]
    return sorted((one for one in found if one.left), key=lambda one: one.held.expiry)


def named_under(transaction: Transaction, member: str) -> list[Any]:
    """The coupons that were given under one id, used ones too, with what their promotion is called now."""
    return transaction.all(_NAMED, member=member)


def given_with(transaction: Transaction, source: str, node: str, epoch: str) -> list[Coupon]:
    """The coupons that came with a document."""
    return [_coupon(transaction, row, node, epoch) for row in transaction.all(_FROM, source=source)]


def coupon(transaction: Transaction, coupon_id: str, node: str, epoch: str) -> Coupon | None:
    """One coupon."""
    row = transaction.one(_ONE, id=coupon_id)
    return None if row is None else _coupon(transaction, row, node, epoch)


def given_since(transaction: Transaction, member: str, promotion: str, since: str) -> bool:
    """Whether one of a promotion was given to a member on a business day (ISO date) or later, by hand or by an occasion."""
    return bool(transaction.value(_SINCE, member=member, promotion=promotion, since=since))


def owner(transaction: Transaction, coupon_id: str) -> str:
    """Who has a coupon, empty for one that nobody knows."""
    row = transaction.one(_ONE, id=coupon_id)
    return "" if row is None else str(row.member)


def _coupon(transaction: Transaction, row: Any, node: str, epoch: str) -> Coupon:
    asset = coupon_asset(row.id)
    joined = int(transaction.value(_JOINED, pool=row.pool) or 0) if row.pool else 1
    return Coupon(
        coupon=row.id,
        promotion=row.promotion,
        member=row.member,
        reason=CouponReason(row.reason),
        from_day=row.from_day,
        to_day=row.to_day,
        terms=row.terms,
        source=row.source,
        group=row.pool,
        issued_on=row.issued_on,
        left=everywhere(transaction, asset) > 0,
        here=units_here(transaction, asset, node, epoch) > 0,
        joined=joined,
    )
