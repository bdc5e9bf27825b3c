"""Fixtures of the demo shop and its scripted day: a folder that has the demo shop, loaded once and copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.day.played import Books, copy_to_own, play_in


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo shop and no day traded yet; not to be written to."""
    folder = tmp_path_factory.mktemp("demo") / "till"
    play_in(folder, 0)
    return folder


@pytest.fixture
def folder(loaded_demo: Path, tmp_path: Path) -> Path:
    """A till's folder with the demo shop, of the test's own."""
    return copy_to_own(loaded_demo, tmp_path / "till")


@pytest.fixture
def books() -> Iterator[Callable[[Path], Books]]:
    """Opens a folder's books, and closes them after the test."""
    opened: list[Books] = []

    def open_books(folder: Path) -> Books:
        opened.append(Books(folder))
        return opened[-1]

    yield open_books
    for one in opened:
        one.close()
