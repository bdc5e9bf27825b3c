"""Triggers: each says yes on the day on which its rule becomes true, once, and never for what was true before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from salon_desk.domain.errors import TextTooLong
from salon_desk.domain.habit import History, Visit
from salon_desk.domain.message import Trigger
from salon_desk.domain.trigger import (
    DAILY,
    EVERY_SALE,
    KINDS,
    Appointment,
    Due,
    Lapse,
    Person,
    Settings,
    TaskFor,
    check_settings,
    defaults,
    due_today,
    fitting,
    is_low,
    low_subject,
    next_birthday,
    visits_left,
)
from salon_desk.domain.trigger_errors import TriggerInvalid

TODAY = date(2026, 11, 20).toordinal()


def who(*visits: tuple[int, int], **more: object) -> Person:
    """Visits as (days ago, cents), the oldest first."""
    made = tuple(Visit(TODAY - ago, cents, f"sale-{ago}", "s1") for ago, cents in visits)
    return Person("m", History(made), **more)  # type: ignore[arg-type]


def says(
    trigger: Trigger, person: Person, today: int = TODAY, since: int = TODAY - 1, **set_: int
) -> list[Due]:
    return due_today(replace(defaults(trigger), **set_), person, today, since)  # type: ignore[arg-type]


def test_every_trigger_of_the_shops_own_has_its_kind_and_is_looked_at_after_a_sale_or_once_a_day() -> None:
    assert set(Trigger) - set(KINDS) <= {"campaign", "confirmation", "spend_code"}
    assert set(EVERY_SALE) | set(DAILY) == set(KINDS)
    assert EVERY_SALE == (Trigger.AFTER_SALE, Trigger.BALANCE_LOW)
    for trigger in KINDS:
        check_settings(replace(defaults(trigger), enabled=True))
        assert fitting(defaults(trigger)) == defaults(trigger)


def test_two_visits_left_is_at_most_twice_the_usual_ticket() -> None:
    assert is_low(9_000, 4_500, 2)
    assert not is_low(9_001, 4_500, 2)
    assert not is_low(0, None, 2)
    assert visits_left(9_500, 4_500) == 2
    assert visits_left(-1, 4_500) == 0
    assert visits_left(9_500, None) is None


def test_a_low_balance_is_about_the_last_top_up() -> None:
    assert low_subject(History(top_up="t")) == "t"
    assert low_subject(History()) == "no-top-up"


def test_absent_is_said_on_its_day_about_the_last_visit() -> None:
    person = who((120, 4_000), (90, 4_000))
    assert says(Trigger.ABSENT, person) == [Due(Trigger.ABSENT, "sale-90", TODAY + 7)]
    assert says(Trigger.ABSENT, person, days=91) == []
    assert says(Trigger.ABSENT, person, since=TODAY) == []
    assert says(Trigger.ABSENT, who()) == []


def test_absent_is_caught_up_for_a_week_and_not_said_later() -> None:
    person = who((97, 4_000))
    assert [one.subject for one in says(Trigger.ABSENT, person, since=TODAY - 30)] == ["sale-97"]
    assert says(Trigger.ABSENT, who((98, 4_000)), since=TODAY - 30) == []


def test_whoever_is_expected_is_not_missed() -> None:
    soon = Appointment("b", TODAY, TODAY - 9, "", "s1")
    person = who(*((ago, 4_000) for ago in (120, 100, 90)), appointments=(soon,))
    for trigger in (Trigger.ABSENT, Trigger.CYCLE_DUE, Trigger.LESS_OFTEN):
        assert says(trigger, person, since=TODAY - 7) == []


def test_the_own_cycle_is_due_after_the_usual_gap() -> None:
    person = who((60, 4_000), (40, 4_000), (20, 4_000))
    assert says(Trigger.CYCLE_DUE, person) == [Due(Trigger.CYCLE_DUE, "sale-20", TODAY + 7)]
    assert says(Trigger.CYCLE_DUE, person, days=1) == []
    assert says(Trigger.CYCLE_DUE, who((40, 4_000), (20, 4_000))) == []


def test_coming_less_often_is_said_when_it_becomes_true_of_somebody_who_still_comes() -> None:
    before = tuple((ago, 4_000) for ago in (175, 150, 130, 110))
    person = who(*before, (89, 4_000), (60, 4_000), (1, 4_000))
    assert says(Trigger.LESS_OFTEN, person) == []
    later = TODAY + 1
    (due,) = says(Trigger.LESS_OFTEN, person, later, later - 1)
    assert (due.subject, due.until) == ("sale-1", later + 7)
    assert says(Trigger.LESS_OFTEN, person, later + 1, later) == []
    assert says(Trigger.LESS_OFTEN, who(*before[1:], (1, 4_000)), later, later - 1) == []
    assert says(Trigger.LESS_OFTEN, who(*before)) == []


def test_smaller_tickets_are_told_from_four_visits_before_the_last_three() -> None:
    usual = tuple((ago, 10_000) for ago in (90, 80, 70, 60))
    person = who(*usual, (50, 7_000), (30, 7_000), (20, 0), (0, 7_000))
    (due,) = says(Trigger.SMALLER_TICKETS, person)
    assert due.subject == "sale-0"
    assert says(Trigger.SMALLER_TICKETS, person, threshold=31) == []
    assert says(Trigger.SMALLER_TICKETS, person, TODAY + 1, TODAY) == [replace(due, until=due.until + 1)]
    assert says(Trigger.SMALLER_TICKETS, person, TODAY + 2, TODAY + 1) == []
    assert says(Trigger.SMALLER_TICKETS, who(*usual[1:], (50, 1_000), (30, 1_000), (0, 1_000))) == []
    assert says(Trigger.SMALLER_TICKETS, who()) == []


def test_an_appointment_is_reminded_of_before_its_day_and_not_on_the_day_it_was_made() -> None:
    tomorrow = Appointment("b", TODAY + 1, TODAY - 5, "", "s1")
    assert says(Trigger.BEFORE_APPOINTMENT, who(appointments=(tomorrow,))) == [
        Due(Trigger.BEFORE_APPOINTMENT, "b", TODAY + 1, tomorrow)
    ]
    assert says(Trigger.BEFORE_APPOINTMENT, who(appointments=(tomorrow,)), days=2) == []
    fresh = replace(tomorrow, made_on=TODAY)
    assert says(Trigger.BEFORE_APPOINTMENT, who(appointments=(fresh,))) == []
    assert says(Trigger.BEFORE_APPOINTMENT, who(appointments=(fresh,)), TODAY + 1, TODAY)
    at_once = replace(tomorrow, day=TODAY, made_on=TODAY)
    assert says(Trigger.BEFORE_APPOINTMENT, who(appointments=(at_once,)))


def test_what_lapses_on_one_day_is_said_once() -> None:
    day = TODAY + 14
    lapses = (Lapse(day, TODAY - 30), Lapse(day, TODAY - 1), Lapse(day + 1, TODAY - 30))
    assert says(Trigger.LAPSING, who(lapses=lapses)) == [Due(Trigger.LAPSING, "2026-12-04", day)]
    assert says(Trigger.LAPSING, who(lapses=(Lapse(TODAY + 5, TODAY - 1),))) != []
    assert says(Trigger.LAPSING, who(lapses=(Lapse(TODAY + 5, TODAY),))) == []


@pytest.mark.parametrize("birthday", ["11-23", "1990-11-23"])
def test_a_birthday_is_said_once_a_year_some_days_before(birthday: str) -> None:
    person = who(birthday=birthday)
    assert says(Trigger.BIRTHDAY, person) == [Due(Trigger.BIRTHDAY, "2026", TODAY + 3)]
    assert says(Trigger.BIRTHDAY, person, days=2) == []
    assert says(Trigger.BIRTHDAY, who()) == []
    assert says(Trigger.BIRTHDAY, who(birthday="soon")) == []


def test_a_birthday_at_new_year_is_of_the_year_in_which_it_is() -> None:
    eve = date(2026, 12, 31).toordinal()
    (due,) = says(Trigger.BIRTHDAY, who(birthday="01-03"), eve, eve - 1)
    assert due.subject == "2027"


def test_the_29th_of_february_is_the_28th_where_there_is_none() -> None:
    assert next_birthday("02-29", TODAY) == date(2027, 2, 28).toordinal()
    assert next_birthday("02-29", date(2028, 1, 1).toordinal()) == date(2028, 2, 29).toordinal()
    assert next_birthday("13-01", TODAY) is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Settings(Trigger.CAMPAIGN), "trigger"),
        (replace(defaults(Trigger.BALANCE_LOW), threshold=0), "threshold"),
        (replace(defaults(Trigger.ABSENT), days=731), "days"),
        (replace(defaults(Trigger.BIRTHDAY), threshold=1), "threshold"),
        (replace(defaults(Trigger.BIRTHDAY), enabled=True, template=""), "template"),
        (replace(defaults(Trigger.BIRTHDAY), enabled=True, sends=False), "template"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(wrong: Settings, field: str) -> None:
    with pytest.raises(TriggerInvalid) as refused:
        check_settings(wrong)
    assert refused.value.field == field


def test_a_trigger_may_make_a_task_alone() -> None:
    check_settings(replace(defaults(Trigger.ABSENT), enabled=True, sends=False, makes_task=TaskFor.MANAGER))
    with pytest.raises(TextTooLong):
        check_settings(replace(defaults(Trigger.ABSENT), template="x" * 65))


def test_numbers_of_another_program_become_the_usual_ones() -> None:
    odd = replace(defaults(Trigger.ABSENT), days=3, threshold=9)
    assert fitting(odd) == defaults(Trigger.ABSENT)
