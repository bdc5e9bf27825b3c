"""Fixtures of the sync tests: a fake parent that serves, a till that has joined it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.sync.fake_parent import FakeParent
from tests.integration.sync.linked import LinkedTill, opened, serving_fake
from tests.unit.sync.serving import Serving


@pytest.fixture
def parent() -> FakeParent:
    return FakeParent()


@pytest.fixture
def served(parent: FakeParent) -> Iterator[Serving]:
    with serving_fake(parent) as made:
        yield made


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[LinkedTill]:
    """A till without a parent."""
    with opened(tmp_path / "till") as made:
        yield made


@pytest.fixture
def linked(alone: LinkedTill, served: Serving) -> LinkedTill:
    """A till that has joined."""
    alone.join(served.url)
    return alone
