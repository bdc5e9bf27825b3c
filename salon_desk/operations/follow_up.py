"""Operations about tasks for people (回访): that one is to be done, and what came of it.

What may be said is in `domain/follow_up.py`. Both describe a member and go with them.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.follow_up import Result
from salon_desk.operations.operation import Operation


class FollowUpMade(Operation, frozen=True, kw_only=True):
    """Somebody is to speak to a member until a day (ISO date). `assignee`: a staff id, empty for whichever manager.

    `why`: a trigger's name, or that it was made by hand; `subject`: what about, as the trigger named it.
    """

    KIND: ClassVar[str] = "follow_up.made"
    follow_up: str
    member: str
    assignee: str
    why: str
    subject: str
    script: str
    store: str
    due_on: str


class FollowUpAnswered(Operation, frozen=True, kw_only=True):
    """What came of it, in whose words; it is taken up again on `next_on` (ISO date), or done where that is empty."""

    KIND: ClassVar[str] = "follow_up.answered"
    follow_up: str
    member: str
    result: Result
    note: str = ""
    next_on: str = ""
