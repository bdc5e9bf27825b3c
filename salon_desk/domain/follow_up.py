"""Tasks for people (回访): somebody is to be called or spoken to, by whom, why and until when, and what came of it.

No message is sent by one (`message.py`). A task stays open while its last result names a next date.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from salon_desk.domain.campaign_errors import FollowUpInvalid
from salon_desk.domain.limits import MAX_NOTE, MAX_REFERENCE, check_text

FARTHEST_DAYS = 730
BY_HAND = "by_hand"
"""Why a task is there that somebody made; others are named after their trigger."""


class Result(StrEnum):
    """What came of a task: not reached, reached, booked, came already, does not want, or cannot be done."""

    NO_ANSWER = "no_answer"
    REACHED = "reached"
    BOOKED = "booked"
    CAME = "came"
    NOT_WANTED = "not_wanted"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Task:
    """A task to be made. `assignee`: a staff id, empty for whichever manager; `why`: a trigger or BY_HAND; `due_on`: ISO date."""

    member: str
    why: str
    script: str
    due_on: str
    assignee: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it. `next_on`: the ISO date on which it is taken up again, empty: it is done."""

    result: Result
    note: str = ""
    next_on: str = ""


def task_id(why: str, member: str, subject: str) -> str:
    """The name of a task that a trigger makes: the same for the same reason, member and subject."""
    return hashlib.sha256(f"follow-up\n{why}\n{member}\n{subject}".encode()).hexdigest()[:32]


def check_task(task: Task, today: str) -> None:
    """Refuse a task that cannot be meant. Raises FollowUpInvalid, TextTooLong."""
    for field in ("member", "why", "assignee", "subject"):
        check_text(field, getattr(task, field), MAX_REFERENCE)
    check_text("script", task.script, MAX_NOTE)
    for field in ("member", "why"):
        if not getattr(task, field).strip():
            raise FollowUpInvalid(field)
    _check_day("due_on", task.due_on, today)


def check_answer(answer: Answer, today: str) -> None:
    """Refuse an answer that cannot be meant; the next date lies behind today. Raises FollowUpInvalid, TextTooLong."""
    check_text("note", answer.note, MAX_NOTE)
    if not answer.next_on:
        return
    _check_day("next_on", answer.next_on, today)
    if answer.next_on <= today:
        raise FollowUpInvalid("next_on")


def _check_day(field: str, day: str, today: str) -> None:
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        raise FollowUpInvalid(field) from None
    ahead = (asked - date.fromisoformat(today)).days
    if asked.isoformat() != day or not -FARTHEST_DAYS <= ahead <= FARTHEST_DAYS:
        raise FollowUpInvalid(field)
