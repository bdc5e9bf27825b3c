"""The shop, the window and payments without one, for the tests of this screen. See `tests.ui.shop_fixture`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.services.tickets import NewLine
from salon_desk.services.till import Till
from salon_desk.storage.opening import open_store
from salon_desk.ui.session import Session
from tests.ui.away import brooklyn
from tests.ui.counter_window import make_counter, worker_tasks
from tests.ui.pay.payment import Payment
from tests.ui.shop_fixture import AMY, CounterShop, TickingClock, closed_shop, demo_folder, make_shop, shop

__all__ = ["brooklyn", "closed_shop", "demo_folder", "make_counter", "make_shop", "shop", "worker_tasks"]


@pytest.fixture(scope="module")
def one_shop(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CounterShop]:
    """One shop for all tests of walk-ins: each has a ticket and a terminal of its own."""
    folder = tmp_path_factory.mktemp("charging") / "till"
    shutil.copytree(demo_folder, folder)
    numbers = count(1)
    till = Till(open_store(folder, TickingClock(), lambda: f"id-{next(numbers)}"), load_rules())
    shop = CounterShop(till, Session(lambda: f"ui-{next(numbers)}"))
    shop.sign_in(AMY)
    shop.open_shift()
    yield shop
    till.store.close()


@pytest.fixture
def visit(shop: CounterShop) -> Payment:
    """The worked visit of $95.89 with $62.50 on the card."""
    return Payment(shop, shop.the_visit().ticket.ticket_id)


@pytest.fixture
def walk_in(shop: CounterShop) -> Payment:
    """One gel manicure, $47.03 with tax, without a card."""
    return Payment(shop, shop.ticket(NewLine("gel-manicure", "lily")).ticket.ticket_id)
