"""The top-up of four taps, five with its seller (UI.md), clicked on the real screens with the real worker thread.

It begins at the ticket of the member who stands there; the scan does not count.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from salon_desk.domain.tender import TenderKind
from salon_desk.ui.background import TaskRunner
from tests.ui.counter_window import Counter, Finger
from tests.ui.shop_fixture import MAY_ZHANG, CounterShop, usd

MakeCounter = Callable[..., Counter]


@pytest.mark.parametrize(("seller", "taps"), [("", 4), ("kim", 5)])
def test_a_top_up_takes_four_taps_and_five_with_its_seller(
    make_counter: MakeCounter,
    shop: CounterShop,
    worker_tasks: TaskRunner,
    qtbot: QtBot,
    seller: str,
    taps: int,
) -> None:
    counter = make_counter(tasks=worker_tasks)
    finger = Finger(qtbot, worker_tasks)
    finger.wait()
    counter.checkout.code_scanned(MAY_ZHANG)
    finger.wait()

    finger.tap(counter.checkout.panel.head.top_up)
    finger.tap(counter.top_up.offers.tile("offer-300"))
    if seller:
        finger.tap(counter.top_up.sellers.face_button(seller))
    finger.tap(counter.top_up.tenders.tile("cash"))
    finger.tap(counter.top_up.plan.complete)

    assert finger.taps == taps
    sold = shop.last_top_up()
    assert (sold.funding.paid, sold.funding.bonus, sold.funding.seller) == (usd(30000), usd(3000), seller)
    assert [(part.kind, part.taken) for part in sold.tenders] == [(TenderKind.CASH, usd(30000))]
    assert shop.usable() == 6250 + 33000
