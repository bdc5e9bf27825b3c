"""Tasks and results in words: a trigger's task has a script in each language, and chance is called chance."""

from __future__ import annotations

import pytest

from salon_desk.domain.campaign import Interval
from salon_desk.domain.follow_up import BY_HAND, Result
from salon_desk.domain.trigger import KINDS
from salon_desk.i18n import Catalogue
from salon_desk.storage.queries.follow_ups import FollowUp
from salon_desk.ui.follow_up_words import came_back_text, result_text, script_text
from salon_desk.ui.trigger_words import trigger_name

ENGLISH = Catalogue("en")


def _task(why: str, script: str = "") -> FollowUp:
    return FollowUp(
        follow_up="f",
        member="m",
        member_name="May",
        phone="+17185550137",
        assignee="",
        why=why,
        subject="",
        script=script,
        store="s1",
        due="2026-11-22",
        made_at="2026-11-20T15:00:00.000Z",
        made_by="",
        result=None,
        is_open=True,
    )


def test_every_trigger_that_can_make_a_task_says_why_and_what_to_say() -> None:
    for trigger in KINDS:
        assert trigger_name(trigger.value, ENGLISH)[0].isupper()
        assert "May" in script_text(_task(trigger.value), ENGLISH)


def test_what_somebody_wrote_is_what_is_said_and_an_unknown_reason_is_its_own_name() -> None:
    assert script_text(_task("absent", "Ask for her sister."), ENGLISH) == "Ask for her sister."
    assert script_text(_task(BY_HAND), ENGLISH) == ""
    assert trigger_name("moon_is_full", ENGLISH) == "moon_is_full"
    assert all(result_text(one, ENGLISH) for one in Result)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "Too few"),
        (Interval(200, -140, 540), "between -1 and 5 of a hundred more"),
        (Interval(1_200, 850, 1_560), "between 9 and 16 came back"),
        (Interval(-1_200, -1_560, -850), "between 9 and 16 of a hundred"),
    ],
)
def test_what_came_of_a_campaign_is_said_of_a_hundred_members(found: Interval | None, said: str) -> None:
    assert said in came_back_text(found, ENGLISH)
