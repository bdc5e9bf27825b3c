"""A card sale on the till's real window, with the demo's terminal behind a real line: planned, charged, recorded, said.

With SALON_DESK_CARD_SALE=1; its parts are tested for themselves.
"""

from __future__ import annotations

import os

import pytest
from pytestqt.qtbot import QtBot

from salon_desk.ui.screens.pay.view import PayScreen
from tests.integration.window.conftest import Desk

_TERMINAL = "external_card/terminal"


@pytest.mark.skipif(not os.environ.get("SALON_DESK_CARD_SALE"), reason="SALON_DESK_CARD_SALE=1 runs it")
def test_a_card_goes_to_the_terminal_and_the_sale_completes_by_itself(desk: Desk, qtbot: QtBot) -> None:
    desk.sign_in()
    places = desk.opened.places
    places.checkout.presenter.new_ticket()
    desk.settle()
    places.checkout.presenter.tap_item("gel-manicure")
    desk.settle()
    places.pay(places.checkout.presenter.state.ticket)
    pay = desk.opened.window.screen_for("pay")
    assert isinstance(pay, PayScreen)
    qtbot.waitUntil(lambda: pay.presenter.state.fresh)
    tile = pay.tenders.tile(_TERMINAL)
    assert tile is not None
    qtbot.waitUntil(tile.isEnabled)
    tile.click()
    qtbot.waitUntil(pay.plan.complete.isEnabled)
    pay.plan.complete.click()
    qtbot.waitUntil(lambda: pay.presenter.state.sold is not None, timeout=20_000)
    sold = pay.presenter.state.sold
    assert sold is not None
    (part,) = sold.sale.tenders
    assert part.charge
    assert len(part.last_four) == 4
    bar = desk.opened.window.top_bar
    assert bar.pill("terminal") is not None
    desk.opened.window.go("checkout")
    desk.settle()
    assert bar.pill("open_charges") is None
