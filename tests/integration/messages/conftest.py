"""Fixtures of the message tests: a small shop in a folder of the test's own, copied from one that was made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.services.till import Till
from salon_desk.storage.opening import open_store
from tests.integration.services.shop import FixedClock, Shop, open_shop


@dataclass
class Kept:
    """The folder of a shop with an open shift, closed, and the member and card in it."""

    folder: Path
    member: str
    card: str

    def open(self, folder: Path, again: Shop | None = None) -> Shop:
        """The shop in a folder, copied there, or `again` as it was left there."""
        if again is None:
            shutil.copytree(self.folder, folder)
        clock, numbers = (again.clock, again.ids) if again else (FixedClock(), count(1000))
        store = open_store(folder, clock, lambda: f"id-{next(numbers)}")
        return Shop(Till(store, load_rules()), clock, ids=numbers, member=self.member, card=self.card)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Made once for all tests."""
    folder = tmp_path_factory.mktemp("kept") / "till"
    shop = open_shop(folder)
    shop.open_shift()
    shop.till.store.close()
    return Kept(folder, shop.member, shop.card)


@pytest.fixture
def shop(kept: Kept, tmp_path: Path) -> Iterator[Shop]:
    """The shop with an open shift; nobody agreed to anything."""
    found = kept.open(tmp_path / "till")
    yield found
    found.till.store.close()
