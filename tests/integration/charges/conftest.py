"""A counter with a payment terminal."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from salon_desk.services.till import Till
from salon_desk.storage.opening import open_store
from tests.integration.charges.counter import Counter
from tests.integration.services.shop import FixedClock, Shop, open_shop


@pytest.fixture(scope="package")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Shop]:
    """A shop with an open shift, closed again: what every test begins with a copy of."""
    folder = tmp_path_factory.mktemp("charges") / "till"
    shop = open_shop(folder)
    shop.open_shift()
    shop.till.store.close()
    return folder, shop


@pytest.fixture
def counter(opened: tuple[Path, Shop], tmp_path: Path) -> Iterator[Counter]:
    """An open shift, a terminal that approves, WeChat Pay beside it."""
    kept, shop = opened
    folder = shutil.copytree(kept, tmp_path / "till")
    clock, ids = FixedClock(), count(1000)
    store = open_store(folder, clock, lambda: f"id-{next(ids)}")
    till = Till(store, shop.till.rules)
    yield Counter(Shop(till, clock, count(1000), shop.member, shop.card), folder)
    store.close()
