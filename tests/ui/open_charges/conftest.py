"""The shop and the window of the counter, for the tests of this screen. See `tests.ui.shop_fixture`."""

from tests.ui.counter_window import make_counter
from tests.ui.shop_fixture import closed_shop, demo_folder, make_shop, shop

__all__ = ["closed_shop", "demo_folder", "make_counter", "make_shop", "shop"]
