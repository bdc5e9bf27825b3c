"""Refusals about an overdraft, as codes with parameters; no sentence is built here.

The sentences stand in `ui/error_sentences/value.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class OverdraftTooLarge(DomainError):
    """A manager may not let a card pay so much that does not lie here; `most` cents could be given now."""

    wanted: int
    most: int
