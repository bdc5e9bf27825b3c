"""Operations about campaigns: whom one is for, that it was launched, that it was stopped.

Who is written to is decided by whoever records, once; the messages themselves are `message.py`'s. The one rule: a campaign is there
when its launch is, which is recorded last and says how many batches of its audience there are.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.operations.operation import Operation


class CampaignAudience(Operation, frozen=True, kw_only=True):
    """One batch of those whom a campaign is for, held back or not: opaque ids, 500 at most. `number` counts from 0."""

    KIND: ClassVar[str] = "campaign.audience"
    campaign: str
    number: int
    members: tuple[str, ...]


class CampaignLaunched(Operation, frozen=True, kw_only=True):
    """A campaign goes out. `segment` and `conditions` (`domain.segment.written`): who was asked for, as it was then.

    `offer`: what stands for {offer} in each language. `audience`: how many in how many `batches`, `held_back` of them by `domain.campaign.is_held_back`; `cost`: what its SMS
    segments were said to cost, None where no price was set. Instants as operations keep them.
    """

    KIND: ClassVar[str] = "campaign.launched"
    campaign: str
    name: str
    segment: str
    conditions: tuple[str, ...]
    template: str
    store: str
    held_back_percent: int
    audience: int
    held_back: int
    batches: int
    launched_at: str
    due_at: str
    expires_at: str
    offer: Names = Names("")
    segments: int = 0
    cost: Money | None = None


class CampaignStopped(Operation, frozen=True, kw_only=True):
    """Nothing more is sent for it. What a channel was handed already is gone."""

    KIND: ClassVar[str] = "campaign.stopped"
    campaign: str
    reason: str
    stopped_at: str
