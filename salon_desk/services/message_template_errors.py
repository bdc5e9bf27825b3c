"""Refusals of the owner's templates of messages.

Parameters only, no prose. What a text may not say is refused in `domain/message_template.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class UnknownTemplate(DomainError):
    """No template has this key."""

    template: str


@dataclass
class TemplateComesWithProgram(DomainError):
    """A template that comes with the program keeps its trigger and its purpose, and can be put back but not ended."""

    template: str
