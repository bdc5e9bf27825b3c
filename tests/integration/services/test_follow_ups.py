"""Tasks for people (回访): given out by who may, done by whose they are, open until there is no next date, made once by a trigger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from salon_desk.domain.access import Role
from salon_desk.domain.campaign_errors import FollowUpClosed, FollowUpInvalid, UnknownFollowUp
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.domain.follow_up import BY_HAND, Answer, Result, Task
from salon_desk.domain.message import Trigger
from salon_desk.domain.trigger import TaskFor
from salon_desk.operations.description import MemberDescribed, StaffDescribed
from salon_desk.operations.erasure import WhyErased
from salon_desk.services import erasing, follow_ups, members, merging
from salon_desk.services.describe import describe
from salon_desk.services.errors import UnknownMember
from salon_desk.services.follow_ups import Whose
from salon_desk.services.members import NewMember
from salon_desk.services.till import Actor
from salon_desk.services.triggers import TaskWanted
from tests.integration.services.shop import CASHIER, MANAGER, Shop, open_shop

LILY = Actor("lily", Role.TECHNICIAN)
KIM = Actor("kim", Role.TECHNICIAN)
OWNER = Actor("owner", Role.OWNER)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A till that is its own root."""
    made = open_shop(tmp_path)
    yield made
    made.till.store.close()


def _make(shop: Shop, assignee: str = "lily", due_on: str = "2026-11-22", member: str = "") -> str:
    task = Task(member or shop.member, BY_HAND, "Ask how the gel held. ", due_on, assignee)
    return follow_ups.make(shop.till, shop.command(), MANAGER, task)


def _answer(shop: Shop, actor: Actor, task: str, result: Result, next_on: str = "") -> None:
    said = Answer(result, " In the evening. ", next_on)
    follow_ups.answer(shop.till, shop.command(), actor, task, said)


def _shown(shop: Shop, actor: Actor, whose: Whose) -> list[str]:
    return [one.follow_up for one in follow_ups.shown(shop.till, actor, whose)]


def test_a_task_says_whom_to_speak_to_why_until_when_and_what_to_say(shop: Shop) -> None:
    task = _make(shop)
    page = follow_ups.page(shop.till, LILY, task)
    found = page.follow_up
    assert (found.member, found.member_name, found.phone) == (shop.member, "张晓梅", "+17185550137")
    assert (found.assignee, found.why, found.script) == ("lily", BY_HAND, "Ask how the gel held.")
    assert (found.store, found.due, found.made_by) == ("s1", "2026-11-22", "wang")
    assert (found.result, found.is_open, page.said, page.may_answer) == (None, True, (), True)


def test_whose_it_is_answers_without_a_permission_and_others_need_it(shop: Shop) -> None:
    task = _make(shop)
    with pytest.raises(PermissionNeeded):
        _answer(shop, KIM, task, Result.REACHED)
    with pytest.raises(PermissionNeeded):
        follow_ups.page(shop.till, KIM, task)
    _answer(shop, LILY, task, Result.NO_ANSWER, "2026-11-24")
    _answer(shop, MANAGER, task, Result.BOOKED)
    page = follow_ups.page(shop.till, LILY, task)
    assert [(one.result, one.note, one.next_on, one.actor) for one in page.said] == [
        (Result.NO_ANSWER, "In the evening.", "2026-11-24", "lily"),
        (Result.BOOKED, "In the evening.", "", "wang"),
    ]
    assert (page.follow_up.result, page.follow_up.is_open, page.may_answer) == (Result.BOOKED, False, False)
    with pytest.raises(FollowUpClosed):
        _answer(shop, LILY, task, Result.CAME)


def test_a_next_date_keeps_a_task_open_and_due_then(shop: Shop) -> None:
    task = _make(shop)
    _answer(shop, LILY, task, Result.NO_ANSWER, "2026-11-25")
    assert follow_ups.page(shop.till, LILY, task).follow_up.due == "2026-11-25"
    shop.clock.instant += timedelta(days=4)
    assert _shown(shop, LILY, Whose.OVERDUE) == []
    shop.clock.instant += timedelta(days=2)
    assert _shown(shop, LILY, Whose.OVERDUE) == [task]


def test_lists_show_ones_own_and_with_the_permission_everybodys_what_is_due_first_in_front(
    shop: Shop,
) -> None:
    late, early = _make(shop, due_on="2026-11-25"), _make(shop, due_on="2026-11-23")
    kims, free = _make(shop, "kim", "2026-11-24"), _make(shop, "", "2026-11-22")
    assert _shown(shop, LILY, Whose.MINE) == [early, late]
    assert _shown(shop, MANAGER, Whose.MINE) == [free]
    assert _shown(shop, MANAGER, Whose.ALL) == [free, early, kims, late]
    with pytest.raises(PermissionNeeded):
        _shown(shop, LILY, Whose.ALL)
    shop.clock.instant += timedelta(days=4)
    assert _shown(shop, LILY, Whose.OVERDUE) == [early]
    assert _shown(shop, MANAGER, Whose.OVERDUE) == [free, early]
    _answer(shop, LILY, early, Result.CAME)
    assert _shown(shop, LILY, Whose.DONE) == _shown(shop, MANAGER, Whose.DONE) == [early]
    assert _shown(shop, KIM, Whose.DONE) == []
    assert [one.follow_up for one in follow_ups.of_member(shop.till, shop.member)] == [
        free,
        kims,
        early,
        late,
    ]


def test_what_cannot_be_meant_or_is_not_allowed_makes_no_task(shop: Shop) -> None:
    with pytest.raises(PermissionNeeded):
        follow_ups.make(shop.till, shop.command(), CASHIER, Task(shop.member, BY_HAND, "", "2026-11-22"))
    with pytest.raises(UnknownMember):
        _make(shop, member="nobody")
    with pytest.raises(FollowUpInvalid):
        _make(shop, assignee="nobody")
    with pytest.raises(FollowUpInvalid):
        _make(shop, due_on="soon")
    with pytest.raises(UnknownFollowUp):
        _answer(shop, MANAGER, "none", Result.CAME)
    with pytest.raises(UnknownFollowUp):
        follow_ups.page(shop.till, MANAGER, "none")
    with pytest.raises(FollowUpInvalid):
        _answer(shop, MANAGER, _make(shop), Result.NO_ANSWER, "2026-11-20")


def _wanted(shop: Shop, assignee: TaskFor, subject: str = "absent since") -> TaskWanted:
    return TaskWanted(Trigger.ABSENT, shop.member, subject, assignee, "s1", "2026-11-20", "2026-11-27")


def _of_trigger(shop: Shop, *wanted: TaskWanted) -> int:
    made = shop.till.record(shop.command(), None, lambda transaction: follow_ups.tasks(transaction, wanted))
    return len(made.operations)


def test_a_trigger_makes_its_task_once_for_the_consultant_or_for_whichever_manager(shop: Shop) -> None:
    describe(shop.till, shop.command(), None, [(MemberDescribed, shop.member, {"consultant": "lily"})])
    wanted = _wanted(shop, TaskFor.CONSULTANT)
    assert _of_trigger(shop, wanted, wanted) == 1
    assert _of_trigger(shop, wanted) == 0
    (mine,) = follow_ups.shown(shop.till, LILY, Whose.MINE)
    assert (mine.why, mine.subject, mine.due, mine.script) == ("absent", "absent since", "2026-11-20", "")
    assert _of_trigger(shop, _wanted(shop, TaskFor.MANAGER, "later")) == 1
    describe(shop.till, shop.command(), None, [(StaffDescribed, "lily", {"active": False})])
    assert _of_trigger(shop, _wanted(shop, TaskFor.CONSULTANT, "much later")) == 1
    assert len(_shown(shop, MANAGER, Whose.MINE)) == 2


def test_a_merged_person_has_one_list_of_tasks_and_new_ones_are_the_first_ids(shop: Shop) -> None:
    other = members.add(shop.till, shop.command(), CASHIER, NewMember("Mei")).member.member_id
    before = _make(shop, member=other)
    merging.merge(shop.till, shop.command(), MANAGER, shop.member, duplicate=other)
    after = _make(shop, member=other)
    assert follow_ups.page(shop.till, LILY, after).follow_up.member == shop.member
    assert {one.follow_up for one in follow_ups.of_member(shop.till, shop.member)} == {before, after}


def test_tasks_go_with_the_person_and_no_trigger_makes_new_ones(shop: Shop) -> None:
    task = _make(shop)
    _answer(shop, LILY, task, Result.NO_ANSWER, "2026-11-25")
    erasing.erase(shop.till, shop.command(), OWNER, shop.member, WhyErased.ASKED)
    assert _shown(shop, MANAGER, Whose.ALL) == []
    with pytest.raises(UnknownFollowUp):
        follow_ups.page(shop.till, MANAGER, task)
    assert _of_trigger(shop, _wanted(shop, TaskFor.MANAGER)) == 0
