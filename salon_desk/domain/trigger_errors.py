"""What is refused of triggers and segments, as typed errors with parameters.

No sentence stands here (`ui/error_sentences/`). One class a refusal; its fields name what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class TriggerInvalid(DomainError):
    """Settings of a trigger cannot be meant; `field` names what is wrong with them."""

    trigger: str
    field: str


@dataclass
class SegmentInvalid(DomainError):
    """A segment cannot be meant: `field` of its condition at `place` (from 0), or of the segment itself (-1)."""

    field: str
    place: int = -1


@dataclass
class UnknownSegment(DomainError):
    """No segment has this id here."""

    segment: str


@dataclass
class BuiltInSegment(DomainError):
    """A segment that comes with the program cannot be changed; a copy of it can."""

    segment: str
