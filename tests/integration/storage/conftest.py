"""Fixtures of the storage tests: an open till in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.storage.store import Store
from tests.integration.storage.tills import open_till


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the till's data lies."""
    return tmp_path / "till"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """A till that was just opened for the first time."""
    opened = open_till(folder)
    yield opened
    opened.close()
