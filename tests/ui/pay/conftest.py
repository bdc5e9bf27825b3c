"""The shop, the window and payments without one, for the tests of this screen. See `tests.ui.shop_fixture`."""

from __future__ import annotations

import pytest

from salon_desk.services.tickets import NewLine
from tests.ui.away import brooklyn
from tests.ui.counter_window import make_counter, worker_tasks
from tests.ui.pay.payment import Payment
from tests.ui.shop_fixture import CounterShop, closed_shop, demo_folder, make_shop, shop

__all__ = ["brooklyn", "closed_shop", "demo_folder", "make_counter", "make_shop", "shop", "worker_tasks"]


@pytest.fixture
def visit(shop: CounterShop) -> Payment:
    """The worked visit of $95.89 with $62.50 on the card."""
    return Payment(shop, shop.the_visit().ticket.ticket_id)


@pytest.fixture
def walk_in(shop: CounterShop) -> Payment:
    """One gel manicure, $47.03 with tax, without a card."""
    return Payment(shop, shop.ticket(NewLine("gel-manicure", "lily")).ticket.ticket_id)
