"""A gateway that ends with the test; what it would not have taken is a failure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.wallets.stand_in import StandIn


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    gateway = StandIn()
    yield gateway
    gateway.close()
    assert gateway.problems == []
