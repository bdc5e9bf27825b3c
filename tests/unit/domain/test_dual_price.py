"""Two posted prices: cash settles its share of the card price."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain.dual_price import DualPrice, DualSplit, split_dual_price
from salon_desk.domain.errors import NegativeAmount, TenderOver
from tests.unit.domain.shop import usd

POSTED = DualPrice(card=usd(4680), cash=usd(4500))


def test_twenty_in_cash_settles_20_80_of_the_card_price_and_the_card_pays_26() -> None:
    assert split_dual_price(POSTED, usd(2000)) == DualSplit(cash=usd(2000), settles=usd(2080), card=usd(2600))


def test_all_in_cash_leaves_nothing_and_none_leaves_the_card_price() -> None:
    assert split_dual_price(POSTED, usd(4500)).card == usd(0)
    assert split_dual_price(POSTED, usd(0)).card == usd(4680)


def test_what_costs_nothing_in_cash_is_settled() -> None:
    assert split_dual_price(DualPrice(usd(0), usd(0)), usd(0)) == DualSplit(usd(0), usd(0), usd(0))


def test_more_cash_than_the_cash_price_or_less_than_none_is_refused() -> None:
    with pytest.raises(TenderOver):
        split_dual_price(POSTED, usd(4501))
    with pytest.raises(NegativeAmount):
        split_dual_price(POSTED, usd(-1))


@given(st.integers(min_value=1, max_value=100_000), st.integers(min_value=0, max_value=10_000), st.data())
def test_cash_and_card_together_settle_the_card_price(cash: int, more: int, data: st.DataObject) -> None:
    paid = data.draw(st.integers(min_value=0, max_value=cash))
    split = split_dual_price(DualPrice(usd(cash + more), usd(cash)), usd(paid))
    assert split.settles + split.card == usd(cash + more)
    assert usd(0) <= split.card
