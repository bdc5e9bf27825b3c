"""Operations of the drawer and the shift: float, paid-in, paid-out, no-sale, count, close.

A Z is frozen in `ShiftClosed`: it covers the till's own numbers `from_seq` to `to_seq`, once, and nothing that
arrives later changes it.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from salon_desk.domain.money import Money
from salon_desk.domain.shift import Denomination
from salon_desk.operations.operation import Moving, Operation


class ShiftOpened(Moving, frozen=True, kw_only=True):
    """A shift begins with its float, counted by denomination."""

    KIND: ClassVar[str] = "shift.opened"
    shift: str
    store: str
    opened_at: str
    business_day: str
    opening_float: Money
    denominations: tuple[Denomination, ...]


class CashPaidIn(Moving, frozen=True, kw_only=True):
    """Cash put into the drawer that is no sale."""

    KIND: ClassVar[str] = "cash.paid_in"
    shift: str
    amount: Money
    reason: str


class CashPaidOut(Moving, frozen=True, kw_only=True):
    """Cash taken from the drawer for something bought for the shop."""

    KIND: ClassVar[str] = "cash.paid_out"
    shift: str
    amount: Money
    reason: str
    approver: str = ""


class CashDropped(Moving, frozen=True, kw_only=True):
    """Cash moved from the drawer to the safe."""

    KIND: ClassVar[str] = "cash.dropped"
    shift: str
    amount: Money
    reason: str = ""


class TipsPaidOut(Moving, frozen=True, kw_only=True):
    """Tips that the shop owed, paid out in cash from the drawer."""

    KIND: ClassVar[str] = "tips.paid_out"
    shift: str
    tips: tuple[tuple[str, Money], ...]
    amount: Money


class DrawerOpened(Operation, frozen=True, kw_only=True):
    """The drawer was opened without a sale."""

    KIND: ClassVar[str] = "drawer.opened"
    shift: str
    reason: str
    approver: str = ""


class CardBatchClosed(Operation, frozen=True, kw_only=True):
    """The external card machine's batch total as typed, beside what the till expected."""

    KIND: ClassVar[str] = "card_batch.closed"
    shift: str
    machine: Money
    expected: Money


class TenderTotal(msgspec.Struct, frozen=True, array_like=True):
    """What came in by one tender, less what went back; `count` payments."""

    tender: str
    amount: Money
    count: int


class ZFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a Z as they were when the shift closed; those of gift cards and series are younger than the others."""

    sales: int
    top_ups: int
    refunds: int
    voids: int
    gross: Money
    discounts: Money
    net: Money
    tax: Money
    taxes: tuple[tuple[str, Money, Money], ...]
    refunded: Money
    tips: Money
    rounding: Money
    paid_value_sold: Money
    bonus_given: Money
    paid_value_redeemed: Money
    bonus_redeemed: Money
    tenders: tuple[TenderTotal, ...]
    no_sales: int
    paid_in: Money
    paid_out: Money
    dropped: Money
    tips_paid_out: Money
    tips_due: tuple[tuple[str, Money], ...]
    card_liability_paid: Money
    card_liability_bonus: Money
    gifts_sold: Money | None = None
    series_sold: Money | None = None
    value_paid_out: Money | None = None
    gift_liability: Money | None = None
    series_liability: Money | None = None


class ShiftCounted(Operation, frozen=True, kw_only=True):
    """The drawer was counted, once and blind: before anybody was shown what is expected."""

    KIND: ClassVar[str] = "shift.counted"
    shift: str
    denominations: tuple[Denomination, ...]
    counted: Money


class ShiftClosed(Moving, frozen=True, kw_only=True):
    """The shift's Z: counted blind, compared, numbered, frozen."""

    KIND: ClassVar[str] = "shift.closed"
    shift: str
    store: str
    z_number: int
    from_seq: int
    to_seq: int
    opened_at: str
    closed_at: str
    opening_float: Money
    denominations: tuple[Denomination, ...]
    expected: Money
    counted: Money
    over_short: Money
    figures: ZFigures
    card_batch: Money | None = None
    print_language: str = ""
