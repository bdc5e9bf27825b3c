"""What messages need of the program's resources: the area codes and the templates that came with it.

What they mean is in `domain/area_code.py` and `domain/built_in_templates.py`. Both are read when the first message is looked at, not
when the program starts.
"""

from __future__ import annotations

from salon_desk.domain.area_code import AreaCodes, parse_area_codes
from salon_desk.domain.built_in_templates import BuiltIn, parse_templates
from salon_desk.domain.rules import RulePack
from salon_desk.services import message_templates
from salon_desk.services.message_asking import Asker
from salon_desk.services.message_writing import TemplateWriter
from salon_desk.settings import resource_folder


def load_area_codes() -> AreaCodes:
    """The area codes of the US and Canada. Raises RulePackDamaged."""
    return parse_area_codes((resource_folder("telephone") / "area_codes.toml").read_text(encoding="utf-8"))


def load_templates() -> BuiltIn:
    """The templates that came with the program. Raises RulePackDamaged."""
    folder = resource_folder("messages")
    return parse_templates(
        {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".toml")}
    )


def make_asker(rules: RulePack) -> Asker:
    """What the gate is asked with, whoever sends or only looks. Raises RulePackDamaged."""
    built_in = load_templates()
    writer = TemplateWriter(message_templates.finder(built_in), built_in.ways_out)
    return Asker(rules, load_area_codes(), writer)
