"""The shop, its window and the customer's side of it, for the tests of this room. See `tests.ui.shop_fixture`."""

from __future__ import annotations

from tests.ui.counter_window import make_counter, worker_tasks
from tests.ui.shop_fixture import closed_shop, demo_folder, make_shop, shop

__all__ = ["closed_shop", "demo_folder", "make_counter", "make_shop", "shop", "worker_tasks"]
