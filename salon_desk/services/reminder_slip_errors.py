"""Refusals of reminders on paper: a template that has nothing to say to a member.

Parameters only; sentences live in `ui/error_sentences`, by the error's class.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class NothingToRemindOf(DomainError):
    """A template has nothing to say to this member: it is gone, or a value is missing. `detail`: which, empty for the template."""

    template: str
    detail: str
