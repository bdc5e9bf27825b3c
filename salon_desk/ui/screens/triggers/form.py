"""What stands in the form of a trigger: typed numbers and tapped choices, and what they come to. No Qt and no word.

What is valid is known by the service; here only what is no number at all is refused, by the name of its field.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from salon_desk.domain.trigger import KINDS, Settings, TaskFor
from salon_desk.domain.trigger_errors import TriggerInvalid
from salon_desk.ui.counter.typed_numbers import whole

ON, OFF = "on", "off"
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class TypedTrigger:
    """The words in the fields, as they were typed."""

    threshold: str = ""
    days: str = ""


def typed_of(settings: Settings) -> TypedTrigger:
    """The words of a trigger as it stands; a trigger that knows no such number has none."""
    kind = KINDS[settings.trigger]
    return TypedTrigger(
        str(settings.threshold) if kind.thresholds.most else "",
        str(settings.days) if kind.spans.most else "",
    )


def tapped(settings: Settings, group: str, key: str) -> Settings:
    """The same after a tap on `key` of a group."""
    match group:
        case "enabled":
            return replace(settings, enabled=key == ON)
        case "sends":
            return replace(settings, sends=key == ON)
        case "task":
            return replace(settings, makes_task=TaskFor("" if key == NOBODY else key))
        case _:
            return replace(settings, template=key)


def wanted(chosen: Settings, typed: TypedTrigger) -> Settings:
    """What the form says. Raises TriggerInvalid for what is no number."""
    return replace(
        chosen,
        threshold=_whole(chosen, "threshold", typed.threshold),
        days=_whole(chosen, "days", typed.days),
    )


def spoken(chosen: Settings, typed: TypedTrigger) -> Settings:
    """What the sentences are about while somebody types: what is no number stays as it stood."""
    try:
        return wanted(chosen, typed)
    except TriggerInvalid:
        return chosen


def _whole(chosen: Settings, field: str, text: str) -> int:
    kind = KINDS[chosen.trigger]
    if not (kind.thresholds if field == "threshold" else kind.spans).most:
        return 0
    try:
        return whole(text)
    except ValueError as error:
        raise TriggerInvalid(chosen.trigger.value, field) from error
