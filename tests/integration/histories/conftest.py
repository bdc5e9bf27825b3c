"""Fixtures of the histories: the small shop of the service tests, in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.services.shop import Shop, open_shop


@pytest.fixture
def closed_shop(tmp_path: Path) -> Iterator[Shop]:
    """The shop before anybody opened a shift; whatever store its till has at the end is closed."""
    shop = open_shop(tmp_path / "till")
    yield shop
    shop.till.store.close()


@pytest.fixture
def shop(closed_shop: Shop) -> Shop:
    """The shop with an open shift and a float of $100."""
    closed_shop.open_shift()
    return closed_shop
