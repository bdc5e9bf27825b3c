"""A card that saves towards a plan says how far it is where it is topped up; with its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.services import savings
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, keep, settle
from tests.ui.shop_fixture import AMY, CounterShop


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_card_that_saves_says_how_far_it_is(
    make_counter: Callable[..., Counter], shop: CounterShop, code: str
) -> None:
    counter = make_counter(code, min(SIZES))
    window = counter.window
    savings.join(shop.till, "join", AMY, shop.card(), "save-1000")
    counter.top_up.begin(shop.card())
    settle()
    window.go("top_up")
    for size in SIZES:
        window.resize(*size)
        keep(window, "top-up-savings")
    assert "$1,000.00" in counter.top_up._note.text()
