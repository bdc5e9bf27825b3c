"""Selling a gift card and a series with taps and scans, in few of them; and pictures of every state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from salon_desk.domain.gift import is_made
from salon_desk.services import cards, series
from salon_desk.storage.queries.gifts import Greeting, greeting_of
from salon_desk.ui.background import TaskRunner
from salon_desk.ui.screens.sell.state import Ware
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, Finger, keep, tap, too_small
from tests.ui.shop_fixture import MAY_ZHANG, CounterShop

MakeCounter = Callable[..., Counter]


def _begin(counter: Counter, ware: Ware, member: str = "") -> None:
    counter.sell.begin(ware, member)
    counter.window.go("sell")


def test_a_gift_card_takes_three_taps_and_a_code_is_made(
    make_counter: MakeCounter, shop: CounterShop, worker_tasks: TaskRunner, qtbot: QtBot
) -> None:
    counter = make_counter(tasks=worker_tasks)
    finger = Finger(qtbot, worker_tasks)
    _begin(counter, Ware.GIFT)
    finger.wait()
    finger.tap(counter.sell.wares.tile("5000"))
    finger.tap(counter.sell.tenders.tile("cash"))
    finger.tap(counter.sell.plan.complete)
    done = counter.sell.presenter.state.done
    assert done is not None
    assert is_made(done.code)
    assert finger.taps == 3
    assert cards.by_code(shop.till, done.code).value.usable.cents == 5000


def test_a_scanned_code_its_words_and_a_typed_amount(make_counter: MakeCounter, shop: CounterShop) -> None:
    counter = make_counter()
    _begin(counter, Ware.GIFT)
    screen = counter.sell
    screen.scanned("PLASTIC-9")
    assert screen.code.text == "PLASTIC-9"
    screen.recipient.set_text("小美")
    screen.greeting.set_text("生日快乐")
    tap(screen.wares.tile("other"))
    for digit in "12345":
        screen.presenter.press(digit)
    tap(screen.tenders.tile("cash"))
    tap(screen.plan.complete)
    found = cards.by_code(shop.till, "PLASTIC-9")
    assert found.value.usable.cents == 12345
    with shop.till.read() as transaction:
        assert greeting_of(transaction, found.card.card) == Greeting("小美", "", "生日快乐")
    tap(screen.paid.next)
    assert counter.window.current == "checkout"


def test_a_code_that_is_taken_is_refused_and_everything_typed_stays(
    make_counter: MakeCounter, shop: CounterShop
) -> None:
    counter = make_counter()
    _begin(counter, Ware.GIFT)
    screen = counter.sell
    screen.scanned(MAY_ZHANG)
    tap(screen.wares.tile("2500"))
    tap(screen.tenders.tile("cash"))
    tap(screen.plan.complete)
    assert screen.presenter.state.done is None
    assert screen.code.text == MAY_ZHANG
    assert screen.plan.complete.isEnabled()


def test_a_series_is_sold_to_the_member_whose_card_is_scanned(
    make_counter: MakeCounter, shop: CounterShop
) -> None:
    counter = make_counter()
    _begin(counter, Ware.SERIES)
    screen = counter.sell
    screen.scanned(MAY_ZHANG)
    tap(screen.wares.tile("pedicure-12"))
    tap(screen.tenders.tile("cash"))
    tap(screen.plan.complete)
    (view,) = series.of_member(shop.till, shop.member())
    assert (view.here, view.unused.cents) == (12, 40000)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_both_are_sold(
    make_counter: MakeCounter, shop: CounterShop, code: str, size: tuple[int, int]
) -> None:
    counter = make_counter(code, size)
    _begin(counter, Ware.GIFT)
    screen = counter.sell
    keep(counter.window, "sell-gift-begin")
    tap(screen.wares.tile("10000"))
    screen.recipient.set_text("小美")
    screen.giver.set_text("May Zhang")
    screen.greeting.set_text("生日快乐! Happy birthday!")
    tap(screen.tenders.tile("cash"))
    keep(counter.window, "sell-gift-cash")
    assert too_small(screen, 48) == []
    tap(screen.plan.complete)
    keep(counter.window, "sell-gift-done")
    _begin(counter, Ware.SERIES)
    keep(counter.window, "sell-series-whom")
    screen.member.search.field.setText("0137")
    keep(counter.window, "sell-series-search")
    _begin(counter, Ware.SERIES, shop.member())
    tap(screen.wares.tile("pedicure-12"))
    tap(screen.sellers.face_button("kim"))
    tap(screen.tenders.tile("external_card"))
    keep(counter.window, "sell-series-card")
    tap(screen.tenders.tile("cash"))
    tap(screen.plan.complete)
    keep(counter.window, "sell-series-done")
