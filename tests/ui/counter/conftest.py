"""The shop of the counter, for the tests of what its screens share. See `tests.ui.shop_fixture`."""

from tests.ui.away import brooklyn
from tests.ui.shop_fixture import closed_shop, demo_folder, make_shop, shop

__all__ = ["brooklyn", "closed_shop", "demo_folder", "make_shop", "shop"]
