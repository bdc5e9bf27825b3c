"""Projection of coupons: whose each is, for what and until when.

Whether one was used is its purse's business (`purses.py`). Should two operations give a coupon one id, the smaller
operation stands, whichever came first.
"""

from __future__ import annotations

from salon_desk.operations.coupon import CouponIssued
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.promotions import coupons

_ADD = Rows(
    coupons,
    lambda new: {column.name: new[column.name] for column in coupons.columns if column.name != "id"},
    only=lambda new: coupons.c.op_id > new.op_id,
)


def coupon_issued(transaction: Transaction, header: Header, operation: CouponIssued) -> None:
    """A coupon with its days and what it came with."""
    transaction.put(
        _ADD,
        id=operation.coupon,
        promotion=operation.promotion,
        member=operation.member,
        store=operation.store,
        reason=operation.reason.value,
        from_day=operation.from_day,
        to_day=operation.to_day,
        terms=operation.terms,
        source=operation.source,
        pool=operation.group,
        issued_on=header.business_day,
        op_id=header.op_id,
    )
