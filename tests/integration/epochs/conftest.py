"""Fixtures of the guard's tests: a folder of the test's own, a head office that serves, a till that went on after its backup."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.storage.place import Place
from tests.integration.epochs.folders import issue, keep, spend
from tests.integration.head_office.serving import HeadOffice, serving_at
from tests.integration.sync.linked import opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the till's data lies."""
    return tmp_path / "till"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[HeadOffice]:
    """A head office behind real HTTP."""
    with serving_at(Place(folder=tmp_path / "head-office")) as made:
        yield made


@pytest.fixture
def kept(office: HeadOffice, folder: Path, tmp_path: Path) -> Path:
    """The backup of a till that had 100 units and 5 operations; it spent 70 since and has 12, all of them acknowledged."""
    with opened(folder) as till:
        till.join(office.url, office.code("S1", "one"))
        till.run(lambda here: issue(here.store, 100))
        till.sell(3)
        assert till.synced()
    backup = keep(folder, tmp_path / "backup")
    with opened(folder) as till:
        till.run(lambda here: spend(here.store, 70))
        till.sell(6)
        assert till.synced()
    return backup
