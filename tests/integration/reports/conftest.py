"""Fixtures of the report tests: the services' small shop after some days of trade, its Zs closed but the last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.reports.trade import trade_days
from tests.integration.services.shop import Shop, open_shop


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[Shop]:
    """The shop before anybody opened a shift."""
    shop = open_shop(tmp_path / "till")
    yield shop
    shop.till.store.close()


@pytest.fixture(scope="session")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Three business days, two of them closed; one for all tests, which only read it."""
    shop = open_shop(tmp_path_factory.mktemp("traded") / "till")
    trade_days(shop, seed=7)
    yield shop
    shop.till.store.close()
