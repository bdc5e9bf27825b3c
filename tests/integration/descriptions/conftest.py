"""Fixtures: a head office with two tills in two stores, all of them in step; and the small shop with tiles."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.operations.description import CategoryDescribed
from salon_desk.services.describe import describe
from tests.integration.descriptions.nodes import Nodes
from tests.integration.services.shop import Shop, open_shop


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Nodes]:
    """Head office, till S1-1 in store S1 and till S2-1 in store S2."""
    chain = Nodes(tmp_path)
    chain.add("S1-1", "S1")
    chain.add("S2-1", "S2")
    chain.sync()
    yield chain
    chain.close()


@pytest.fixture
def tiled(tmp_path: Path) -> Iterator[Shop]:
    """The small shop before its first shift, with a category, so that its items are tiles."""
    shop = open_shop(tmp_path / "till")
    describe(shop.till, shop.command(), None, [(CategoryDescribed, "nails", {"name_en": "N"})])
    yield shop
    shop.till.store.close()
