"""Slow modules stay behind their first use, so that the first screen stands early (PITFALLS 8)."""

from __future__ import annotations

import subprocess
import sys

import pytest

_SLOW = (
    "alembic",
    "argon2",
    "escpos.printer",
    "fpdf",
    "keyring",
    "numpy",
    "openpyxl",
    "PIL.Image",
    "pypinyin",
    "requests",
    "scipy",
    "serial",
    "sqlalchemy.orm",
)


def imported_with(module: str) -> set[str]:
    code = f"import {module}, sys; print(*sys.modules)"
    return set(
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        ).stdout.split()
    )


def test_the_first_screen_imports_nothing_slow() -> None:
    assert imported_with("salon_desk.bootstrap.screen.run") & set(_SLOW) == set()


@pytest.mark.parametrize("module", ["salon_desk.cli.main", "salon_desk.bench.floors.bare_window"])
def test_the_command_line_and_the_bare_floor_import_no_database(module: str) -> None:
    found = imported_with(module)
    assert "sqlalchemy" not in found
    assert "salon_desk.storage" not in found


def test_who_is_leaving_is_reckoned_with_arrays_only_once_somebody_asks() -> None:
    assert imported_with("salon_desk.services.leaving") & {"numpy", "scipy"} == set()
