"""Tasks for people: whose they are, which are open or overdue, what came of them.

What may be said of one is `domain/follow_up.py`'s. A task is open until its last result names no next date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, bindparam, case, or_, select

from salon_desk.domain.clock import instant_text
from salon_desk.domain.follow_up import Result
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import group
from salon_desk.storage.tables.follow_ups import follow_up_results, follow_ups
from salon_desk.storage.tables.members import members
from salon_desk.storage.tables.people import staff

_DUE = case((follow_ups.c.next_on != "", follow_ups.c.next_on), else_=follow_ups.c.due_on)
_IS_OPEN = or_(follow_ups.c.answered_at == 0, follow_ups.c.next_on != "")
_ROWS = select(
    follow_ups, _DUE.label("due"), members.c.name.label("member_name"), members.c.phone.label("member_phone")
).outerjoin(members, members.c.id == follow_ups.c.member)
_ONE = Statement(
    lambda: _ROWS.where(follow_ups.c.follow_up == bindparam("follow_up"), follow_ups.c.made_at > 0)
)
_IS_THERE = Statement(
    lambda: select(follow_ups.c.follow_up).where(
        follow_ups.c.follow_up == bindparam("follow_up"), follow_ups.c.made_at > 0
    )
)
_OPEN = Statement(
    lambda: (
        _ROWS.where(
            follow_ups.c.made_at > 0,
            _IS_OPEN,
            or_(bindparam("everybody", type_=Text) == "1", follow_ups.c.assignee == bindparam("assignee")),
            or_(bindparam("upto", type_=Text) == "", bindparam("before") > _DUE),
        )
        .order_by(_DUE, follow_ups.c.follow_up)
        .limit(bindparam("most"))
    )
)
_DONE = Statement(
    lambda: (
        _ROWS.where(
            follow_ups.c.made_at > 0,
            follow_ups.c.answered_at > 0,
            follow_ups.c.next_on == "",
            or_(bindparam("everybody", type_=Text) == "1", follow_ups.c.assignee == bindparam("assignee")),
        )
        .order_by(follow_ups.c.answered_at.desc(), follow_ups.c.follow_up)
        .limit(bindparam("most"))
    )
)
_OF_MEMBER = Statement(
    lambda: (
        _ROWS.where(follow_ups.c.member == bindparam("member"), follow_ups.c.made_at > 0)
        .order_by(follow_ups.c.made_at.desc(), follow_ups.c.follow_up)
        .limit(bindparam("most"))
    )
)
_RESULTS = Statement(
    lambda: (
        select(follow_up_results)
        .where(follow_up_results.c.follow_up == bindparam("follow_up"))
        .order_by(follow_up_results.c.at, follow_up_results.c.op_id)
    )
)
_WORKS = Statement(lambda: select(staff.c.id).where(staff.c.id == bindparam("staff"), staff.c.active == 1))
_CONSULTANT = Statement(lambda: select(members.c.consultant).where(members.c.id == bindparam("member")))


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A task. `due`: the day on which it is to be done, which is the next date once there is one; `result` None: nothing yet.

    `assignee` empty: whichever manager. Instants as operations keep them.
    """

    follow_up: str
    member: str
    member_name: str
    phone: str
    assignee: str
    why: str
    subject: str
    script: str
    store: str
    due: str
    made_at: str
    made_by: str
    result: Result | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that came of a task."""

    result: Result
    note: str
    next_on: str
    actor: str
    at: str


def follow_up(transaction: Transaction, follow_up_id: str) -> FollowUp | None:
    """One task, None where none has this id."""
    row = transaction.one(_ONE, follow_up=follow_up_id)
    return None if row is None else _follow_up(row)


def is_there(transaction: Transaction, follow_up_id: str) -> bool:
    """Whether somebody made a task of this name."""
    return transaction.one(_IS_THERE, follow_up=follow_up_id) is not None


def open_ones(
    transaction: Transaction, assignee: str | None = None, *, before: str = "", most: int = 200
) -> list[FollowUp]:
    """Open tasks, what is due first in front. `assignee` None: everybody's; `before`: only those due before a day (ISO date)."""
    found = transaction.all(
        _OPEN,
        everybody="1" if assignee is None else "",
        assignee=assignee or "",
        upto=before,
        before=before,
        most=most,
    )
    return [_follow_up(row) for row in found]


def done_ones(transaction: Transaction, assignee: str | None = None, *, most: int = 200) -> list[FollowUp]:
    """Tasks that are done, the latest first. `assignee` None: everybody's."""
    everybody = "1" if assignee is None else ""
    found = transaction.all(_DONE, everybody=everybody, assignee=assignee or "", most=most)
    return [_follow_up(row) for row in found]


def of_member(transaction: Transaction, member: str, most: int = 50) -> list[FollowUp]:
    """A person's tasks under whichever id, the newest first."""
    ids = group(transaction, member)
    found = [_follow_up(row) for one in ids for row in transaction.all(_OF_MEMBER, member=one, most=most)]
    return sorted(found, key=lambda one: one.made_at, reverse=True)[:most]


def results(transaction: Transaction, follow_up_id: str) -> list[Said]:
    """Everything that came of a task, in its order."""
    return [
        Said(Result(row.result), row.note, row.next_on, row.actor, _at(row.at))
        for row in transaction.all(_RESULTS, follow_up=follow_up_id)
    ]


def works_here(transaction: Transaction, staff_id: str) -> bool:
    """Whether somebody can be given a task."""
    return transaction.one(_WORKS, staff=staff_id) is not None


def consultant_of(transaction: Transaction, member: str) -> str:
    """The member's consultant if that one works here still, else nobody."""
    said = transaction.value(_CONSULTANT, member=member) or ""
    return str(said) if said and works_here(transaction, str(said)) else ""


def _follow_up(row: Any) -> FollowUp:
    return FollowUp(
        follow_up=row.follow_up,
        member=row.member,
        member_name=row.member_name or "",
        phone=row.member_phone or "",
        assignee=row.assignee,
        why=row.why,
        subject=row.subject,
        script=row.script,
        store=row.store,
        due=row.due,
        made_at=_at(row.made_at),
        made_by=row.made_by,
        result=Result(row.result) if row.result else None,
        is_open=not row.answered_at or bool(row.next_on),
    )


def _at(reading: int) -> str:
    return instant_text(instant_of(reading))
