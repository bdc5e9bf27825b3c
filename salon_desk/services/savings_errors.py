"""Why a card cannot save towards a plan.

Parameters and no prose: the sentences are the screen's. What is done with savings is in `services/savings.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class UnknownSavingsPlan(DomainError):
    """No plan of this shop has this id."""

    plan: str


@dataclass
class SavingsPlanInvalid(DomainError):
    """A plan that says nothing clear; `field` names where."""

    plan: str
    field: str


@dataclass
class AlreadySaving(DomainError):
    """The card saves towards a plan already, and its bonus was not granted yet."""

    card: str
