"""Fixtures of the storage tests: an open till in a folder of the test's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.storage.office import Office
from salon_desk.storage.place import Place
from salon_desk.storage.store import Store
from tests.integration.storage.offices import office_at
from tests.integration.storage.tills import open_till
from tests.integration.storage.trading import trade


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


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Another till, whose operations are received."""
    opened = open_till(tmp_path / "other")
    yield opened
    opened.close()


@pytest.fixture
def office(postgres: str) -> Iterator[Office]:
    """A head office on PostgreSQL that was just opened for the first time."""
    opened = office_at(Place(url=postgres))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a row in every table; not to be changed."""
    folder = tmp_path_factory.mktemp("traded") / "till"
    trade(folder)
    return folder


@pytest.fixture
def copied(traded: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed at will."""
    return shutil.copytree(traded, tmp_path / "copied")
