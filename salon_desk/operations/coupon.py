"""Operations about coupons: one is given to a member, one that was not used is taken back.

Using one is part of a sale (`sale.py`). What it is worth stands in its promotion, a description.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.coupon import CouponReason
from salon_desk.operations.operation import Moving


class CouponIssued(Moving, frozen=True, kw_only=True):
    """A member has one coupon more. Days are ISO dates, both inclusive, empty = open; one with an end carries its text.

    `source`: the document it came with, such as a top-up. `group`: those bought together (拼团). Points that it cost are among
    the purse changes.
    """

    KIND: ClassVar[str] = "coupon.issued"
    coupon: str
    promotion: str
    member: str
    store: str
    reason: CouponReason
    from_day: str = ""
    to_day: str = ""
    terms: str = ""
    source: str = ""
    group: str = ""


class CouponWithdrawn(Moving, frozen=True, kw_only=True):
    """A coupon that was given by mistake and not used is taken back."""

    KIND: ClassVar[str] = "coupon.withdrawn"
    coupon: str
    reason: str
