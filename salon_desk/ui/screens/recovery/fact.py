"""One fact of the recovery screen, ready to read: how sure it is, what became of it, what to do. No Qt.

Which facts there are is the view model's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sureness(StrEnum):
    """How a fact stands: settled, still to come, to be looked at, or nothing to say."""

    SETTLED = "settled"
    COMING = "coming"
    LOOK = "look"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that somebody worries about: what became of it, and what to do."""

    sureness: Sureness
    title: str
    detail: str = ""
