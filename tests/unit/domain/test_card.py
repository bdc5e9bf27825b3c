"""Bonus before paid, and a refund in the reverse order of spending."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain.card import Spend, card_assets, card_of, put_back, spend
from salon_desk.domain.errors import InsufficientValue, NegativeAmount
from tests.unit.domain.shop import usd

amounts = st.integers(min_value=0, max_value=100_000)


def test_bonus_is_spent_before_paid_value() -> None:
    assert spend(usd(3000), bonus=usd(2000), paid=usd(10_000)) == Spend(bonus=usd(2000), paid=usd(1000))


def test_a_refund_fills_paid_value_first_and_the_rest_the_bonus() -> None:
    first = put_back(usd(1500), Spend(bonus=usd(2000), paid=usd(1000)))
    assert first == Spend(bonus=usd(500), paid=usd(1000))
    rest = put_back(usd(1500), Spend(bonus=usd(1500), paid=usd(0)))
    assert rest == Spend(bonus=usd(1500), paid=usd(0))


def test_a_card_given_back_returns_the_paid_value_that_is_left_and_no_bonus() -> None:
    spent = spend(usd(10_000), bonus=usd(3000), paid=usd(30_000))
    assert (usd(30_000) - spent.paid, usd(3000) - spent.bonus) == (usd(23_000), usd(0))


@given(amounts, amounts, st.data())
def test_a_refund_in_parts_puts_back_exactly_what_was_spent(
    bonus: int, paid: int, data: st.DataObject
) -> None:
    amount = data.draw(st.integers(min_value=0, max_value=bonus + paid))
    spent = spend(usd(amount), bonus=usd(bonus), paid=usd(paid))
    part = data.draw(st.integers(min_value=0, max_value=amount))
    first = put_back(usd(part), spent)
    rest = put_back(usd(amount - part), Spend(bonus=spent.bonus - first.bonus, paid=spent.paid - first.paid))
    assert (first.bonus + rest.bonus, first.paid + rest.paid) == (spent.bonus, spent.paid)
    assert spent.amount == usd(amount)


def test_more_than_both_purses_hold_is_refused() -> None:
    with pytest.raises(InsufficientValue) as refused:
        spend(usd(12_001), bonus=usd(2000), paid=usd(10_000))
    assert (refused.value.needed, refused.value.here) == (12_001, 12_000)


def test_more_than_was_spent_is_not_put_back() -> None:
    with pytest.raises(InsufficientValue):
        put_back(usd(31), Spend(bonus=usd(20), paid=usd(10)))


def test_negative_amounts_are_refused() -> None:
    with pytest.raises(NegativeAmount):
        spend(usd(-1), bonus=usd(0), paid=usd(0))
    with pytest.raises(NegativeAmount):
        put_back(usd(-1), Spend(bonus=usd(0), paid=usd(0)))


def test_a_card_has_one_purse_for_paid_and_one_for_bonus_in_each_currency() -> None:
    assets = card_assets("C7", "CAD")
    assert (assets.paid, assets.bonus) == ("card/C7/CAD/paid", "card/C7/CAD/bonus")


def test_an_asset_says_which_card_it_belongs_to() -> None:
    assets = card_assets("a/b", "USD")
    assert (card_of(assets.paid), card_of(assets.bonus)) == ("a/b", "a/b")
    assert [card_of(other) for other in ("series/visits", "card/C7", "points/a/b/paid", "")] == [""] * 4
