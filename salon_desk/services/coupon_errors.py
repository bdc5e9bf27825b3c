"""Why a coupon or points cannot be given, or a promotion cannot be kept.

Parameters and no prose: the sentences are the screen's. What is done with coupons is in `services/coupons.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class UnknownPromotion(DomainError):
    """No promotion has this id, or it gives no coupons."""

    promotion: str


@dataclass
class CouponTermsMissing(DomainError):
    """A coupon that lapses cannot be given without its text (RULES 2)."""

    promotion: str


@dataclass
class UnknownCoupon(DomainError):
    """No coupon has this id."""

    coupon: str


@dataclass
class CouponGone(DomainError):
    """The coupon was used, or lies at another till."""

    coupon: str


@dataclass
class PointsOutOfRange(DomainError):
    """No such number of points can be given."""

    points: int
    limit: int
