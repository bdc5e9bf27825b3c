"""The same command again, at once or much later, gives the same answer and does nothing."""

from __future__ import annotations

from salon_desk.domain.shift import Denomination
from salon_desk.services import shifts
from tests.integration.histories.giving_back import close_shift
from tests.integration.services.shop import CASHIER, Shop, dollars

HUNDRED = (Denomination(100, 100),)


def test_a_count_that_comes_again_after_the_close_gives_the_shifts_own_figures(shop: Shop) -> None:
    first = shifts.count(shop.till, "tap", CASHIER, denominations=(Denomination(100, 99),))
    assert first.over_short == dollars("-1.00")
    shifts.close(shop.till, shop.command(), CASHIER)
    head = shop.till.store.head
    assert shifts.count(shop.till, "tap", CASHIER, denominations=HUNDRED) == first
    assert shop.till.store.head == head
    shop.open_shift("50.00")
    assert shifts.count(shop.till, "tap", CASHIER, denominations=HUNDRED) == first
    assert close_shift(shop, 5000).expected == dollars("50.00")
