"""A shift's drawer: opening float by denomination, what moves cash, what is expected, over or short.

No report lives here. The count is blind: it is given once, before anybody is shown what is expected;
a closed shift never changes, and its Z covers a range of the till's own operation numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from salon_desk.domain.errors import (
    QuantityOutOfRange,
    ShiftAlreadyClosed,
    ShiftAlreadyCounted,
    ShiftAlreadyOpen,
    ShiftNotCounted,
    ShiftNotOpen,
)
from salon_desk.domain.limits import check_amount
from salon_desk.domain.money import Money, total

DENOMINATIONS: dict[str, tuple[int, ...]] = {
    "USD": (10000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1),
    "CAD": (10000, 5000, 2000, 1000, 500, 200, 100, 25, 10, 5),
}
"""Notes and coins in circulation, in cents, highest first."""
MAX_PIECES = 10_000
"""Most pieces of one denomination that a count takes."""


class ShiftState(StrEnum):
    """Where a shift stands."""

    OPEN = "open"
    COUNTED = "counted"
    CLOSED = "closed"


class MovementKind(StrEnum):
    """Why cash went into or out of the drawer."""

    FLOAT = "float"
    SALE = "sale"
    CHANGE = "change"
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    DROP = "drop"
    CASH_TIP_KEPT = "cash_tip_kept"
    TIP_PAID_OUT = "tip_paid_out"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Denomination:
    """So many pieces of one note or coin (`cents` its value)."""

    cents: int
    count: int


@dataclass(frozen=True, slots=True)
class CashMovement:
    """Cash that moved; `amount` >= 0, the kind says which way.

    SALE is what was handed over and CHANGE what was given back (or SALE alone the difference).
    CASH_TIP_KEPT stays in the drawer until close; a tip that left with the technician is no movement.
    """

    kind: MovementKind
    amount: Money

    @property
    def effect(self) -> Money:
        """The amount with its sign: positive into the drawer."""
        match self.kind:
            case MovementKind.FLOAT | MovementKind.SALE | MovementKind.PAID_IN | MovementKind.CASH_TIP_KEPT:
                return self.amount
            case (
                MovementKind.CHANGE
                | MovementKind.PAID_OUT
                | MovementKind.DROP
                | MovementKind.TIP_PAID_OUT
                | MovementKind.REFUND
            ):
                return -self.amount
            case _:
                assert_never(self.kind)


@dataclass(frozen=True, slots=True)
class ZRange:
    """The till's own operation numbers that one Z covers, both included."""

    first: int
    last: int


def count_total(denominations: Iterable[Denomination], currency: str) -> Money:
    """The sum of counted notes and coins.

    Raises QuantityOutOfRange for a count below 0 or above MAX_PIECES, or a piece of no value.
    """
    cents = 0
    for piece in denominations:
        if piece.cents <= 0 or not 0 <= piece.count <= MAX_PIECES:
            raise QuantityOutOfRange(piece.count, MAX_PIECES)
        cents += piece.cents * piece.count
    return Money(cents, currency)


def expected_cash(opening_float: Money, movements: Sequence[CashMovement]) -> Money:
    """What should lie in the drawer: the opening float and all movements since.

    Raises NegativeAmount, AmountTooLarge, CurrencyMismatch for a movement that is none.
    """
    for movement in movements:
        check_amount(movement.kind.value, movement.amount, opening_float.currency)
    return opening_float + total((movement.effect for movement in movements), opening_float.currency)


def over_short(expected: Money, counted: Money) -> Money:
    """Counted less expected: positive is over, negative short."""
    return counted - expected


def check_open(current: ShiftState | None) -> None:
    """Let a new shift open; `current` is the latest shift's state. Raises ShiftAlreadyOpen."""
    if current is ShiftState.OPEN or current is ShiftState.COUNTED:
        raise ShiftAlreadyOpen


def check_trading(current: ShiftState | None) -> None:
    """Let a sale or a cash movement pass. Raises ShiftNotOpen, ShiftAlreadyCounted."""
    if current is ShiftState.COUNTED:
        raise ShiftAlreadyCounted
    if current is not ShiftState.OPEN:
        raise ShiftNotOpen


def check_count(current: ShiftState | None) -> None:
    """Let the drawer be counted. Raises ShiftNotOpen, ShiftAlreadyCounted, ShiftAlreadyClosed."""
    if current is ShiftState.CLOSED:
        raise ShiftAlreadyClosed
    check_trading(current)


def check_close(current: ShiftState | None) -> None:
    """Let a counted shift close. Raises ShiftNotOpen, ShiftNotCounted, ShiftAlreadyClosed."""
    match current:
        case None:
            raise ShiftNotOpen
        case ShiftState.OPEN:
            raise ShiftNotCounted
        case ShiftState.CLOSED:
            raise ShiftAlreadyClosed
        case ShiftState.COUNTED:
            pass
        case _:
            assert_never(current)


def next_z_range(previous: ZRange | None, last: int) -> ZRange:
    """The range of the next Z: from after the previous one's last number up to `last`, without a gap.

    Raises ShiftAlreadyClosed when no number is left for it.
    """
    first = 1 if previous is None else previous.last + 1
    if last < first:
        raise ShiftAlreadyClosed
    return ZRange(first, last)
