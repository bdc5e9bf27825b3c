"""Pictures of every state of the pay screen, in both languages and three sizes, for a person to look at.

Each is held to: nothing cut, nothing outside, targets of 52 px, a name for everything.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.services.tickets import NewLine
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, keep, tap, too_small
from tests.ui.shop_fixture import CounterShop

MakeCounter = Callable[..., Counter]
both = pytest.mark.parametrize("code", LANGUAGES)
every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@pytest.fixture
def paying(make_counter: MakeCounter, shop: CounterShop) -> Callable[..., Counter]:
    """The worked visit on the pay screen."""

    def make(code: str, size: tuple[int, int]) -> Counter:
        visit = shop.the_visit()
        counter = make_counter(code, size)
        counter.pay.begin(visit.ticket.ticket_id)
        counter.window.go("pay")
        return counter

    return make


@both
@every_size
def test_the_balance_is_short(paying: MakeCounter, code: str, size: tuple[int, int]) -> None:
    counter = paying(code, size)
    keep(counter.window, "pay-short")
    assert too_small(counter.pay, 52) == []
    tap(counter.pay.tips.tip("custom"))
    for digit in ("1", "5", "00"):
        tap(counter.pay.plan.pad.keys[digit])
    keep(counter.window, "pay-tip")
    tap(counter.pay.tips.split)
    keep(counter.window, "pay-tip-split")


@both
@every_size
def test_the_rest_by_card_in_cash_or_by_a_tender_of_the_shop(
    paying: MakeCounter, code: str, size: tuple[int, int]
) -> None:
    counter = paying(code, size)
    tap(counter.pay.tenders.tile("external_card"))
    keep(counter.window, "pay-card")
    assert too_small(counter.pay, 52) == []
    tap(counter.pay.tenders.tile("custom/groupon"))
    keep(counter.window, "pay-reference", lifted=True)
    counter.window.dock.close_dock()
    tap(counter.pay.tenders.tile("cash"))
    tap(counter.pay.plan.quick("4000"))
    keep(counter.window, "pay-cash")
    assert too_small(counter.pay, 52) == []
    tap(counter.pay.plan.complete)
    keep(counter.window, "pay-done")
    assert too_small(counter.pay, 52) == []


@both
@every_size
def test_a_top_up_inside_the_sale(paying: MakeCounter, code: str, size: tuple[int, int]) -> None:
    counter = paying(code, size)
    tap(counter.pay.tips.tip("18"))
    tap(counter.pay.offer.action)
    keep(counter.window, "pay-top-up")
    assert too_small(counter.pay, 52) == []


@both
@every_size
def test_a_walk_in_without_a_card(
    make_counter: MakeCounter, shop: CounterShop, code: str, size: tuple[int, int]
) -> None:
    ticket = shop.ticket(NewLine("gel-manicure", "lily"))
    counter = make_counter(code, size)
    counter.pay.begin(ticket.ticket.ticket_id)
    counter.window.go("pay")
    keep(counter.window, "pay-walk-in")
