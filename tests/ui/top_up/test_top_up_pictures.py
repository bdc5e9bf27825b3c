"""Pictures of every state of the top-up screen, in both languages and three sizes, for a person to look at.

Each is held to: nothing cut, nothing outside, targets of 52 px, a name for everything.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.counter_window import LANGUAGES, SIZES, Counter, keep, tap, too_small
from tests.ui.shop_fixture import CounterShop

MakeCounter = Callable[..., Counter]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_card_is_topped_up(
    make_counter: MakeCounter, shop: CounterShop, code: str, size: tuple[int, int]
) -> None:
    counter = make_counter(code, size)
    counter.top_up.begin()
    counter.window.go("top_up")
    keep(counter.window, "top-up-which-card")
    counter.top_up.card.search.field.setText("0137")
    keep(counter.window, "top-up-search")
    counter.top_up.begin(shop.card())
    keep(counter.window, "top-up-begin")
    tap(counter.top_up.offers.tile("offer-1000"))
    tap(counter.top_up.sellers.face_button("kim"))
    tap(counter.top_up.tenders.tile("cash"))
    keep(counter.window, "top-up-cash")
    assert too_small(counter.top_up, 52) == []
    tap(counter.top_up.plan.complete)
    keep(counter.window, "top-up-done")
