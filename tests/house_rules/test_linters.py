"""The linters are tests: ruff, mypy and import-linter run here, and what they say is what the failure shows.

What they look for is in pyproject.toml, and nowhere else.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_rules.tree import ROOT

_BIN = Path(sys.executable).parent


def _complaints(*command: str) -> str:
    """What a linter printed if it found something; nothing if it did not."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [str(_BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env=environment | {"NO_COLOR": "1", "TERM": "dumb"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return f"{done.stdout}{done.stderr}" if done.returncode else ""


def test_ruff_finds_every_file_in_its_format() -> None:
    if said := _complaints("ruff", "format", "--check", "--diff", "."):
        pytest.fail(said, pytrace=False)


def test_ruff_finds_nothing() -> None:
    if said := _complaints("ruff", "check", "."):
        pytest.fail(said, pytrace=False)


@pytest.mark.timeout(600)
def test_mypy_strict_finds_nothing() -> None:
    if said := _complaints("mypy"):
        pytest.fail(said, pytrace=False)


def test_imports_point_one_way() -> None:
    if said := _complaints("lint-imports", "--no-logo"):
        pytest.fail(said, pytrace=False)
