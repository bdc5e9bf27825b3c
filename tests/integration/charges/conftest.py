"""A counter with a payment terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.charges.counter import Counter
from tests.integration.services.shop import open_shop


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """An open shift, a terminal that approves, WeChat Pay beside it."""
    shop = open_shop(tmp_path / "till")
    shop.open_shift()
    yield Counter(shop, tmp_path / "till")
    shop.till.store.close()
