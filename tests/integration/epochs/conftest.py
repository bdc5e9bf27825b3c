"""Fixtures of the guard's tests: a folder of the test's own."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the till's data lies."""
    return tmp_path / "till"
