"""Operations about points that are no part of a sale: some are given, or turned into bonus on a card.

Those that a sale earns or redeems stand in it (`sale.py`); those that buy a coupon in the coupon's own (`coupon.py`).
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.operations.operation import Moving
from salon_desk.operations.payment import Funding


class PointsGranted(Moving, frozen=True, kw_only=True):
    """Points were given to a member by hand: for a referral, to make good a mistake."""

    KIND: ClassVar[str] = "points.granted"
    member: str
    store: str
    points: int
    reason: str


class PointsConverted(Moving, frozen=True, kw_only=True):
    """So many points of a member became bonus on a card, because they had come to what the shop says."""

    KIND: ClassVar[str] = "points.converted"
    member: str
    store: str
    points: int
    funding: Funding
