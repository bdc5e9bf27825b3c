"""Pictures of a member whose value lies partly at another store, at checkout; see `tests/ui/pay` for paying."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.ui.link_desk import Reach
from tests.ui.away import AT, Brooklyn, FakeLine
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, keep
from tests.ui.shop_fixture import MAY_ZHANG, CounterShop


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_value_elsewhere(
    make_counter: Callable[..., Counter],
    shop: CounterShop,
    code: str,
    size: tuple[int, int],
    brooklyn: Brooklyn,
) -> None:
    brooklyn.take(4000)
    visit, line = shop.the_visit(), FakeLine()
    counter = make_counter(code, size, line=line)
    counter.checkout.code_scanned(MAY_ZHANG)
    assert counter.checkout.presenter.state.ticket == visit.ticket.ticket_id
    keep(counter.window, "checkout-elsewhere")
    line.become(Reach(AT, "2026-11-20T15:20:00.000Z"))
    keep(counter.window, "checkout-elsewhere-offline")
    counter.pay.begin(visit.ticket.ticket_id)
    counter.window.go("pay")
    keep(counter.window, "pay-elsewhere-offline")
    line.become(Reach(AT))
    keep(counter.window, "pay-elsewhere")
