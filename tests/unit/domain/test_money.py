"""Cents add up: arithmetic, rounding and splitting of money."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain.errors import CurrencyMismatch
from salon_desk.domain.money import Money, allocate_units, parse_money, round_half_up, total
from tests.unit.domain.shop import usd

cents = st.integers(min_value=-(10**9), max_value=10**9)
weights = st.lists(st.integers(min_value=0, max_value=10**7), min_size=1, max_size=30)


def test_a_hundred_dollars_in_three_gives_the_odd_cent_to_the_first() -> None:
    assert usd(10_000).split(3) == (usd(3334), usd(3333), usd(3333))


def test_a_ten_dollar_tip_over_45_and_38() -> None:
    assert usd(1000).allocate([4500, 3800]) == (usd(542), usd(458))


@given(cents, weights)
def test_the_parts_of_an_allocation_add_up_to_the_whole(amount: int, shares: list[int]) -> None:
    assert sum(allocate_units(amount, shares)) == amount


@given(cents, weights)
def test_no_part_is_a_whole_cent_away_from_its_exact_share(amount: int, shares: list[int]) -> None:
    whole = sum(shares)
    exact = [Fraction(amount * (share if whole else 1), whole or len(shares)) for share in shares]
    assert all(abs(p - e) < 1 for p, e in zip(allocate_units(amount, shares), exact, strict=True))


@pytest.mark.parametrize("bad", [[], [1, -1]])
def test_weights_are_given_and_not_negative(bad: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        allocate_units(100, bad)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.5", 1), ("-0.5", -1), ("1.5", 2), ("2.4999", 2), ("-2.5", -3), ("0", 0)],
)
def test_halves_round_away_from_zero(value: str, rounded: int) -> None:
    assert round_half_up(Fraction(value)) == rounded


def test_a_rate_may_be_a_decimal_or_a_fraction() -> None:
    assert usd(7300).times(Decimal("0.045")) == usd(7300).times(Fraction(9, 200)) == usd(329)


def test_arithmetic_and_order() -> None:
    assert usd(5) + usd(3) - usd(10) == -usd(2)
    assert usd(5) * 3 == usd(15)
    assert usd(1) < usd(2) <= usd(2)
    assert usd(2) > usd(1) >= usd(1)
    assert usd(1)
    assert not Money.zero("USD")


def test_the_total_of_nothing_is_zero_in_its_currency() -> None:
    assert total([], "CAD") == Money(0, "CAD")


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(CurrencyMismatch) as refused:
        total([usd(1), Money(1, "CAD")], "USD")
    assert (refused.value.expected, refused.value.given) == ("USD", "CAD")


@pytest.mark.parametrize(("text", "amount"), [("12", 1200), ("12.3", 1230), ("12.30", 1230), ("0.05", 5)])
def test_typed_digits_become_money(text: str, amount: int) -> None:
    assert parse_money(text, "USD") == usd(amount)


@pytest.mark.parametrize("text", ["12.345", "Infinity"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        parse_money(text, "USD")
