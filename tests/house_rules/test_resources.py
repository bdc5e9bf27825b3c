"""What lies in resources/: legal figures stand in rule packs as dated rows, each with the source it was read in.

What the figures mean is in `domain/`; here is only that none of them comes from nowhere.
"""

from __future__ import annotations

import tomllib
from typing import Any

from tests.house_rules.tree import ROOT, expect_none

_PACK = ROOT / "resources" / "rules"
_WANTED = ("jurisdiction", "key", "from", "source")


def test_every_rule_says_where_since_when_and_by_what_source() -> None:
    rules = _rows("rule")
    assert rules
    expect_none(
        f"{origin}: no {field} in {row}"
        for origin, row in rules
        for field in _WANTED
        if not str(row.get(field, "")).strip()
    )


def test_every_rate_is_named_by_a_rule_and_so_has_its_source() -> None:
    named = {rate for _, row in _rows("rule") if isinstance(row["value"], list) for rate in row["value"]}
    expect_none(f"{origin}: {row}" for origin, row in _rows("rate") if row["rate_id"] not in named)


def test_a_pack_has_rules_and_rates_and_nothing_else_in_rows() -> None:
    arrays = {key for table in _tables().values() for key, value in table.items() if isinstance(value, list)}
    assert arrays == {"rule", "rate"}


def _tables() -> dict[str, dict[str, Any]]:
    return {path.name: tomllib.loads(path.read_text("utf-8")) for path in sorted(_PACK.glob("*.toml"))}


def _rows(kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Every row of a kind, with the file it stands in."""
    return [(name, row) for name, table in _tables().items() for row in table.get(kind, [])]
