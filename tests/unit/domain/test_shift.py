"""The drawer of a shift: counted, expected, over or short, and the order of open, count and close."""

from __future__ import annotations

import pytest

from salon_desk.domain.errors import (
    CurrencyMismatch,
    DomainError,
    NegativeAmount,
    QuantityOutOfRange,
    ShiftAlreadyClosed,
    ShiftAlreadyCounted,
    ShiftAlreadyOpen,
    ShiftNotCounted,
    ShiftNotOpen,
)
from salon_desk.domain.money import Money
from salon_desk.domain.shift import (
    DENOMINATIONS,
    MAX_PIECES,
    CashMovement,
    Denomination,
    MovementKind,
    ShiftState,
    ZRange,
    check_close,
    check_count,
    check_open,
    check_trading,
    count_total,
    expected_cash,
    next_z_range,
    over_short,
)
from tests.unit.domain.shop import usd

FLOAT = usd(10_000)
SALE = [CashMovement(MovementKind.SALE, usd(1000)), CashMovement(MovementKind.CHANGE, usd(400))]
SUPPLIES = CashMovement(MovementKind.PAID_OUT, usd(2000))
KEPT_TIP = CashMovement(MovementKind.CASH_TIP_KEPT, usd(200))


def test_86_are_expected_when_the_tip_left_with_the_technician() -> None:
    assert expected_cash(FLOAT, [*SALE, SUPPLIES]) == usd(8600)


def test_88_are_expected_when_the_tip_stays_until_close() -> None:
    assert expected_cash(FLOAT, [*SALE, SUPPLIES, KEPT_TIP]) == usd(8800)


def test_71_are_expected_once_the_card_tips_are_paid_out() -> None:
    card_tips = CashMovement(MovementKind.TIP_PAID_OUT, usd(1500))
    assert expected_cash(FLOAT, [*SALE, SUPPLIES, card_tips]) == usd(7100)
    kept = CashMovement(MovementKind.TIP_PAID_OUT, usd(200))
    assert expected_cash(FLOAT, [*SALE, SUPPLIES, KEPT_TIP, kept, card_tips]) == usd(7100)


@pytest.mark.parametrize(
    ("kind", "into"),
    [
        (MovementKind.FLOAT, True),
        (MovementKind.SALE, True),
        (MovementKind.PAID_IN, True),
        (MovementKind.CASH_TIP_KEPT, True),
        (MovementKind.CHANGE, False),
        (MovementKind.PAID_OUT, False),
        (MovementKind.DROP, False),
        (MovementKind.TIP_PAID_OUT, False),
        (MovementKind.REFUND, False),
    ],
)
def test_each_kind_of_movement_goes_one_way(kind: MovementKind, into: bool) -> None:
    assert expected_cash(FLOAT, [CashMovement(kind, usd(100))]) == usd(10_100 if into else 9_900)


def test_a_movement_is_an_amount_of_the_drawers_money() -> None:
    with pytest.raises(NegativeAmount) as refused:
        expected_cash(FLOAT, [CashMovement(MovementKind.PAID_OUT, usd(-1))])
    assert refused.value.field == "paid_out"
    with pytest.raises(CurrencyMismatch):
        expected_cash(FLOAT, [CashMovement(MovementKind.SALE, Money(1, "CAD"))])


def test_over_is_positive_and_short_is_negative() -> None:
    assert over_short(expected=usd(8600), counted=usd(8650)) == usd(50)
    assert over_short(expected=usd(8600), counted=usd(8599)) == usd(-1)


def test_notes_and_coins_are_counted() -> None:
    counted = [Denomination(2000, 3), Denomination(500, 5), Denomination(25, 4), Denomination(1, 0)]
    assert count_total(counted, "USD") == usd(8600)
    assert count_total([], "USD") == usd(0)


@pytest.mark.parametrize(
    "piece", [Denomination(100, -1), Denomination(100, MAX_PIECES + 1), Denomination(0, 1)]
)
def test_a_count_that_cannot_be_is_refused(piece: Denomination) -> None:
    with pytest.raises(QuantityOutOfRange):
        count_total([piece], "USD")


def test_canada_has_no_pennies_to_count() -> None:
    assert 1 in DENOMINATIONS["USD"]
    assert 1 not in DENOMINATIONS["CAD"]


REFUSALS: list[tuple[object, ShiftState | None, type[DomainError] | None]] = [
    (check_open, None, None),
    (check_open, ShiftState.CLOSED, None),
    (check_open, ShiftState.OPEN, ShiftAlreadyOpen),
    (check_open, ShiftState.COUNTED, ShiftAlreadyOpen),
    (check_trading, ShiftState.OPEN, None),
    (check_trading, None, ShiftNotOpen),
    (check_trading, ShiftState.CLOSED, ShiftNotOpen),
    (check_trading, ShiftState.COUNTED, ShiftAlreadyCounted),
    (check_count, ShiftState.OPEN, None),
    (check_count, None, ShiftNotOpen),
    (check_count, ShiftState.COUNTED, ShiftAlreadyCounted),
    (check_count, ShiftState.CLOSED, ShiftAlreadyClosed),
    (check_close, ShiftState.COUNTED, None),
    (check_close, None, ShiftNotOpen),
    (check_close, ShiftState.OPEN, ShiftNotCounted),
    (check_close, ShiftState.CLOSED, ShiftAlreadyClosed),
]


@pytest.mark.parametrize(("check", "state", "error"), REFUSALS)
def test_a_shift_opens_trades_is_counted_once_and_then_closes(
    check: object, state: ShiftState | None, error: type[DomainError] | None
) -> None:
    assert callable(check)
    if error is None:
        check(state)
        return
    with pytest.raises(error):
        check(state)


def test_a_z_covers_the_tills_own_numbers_without_a_gap_and_once() -> None:
    first = next_z_range(None, 41)
    assert first == ZRange(1, 41)
    assert next_z_range(first, 90) == ZRange(42, 90)
    with pytest.raises(ShiftAlreadyClosed):
        next_z_range(first, 41)
