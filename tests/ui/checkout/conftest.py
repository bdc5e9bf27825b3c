"""The shop and the window of the counter, for the tests of this screen. See `tests.ui.shop_fixture`."""

from tests.ui.away import brooklyn
from tests.ui.checkout.desk import desk
from tests.ui.counter_window import make_counter, worker_tasks
from tests.ui.shop_fixture import closed_shop, demo_folder, make_shop, shop

__all__ = [
    "brooklyn",
    "closed_shop",
    "demo_folder",
    "desk",
    "make_counter",
    "make_shop",
    "shop",
    "worker_tasks",
]
