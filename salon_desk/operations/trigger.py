"""Operations about triggers: how the shop uses each one.

The rules are in `domain/trigger.py`. A trigger's id is its name there; what was never said of it is its default.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.operations.description import Described


class TriggerDescribed(Described, frozen=True, kw_only=True):
    """Settings of a trigger: on or off, its template, threshold and days, whether it sends, whose task it makes."""

    KIND: ClassVar[str] = "trigger.described"
