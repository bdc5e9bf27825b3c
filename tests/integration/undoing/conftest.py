"""Two stores with a head office between them, both trading."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.undoing.two_stores import TwoStores, open_two_stores


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[TwoStores]:
    """May's card is of store S1; whatever a test did, the books are checked after it."""
    found = open_two_stores(tmp_path)
    yield found
    found.chain.close()
