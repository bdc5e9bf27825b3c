"""Where a head office of these tests keeps its data: a folder with SQLite, a PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres import postgres, postgres_server

__all__ = ["postgres", "postgres_server"]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, ...]:
    """The words that say where head office's data lies; both kinds, one after the other."""
    if request.param == "sqlite":
        return ("--data", str(tmp_path / "office"))
    return ("--database", str(request.getfixturevalue("postgres")))


@pytest.fixture
def processes_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of many processes: what they run is measured elsewhere, and measuring costs each of them seconds."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
