"""The fixtures of the back office, for the tests of this screen; see `tests/ui/back_office.py`."""

from tests.ui.back_office import closed_shop, demo_folder, make_desk_of, new_shop, office, shop

__all__ = ["closed_shop", "demo_folder", "make_desk_of", "new_shop", "office", "shop"]
