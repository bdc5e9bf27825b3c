"""What lies in resources/: legal figures stand in rule packs as dated rows, each with the source it was read in.

What the figures mean is in `domain/`; here is only that none of them comes from nowhere.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from tests.house_rules.tree import ROOT, expect_none

_RULES = ROOT / "resources" / "rules"


def test_there_are_rules() -> None:
    assert list(_RULES.glob("*.toml"))


def test_every_rule_has_its_source() -> None:
    expect_none(
        f"{path.name} {where}: {row}"
        for path in sorted(_RULES.rglob("*.toml"))
        for where, row in _rows(tomllib.loads(path.read_text("utf-8")))
        if not str(row.get("source", "")).strip()
    )


def _rows(table: dict[str, Any], where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every entry of every array of tables, with the name of the array and its number."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _rows(value, f"{where}{key}.")
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            yield from ((f"{where}{key}[{number}]", item) for number, item in enumerate(value))
