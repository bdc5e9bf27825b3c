"""Tasks for people (回访): made by hand or by a trigger, for a manager or the member's consultant, and what came of them.

What may be said is in `domain/follow_up.py`. Whose task it is may always answer it; to give tasks out, and to see or answer those of
others, takes the permission.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from salon_desk.domain.access import Permission
from salon_desk.domain.campaign_errors import FollowUpClosed, FollowUpInvalid, UnknownFollowUp
from salon_desk.domain.follow_up import Answer, Task, check_answer, check_task, task_id
from salon_desk.domain.trigger import TaskFor
from salon_desk.operations.follow_up import FollowUpAnswered, FollowUpMade
from salon_desk.services.errors import UnknownMember
from salon_desk.services.till import Actor, Till
from salon_desk.services.triggers import TaskWanted
from salon_desk.storage.apply.erasures import is_erased
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import follow_ups, members
from salon_desk.storage.queries.follow_ups import FollowUp, Said
from salon_desk.storage.queries.merges import canonical


class Whose(StrEnum):
    """Which tasks a list shows."""

    MINE = "mine"
    ALL = "all"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Page:
    """One task with everything that came of it, and whether this actor may answer it."""

    follow_up: FollowUp
    said: tuple[Said, ...]
    may_answer: bool


def make(till: Till, command_id: str, actor: Actor, task: Task) -> str:
    """Give a task out; its id. Database worker.

    Raises PermissionNeeded, FollowUpInvalid, UnknownMember, TextTooLong.
    """
    actor.require(Permission.FOLLOW_UP)

    def decide(transaction: Transaction) -> FollowUpMade:
        check_task(task, till.business_day(transaction))
        if members.member(transaction, task.member) is None:
            raise UnknownMember(task.member)
        if task.assignee and not follow_ups.works_here(transaction, task.assignee):
            raise FollowUpInvalid("assignee")
        store = till.shop(transaction).store
        return _made(till.new_id(), canonical(transaction, task.member), task, store)

    recorded = till.record(command_id, actor, decide)
    (made,) = recorded.operations
    assert isinstance(made, FollowUpMade)
    return made.follow_up


def answer(till: Till, command_id: str, actor: Actor, follow_up: str, said: Answer) -> None:
    """Record what came of a task; whose it is may do so, everybody else with the permission. Database worker.

    Raises UnknownFollowUp, FollowUpClosed, FollowUpInvalid, PermissionNeeded, TextTooLong, PersonErased.
    """

    def decide(transaction: Transaction) -> FollowUpAnswered:
        found = follow_ups.follow_up(transaction, follow_up)
        if found is None:
            raise UnknownFollowUp(follow_up)
        if found.assignee != actor.staff:
            actor.require(Permission.FOLLOW_UP)
        if not found.is_open:
            raise FollowUpClosed(follow_up)
        check_answer(said, till.business_day(transaction))
        return FollowUpAnswered(
            follow_up=follow_up,
            member=found.member,
            result=said.result,
            note=said.note.strip(),
            next_on=said.next_on,
        )

    till.record(command_id, actor, decide)


def shown(till: Till, actor: Actor, whose: Whose, most: int = 200) -> list[FollowUp]:
    """Tasks for a list, what is due first in front; without the permission those of the actor alone.

    MINE: the actor's, and for who has the permission those for whichever manager. OVERDUE: due before today. Database worker.
    Raises PermissionNeeded for ALL.
    """
    may = actor.may(Permission.FOLLOW_UP)
    if whose is Whose.ALL:
        actor.require(Permission.FOLLOW_UP)
    everybody = None if may else actor.staff
    with till.read() as transaction:
        match whose:
            case Whose.ALL:
                return follow_ups.open_ones(transaction, most=most)
            case Whose.OVERDUE:
                today = till.business_day(transaction)
                return follow_ups.open_ones(transaction, everybody, before=today, most=most)
            case Whose.DONE:
                return follow_ups.done_ones(transaction, everybody, most=most)
            case Whose.MINE:
                mine = follow_ups.open_ones(transaction, actor.staff, most=most)
                free = follow_ups.open_ones(transaction, "", most=most) if may else []
                return sorted([*mine, *free], key=lambda one: (one.due, one.follow_up))[:most]
            case _:
                assert_never(whose)


def page(till: Till, actor: Actor, follow_up: str) -> Page:
    """One task. Database worker. Raises UnknownFollowUp, PermissionNeeded."""
    with till.read() as transaction:
        found = follow_ups.follow_up(transaction, follow_up)
        if found is None:
            raise UnknownFollowUp(follow_up)
        if found.assignee != actor.staff:
            actor.require(Permission.FOLLOW_UP)
        return Page(found, tuple(follow_ups.results(transaction, follow_up)), found.is_open)


def of_member(till: Till, member: str) -> list[FollowUp]:
    """What a member's page shows, the newest first. Database worker."""
    with till.read() as transaction:
        return follow_ups.of_member(transaction, member)


def tasks(transaction: Transaction, wanted: Sequence[TaskWanted]) -> list[FollowUpMade]:
    """The operations of tasks that triggers make and that are not there yet: `triggers.Tasks`. Inside the recording transaction.

    The script is the screen's own for the trigger; a task for a consultant whom nobody knows is any manager's.
    """
    found: dict[str, FollowUpMade] = {}
    for one in wanted:
        name = task_id(one.trigger, one.member, one.subject)
        if follow_ups.is_there(transaction, name) or is_erased(transaction, one.member):
            continue
        mine = one.assignee is TaskFor.CONSULTANT
        task = Task(
            member=one.member,
            why=one.trigger.value,
            script="",
            due_on=one.due_day,
            assignee=follow_ups.consultant_of(transaction, one.member) if mine else "",
            subject=one.subject,
        )
        found.setdefault(name, _made(name, one.member, task, one.store))
    return list(found.values())


def _made(follow_up: str, member: str, task: Task, store: str) -> FollowUpMade:
    return FollowUpMade(
        follow_up=follow_up,
        member=member,
        assignee=task.assignee,
        why=task.why,
        subject=task.subject,
        script=task.script.strip(),
        store=store,
        due_on=task.due_on,
    )
