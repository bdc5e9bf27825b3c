"""Projections of tasks for people: each as it was made first, with the newest of what came of it.

Everything that was said of one is kept beside it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import and_, case, or_, tuple_

from salon_desk.operations.envelope import Header
from salon_desk.operations.follow_up import FollowUpAnswered, FollowUpMade
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.follow_ups import follow_up_results, follow_ups

_MADE = ("assignee", "why", "subject", "script", "store", "due_on", "op_id", "made_by", "made_at")
_ANSWER = ("result", "next_on", "answer", "answered_at")
_BLANK: dict[str, str | int] = {
    name: 0 if name.endswith("_at") else "" for name in ("member", *_MADE, *_ANSWER)
}


def _merged(new: Any) -> dict[str, Any]:
    row = follow_ups.c
    # of two that were made under one name the first stands, of what came of it the newest
    before = tuple_(new.made_at, new.op_id) < tuple_(row.made_at, row.op_id)
    made = and_(new.made_at > 0, or_(row.made_at == 0, before))
    newer = tuple_(row.answered_at, row.answer) < tuple_(new.answered_at, new.answer)
    return {
        **{name: case((made, new[name]), else_=row[name]) for name in _MADE},
        **{name: case((newer, new[name]), else_=row[name]) for name in _ANSWER},
    }


_TASK = Rows(follow_ups, _merged)
_RESULT = Rows(follow_up_results)


def follow_up_made(transaction: Transaction, header: Header, operation: FollowUpMade) -> None:
    """Keep that it is to be done. Raises ValueError for a day that is none."""
    date.fromisoformat(operation.due_on)
    transaction.put(
        _TASK,
        **_BLANK
        | {
            "follow_up": operation.follow_up,
            "member": operation.member,
            "assignee": operation.assignee,
            "why": operation.why,
            "subject": operation.subject,
            "script": operation.script,
            "store": operation.store,
            "due_on": operation.due_on,
            "op_id": header.op_id,
            "made_by": header.actor,
            "made_at": header.at,
        },
    )


def follow_up_answered(transaction: Transaction, header: Header, operation: FollowUpAnswered) -> None:
    """Keep what came of it. Raises ValueError for a day that is none."""
    if operation.next_on:
        date.fromisoformat(operation.next_on)
    transaction.put(
        _TASK,
        **_BLANK
        | {
            "follow_up": operation.follow_up,
            "member": operation.member,
            "result": operation.result.value,
            "next_on": operation.next_on,
            "answer": header.op_id,
            "answered_at": header.at,
        },
    )
    transaction.put(
        _RESULT,
        op_id=header.op_id,
        follow_up=operation.follow_up,
        member=operation.member,
        result=operation.result.value,
        note=operation.note,
        next_on=operation.next_on,
        actor=header.actor,
        at=header.at,
    )
