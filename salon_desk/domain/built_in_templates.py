"""The templates that come with the program, read from the texts of their TOML files, every one checked.

What they say stands in `resources/messages/*.toml`, what the owner makes of them in `services/message_templates.py`. A file that cannot
be read whole is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.errors import DomainError, RulePackDamaged
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_template import CHANNELS, Template, check_template
from salon_desk.domain.names import Names

STOP_CONFIRMATION = "stop_confirmation"
HELP = "help"
"""Keys of the two answers that no trigger sends: the one confirmation of a STOP, and what HELP says."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """Templates by key, in their order, and by channel the words that {stop} stands for."""

    templates: Mapping[str, Template]
    ways_out: Mapping[Channel, Names]

    def of_trigger(self, trigger: Trigger) -> tuple[Template, ...]:
        """What is made for a trigger; the first has its name."""
        return tuple(one for one in self.templates.values() if one.trigger is trigger)


def parse_templates(texts: Mapping[str, str]) -> BuiltIn:
    """Templates from their files (name -> TOML text): any with [[template]], one with [ways_out].

    Raises RulePackDamaged with the file, the row from 1 and a fault: toml, row, value (a purpose, a lint), overlap.
    """
    templates: dict[str, Template] = {}
    ways_out: dict[Channel, Names] = {}
    for name, text in sorted(texts.items()):
        table = _toml(name, text)
        for number, row in enumerate(table.get("template", []), start=1):
            one = _read(name, number, row)
            if one.key in templates:
                raise RulePackDamaged(name, number, "overlap")
            templates[one.key] = one
        try:
            ways_out |= {Channel(channel): _names(row) for channel, row in table.get("ways_out", {}).items()}
        except (KeyError, TypeError, ValueError):
            raise RulePackDamaged(name, 0, "row") from None
    return BuiltIn({one.key: one for one in sorted(templates.values(), key=_place)}, ways_out)


def _place(template: Template) -> int:
    """The order of the triggers, then what none sends."""
    return list(Trigger).index(template.trigger) if template.trigger else len(Trigger)


def _toml(name: str, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise RulePackDamaged(name, 0, "toml") from None


def _read(name: str, number: int, row: Mapping[str, Any]) -> Template:
    try:
        one = Template(
            key=_text(row["key"]),
            purpose=Purpose(row["purpose"]),
            texts=_names(row["text"]),
            subjects=_names(row["subject"]),
            trigger=Trigger(row["trigger"]) if "trigger" in row else None,
            names=_names(row["name"]),
            channels=tuple(Channel(channel) for channel in row.get("channels", CHANNELS)),
        )
        check_template(one)
    except KeyError:
        raise RulePackDamaged(name, number, "row") from None
    except (TypeError, ValueError, DomainError):
        raise RulePackDamaged(name, number, "value") from None
    return one


def _names(row: Mapping[str, Any]) -> Names:
    """A text in every language: none is made from another."""
    return Names(_text(row["en"]), _text(row["zh_CN"]), _text(row["zh_TW"]))


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(value)
    return value
