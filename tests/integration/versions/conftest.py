"""Fixtures: a head office and tills in two stores, described by a program that all of them know."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.operations.description import CategoryDescribed, Field, ItemDescribed
from tests.integration.descriptions.nodes import Nodes


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Nodes]:
    """Head office, tills "old" and "new" in S1, "far" in S2; one item for sale."""
    chain = Nodes(tmp_path)
    for name, store in (("old", "S1"), ("new", "S1"), ("far", "S2")):
        chain.add(name, store)
    chain.at_office(
        CategoryDescribed(id="nails", fields={"name_en": Field(1, "Nails")}),
        ItemDescribed(id="gel", fields={"name_en": Field(1, "Gel"), "price_cents": Field(1, 4500)}),
    )
    chain.sync()
    yield chain
    chain.close()
