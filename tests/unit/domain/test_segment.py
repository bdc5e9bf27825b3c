"""Segments: conditions are written and read back, refused when they cannot be meant, and met at their boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.errors import TextTooLong
from salon_desk.domain.names import Names
from salon_desk.domain.segment import (
    BUILT_IN,
    MOST_CONDITIONS,
    Compare,
    Condition,
    Figure,
    Figures,
    Segment,
    check,
    meets,
    month_of,
    needs_ticket,
    read,
    written,
)
from salon_desk.domain.trigger_errors import SegmentInvalid

TODAY = date(2026, 11, 20).toordinal()
MAY = (Channel.SMS, Purpose.MARKETING)
SHE = Figures(
    member="m",
    balance=10_000,
    last_visit=TODAY - 60,
    usual_ticket=4_500,
    leaving=80,
    tier="gold",
    tags=("vip",),
    home_store="s1",
    birthday="1990-03-07",
    consultant="kim",
    language="en",
    may_write=(MAY,),
    coupons=("spring",),
    visits=(TODAY - 100, TODAY - 60),
    spent=((TODAY - 100, 9_000), (TODAY - 60, 4_500)),
)


def at_least(figure: Figure, value: int, days: int = 0) -> Condition:
    return Condition(figure, Compare.AT_LEAST, str(value), days)


@pytest.mark.parametrize(
    ("figure", "value", "days"),
    [
        (Figure.BALANCE, 10_000, 0),
        (Figure.LAST_VISIT, 60, 0),
        (Figure.USUAL_TICKET, 4_500, 0),
        (Figure.LEAVING, 80, 0),
        (Figure.VISITS, 2, 0),
        (Figure.VISITS, 1, 61),
        (Figure.SPEND, 13_500, 0),
        (Figure.SPEND, 4_500, 100),
    ],
)
def test_a_number_is_met_at_its_boundary_and_not_beyond(figure: Figure, value: int, days: int) -> None:
    exact, beyond = at_least(figure, value, days), at_least(figure, value + 1, days)
    assert meets(SHE, exact, TODAY)
    assert not meets(SHE, beyond, TODAY)
    assert meets(SHE, replace(exact, compare=Compare.AT_MOST), TODAY)
    assert not meets(SHE, replace(exact, compare=Compare.AT_MOST, value=str(value - 1)), TODAY)


def test_whoever_never_came_has_not_been_here_for_longest_and_has_no_usual_ticket() -> None:
    nobody = Figures("m")
    assert meets(nobody, at_least(Figure.LAST_VISIT, 3_660), TODAY)
    assert not meets(nobody, at_least(Figure.USUAL_TICKET, 0), TODAY)
    assert not meets(nobody, Condition(Figure.USUAL_TICKET, Compare.AT_MOST, "5000"), TODAY)
    assert not meets(nobody, Condition(Figure.LEAVING, Compare.AT_MOST, "100"), TODAY)
    assert meets(nobody, Condition(Figure.LANGUAGE, Compare.IS, "zh_CN"), TODAY)


@pytest.mark.parametrize(
    ("figure", "has", "has_not"),
    [
        (Figure.TIER, "gold", "silver"),
        (Figure.TAG, "vip", "vi"),
        (Figure.HOME_STORE, "s1", ""),
        (Figure.BIRTHDAY_MONTH, "3", "7"),
        (Figure.CONSULTANT, "kim", ""),
        (Figure.LANGUAGE, "en", "zh_CN"),
        (Figure.MAY_WRITE, "sms/marketing", "sms/transactional"),
        (Figure.COUPON, "spring", "autumn"),
    ],
)
def test_a_word_is_met_or_not(figure: Figure, has: str, has_not: str) -> None:
    for value, wanted in ((has, True), (has_not, False)):
        assert meets(SHE, Condition(figure, Compare.IS, value), TODAY) is wanted
        assert meets(SHE, Condition(figure, Compare.IS_NOT, value), TODAY) is not wanted


def test_any_coupon_will_do_where_none_is_named() -> None:
    any_of_them = Condition(Figure.COUPON, Compare.IS, "")
    assert meets(SHE, any_of_them, TODAY)
    assert not meets(Figures("m"), any_of_them, TODAY)


def test_the_month_of_a_birthday() -> None:
    assert [month_of(one) for one in ("03-07", "1990-12-01", "")] == ["3", "12", ""]


def test_every_condition_is_read_back_as_it_was_written() -> None:
    for segment in BUILT_IN:
        check(segment)
        assert [read(written(one)) for one in segment.conditions] == list(segment.conditions)
    odd = Condition(Figure.TAG, Compare.IS, "a|b")
    assert read(written(odd)) == odd


@pytest.mark.parametrize(
    "text",
    [
        "",
        "balance|at_least|0",
        "balance|at_least|x|1",
        "mood|is|0|good",
        "balance|is|0|1",
        "visits|at_least|-1|2",
    ],
)
def test_what_another_program_means_by_it_is_left_out(text: str) -> None:
    assert read(text) is None


def test_only_a_usual_ticket_needs_a_whole_history() -> None:
    assert needs_ticket([at_least(Figure.USUAL_TICKET, 1)])
    assert not needs_ticket(BUILT_IN[0].conditions)


GOOD = Segment("mine", Names("Mine"), (at_least(Figure.BALANCE, 1),))


@pytest.mark.parametrize(
    ("wrong", "field", "place"),
    [
        (replace(GOOD, segment=" "), "segment", -1),
        (replace(GOOD, names=Names(" ")), "name", -1),
        (replace(GOOD, conditions=()), "conditions", -1),
        (replace(GOOD, conditions=GOOD.conditions * (MOST_CONDITIONS + 1)), "conditions", -1),
        (
            replace(GOOD, conditions=(*GOOD.conditions, Condition(Figure.TIER, Compare.AT_LEAST, "1"))),
            "compare",
            1,
        ),
        (replace(GOOD, conditions=(at_least(Figure.BALANCE, 1, days=1),)), "days", 0),
        (replace(GOOD, conditions=(at_least(Figure.VISITS, 1, days=3_661),)), "days", 0),
        (replace(GOOD, conditions=(at_least(Figure.LEAVING, 101),)), "value", 0),
        (replace(GOOD, conditions=(Condition(Figure.BALANCE, Compare.AT_LEAST, "much"),)), "value", 0),
        (replace(GOOD, conditions=(Condition(Figure.BALANCE, Compare.AT_LEAST, "1" * 19),)), "value", 0),
        (replace(GOOD, conditions=(Condition(Figure.TIER, Compare.IS, "x" * 65),)), "value", 0),
        (replace(GOOD, conditions=(Condition(Figure.TAG, Compare.IS, " "),)), "value", 0),
        (replace(GOOD, conditions=(Condition(Figure.MAY_WRITE, Compare.IS, "pigeon"),)), "value", 0),
        (replace(GOOD, conditions=(Condition(Figure.BIRTHDAY_MONTH, Compare.IS, "13"),)), "value", 0),
        (replace(GOOD, conditions=(Condition(Figure.LANGUAGE, Compare.IS, "fr"),)), "value", 0),
    ],
)
def test_a_segment_that_cannot_be_meant_is_refused(wrong: Segment, field: str, place: int) -> None:
    check(GOOD)
    with pytest.raises(SegmentInvalid) as refused:
        check(wrong)
    assert (refused.value.field, refused.value.place) == (field, place)


@pytest.mark.parametrize("wrong", [replace(GOOD, segment="x" * 65), replace(GOOD, names=Names("x" * 121))])
def test_a_name_without_end_is_refused(wrong: Segment) -> None:
    with pytest.raises(TextTooLong):
        check(wrong)
