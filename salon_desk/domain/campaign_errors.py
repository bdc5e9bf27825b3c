"""Why a campaign is not launched, and why a task is not made or answered.

Parameters and no prose: the sentences are the screen's.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class CampaignInvalid(DomainError):
    """A campaign that cannot be meant; `field` says what of it."""

    field: str


@dataclass
class AudienceEmpty(DomainError):
    """There is nobody to write to."""


@dataclass
class UnknownCampaign(DomainError):
    """No campaign of this shop has this id."""

    campaign: str


@dataclass
class FollowUpInvalid(DomainError):
    """A task that cannot be meant, or an answer to it; `field` says what of it."""

    field: str


@dataclass
class UnknownFollowUp(DomainError):
    """No task has this id."""

    follow_up: str


@dataclass
class FollowUpClosed(DomainError):
    """The task has its result, and no next date."""

    follow_up: str
