"""The rule pack that came with the program, read from its resources.

What the rows mean is in `domain/rules.py`. A pack that cannot be read whole is refused whole. It is read once: it
changes with the program only.
"""

from __future__ import annotations

from functools import cache

from salon_desk.domain.rule_pack import RulePack, parse_rule_pack
from salon_desk.settings import resource_folder


@cache
def load_rules() -> RulePack:
    """The rule pack that came with the program. Raises RulePackDamaged."""
    folder = resource_folder("rules")
    return parse_rule_pack(
        {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".toml")}
    )
