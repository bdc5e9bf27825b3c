"""The screen of groups: one is looked at and written to, one of the owner's own is made, changed and deleted; who is about to leave."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from salon_desk.domain.leaving import Ground, Method
from salon_desk.domain.names import Names
from salon_desk.domain.segment import BUILT_IN, Compare, Condition, Figure, Segment
from salon_desk.domain.segment import read as condition_in
from salon_desk.i18n import Catalogue
from salon_desk.services import segments
from salon_desk.services.leaving_list import Kept
from salon_desk.services.leaving_visits import Progress, Stage
from salon_desk.storage.queries import segments as stored
from salon_desk.ui.approval.view import ApprovalSheet
from salon_desk.ui.screens.segments import leaving_words
from salon_desk.ui.screens.segments.form import PickedSegment, TypedSegment, conditions_of, opened
from salon_desk.ui.screens.segments.presenter import SegmentsPresenter
from salon_desk.ui.screens.segments.view import SegmentsScreen
from salon_desk.ui.screens.segments.view_model import list_rows, page_model
from salon_desk.ui.segment_words import ABOUT_TO_LEAVE, LEAVING, Known, meaning
from tests.ui.approvals import ManagerBeside
from tests.ui.back_office import MANAGER, SIZES, Desk, Shop, session_of, too_small, unnamed
from tests.ui.campaigns import outreach_shop as outreach
from tests.ui.queued import Queued

EN = Catalogue.load("en")
RICH = Condition(Figure.BALANCE, Compare.AT_LEAST, "10000")
AWAY = Condition(Figure.LAST_VISIT, Compare.AT_LEAST, "60")
MINE = Segment(
    "mine",
    Names("Long time no see", "好久不见"),
    (
        RICH,
        AWAY,
        Condition(Figure.LAST_VISIT, Compare.AT_MOST, "400"),
        Condition(Figure.VISITS, Compare.AT_LEAST, "2", 365),
        Condition(Figure.SPEND, Compare.AT_LEAST, "5050"),
        Condition(Figure.TAG, Compare.IS, "VIP"),
        Condition(Figure.TIER, Compare.IS, "gold"),
        Condition(Figure.BIRTHDAY_MONTH, Compare.IS, "11"),
        Condition(Figure.MAY_WRITE, Compare.IS, "sms/marketing"),
        Condition(Figure.COUPON, Compare.IS_NOT, ""),
        Condition(Figure.BALANCE, Compare.AT_MOST, "90000"),
    ),
)


def fill(screen: SegmentsScreen, **words: str) -> None:
    for name, text in words.items():
        screen.rows.fields[name].set_text(text)


def own(shop: Shop) -> list[Segment]:
    return [one for one in segments.shown(shop.till) if not one.built_in]


def tap_row(desk: Desk, screen: SegmentsScreen, key: str) -> None:
    rows = list_rows(screen.presenter.state, EN)
    at = next(place for place, row in enumerate(rows) if row.key == key)
    desk.tap(screen.list.viewport(), screen.list.visualRect(screen.list.model().index(at, 0)).center())


def test_a_group_of_ones_own_is_made_written_to_changed_and_deleted(office: Desk, closed_shop: Shop) -> None:
    outreach.visited(closed_shop)
    asked_for: list[str] = []
    shown: list[str] = []
    screen = outreach.stand_segments(office, closed_shop, write_to=asked_for.append, show_member=shown.append)
    office.say("A new group")
    fill(screen, balance="100", away="60")
    told = screen.told.text()
    assert told.endswith("members belong to it today.")
    office.window.go("members")
    office.window.go("segments")
    assert screen.told.text() == told
    office.say("Save")
    (made,) = own(closed_shop)
    assert made.conditions == (RICH, AWAY)
    assert made.names.en == "balance $100.00+ · away 60+ days"
    assert screen.page.count.text() == told
    people = screen.page.rows
    office.tap(people.viewport(), people.visualRect(people.model().index(0, 0)).center())
    look = screen.presenter.state.look
    assert look is not None
    assert shown == [look.first[0].member]
    model = page_model(screen.presenter.state, EN)
    assert model is not None
    assert told.startswith(str(len(model.rows)))
    assert all("balance $" in row.detail and "here" in row.detail for row in model.rows)
    office.say("Write to them")
    assert asked_for == [made.segment]
    office.say("Change it")
    assert screen.typed.balance == "100.00"
    fill(screen, name="Rich", away="some")
    office.say("Save")
    assert screen.presenter.state.refusal is not None
    fill(screen, away="90")
    office.say("Save")
    assert [one.names.en for one in own(closed_shop)] == ["Rich"]
    office.say("Delete it")
    assert own(closed_shop)
    office.say("Delete it")
    assert own(closed_shop) == []


def test_the_form_of_a_group_comes_back_as_it_was_with_what_it_has_no_place_for() -> None:
    typed, picked = opened(MINE)
    assert (typed.visits, typed.visits_days, typed.spend, picked.month) == ("2", "365", "50.50", "11")
    assert [one.figure for one in picked.others] == [Figure.COUPON, Figure.BALANCE]
    assert set(conditions_of(typed, picked, "USD")) == set(MINE.conditions)
    assert conditions_of(TypedSegment(), PickedSegment(), "USD") == ()


def test_every_condition_is_said_and_no_two_alike() -> None:
    values = {Figure.MAY_WRITE: "sms/marketing", Figure.LANGUAGE: "en"}
    said = [meaning(MINE.conditions, Known(), EN)]
    for figure in Figure:
        for compare in Compare:
            for value, days in ((values.get(figure, "7"), 0), (values.get(figure, "7"), 30)):
                condition = Condition(figure, compare, value, days)
                if condition_in(f"{figure}|{compare}|{days}|{value}") == condition:
                    said.append(meaning((condition,), Known(), EN))
    assert all(one != other for one, other in pairwise(sorted(said)))


def test_a_group_that_comes_with_the_program_is_copied_and_a_cashier_needs_a_manager(
    office: Desk, closed_shop: Shop
) -> None:
    screen = outreach.stand_segments(office, closed_shop, who="amy")
    tap_row(office, screen, "sleeping")
    office.say("Copy and change")
    fill(screen, name="Mine")
    office.say("Save")
    assert isinstance(office.window.sheets.top, ApprovalSheet)
    assert own(closed_shop) == []
    assert screen.presenter.state.picked.others == ()


def test_members_are_counted_slice_by_slice_and_what_is_tapped_next_stops_it(
    closed_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "A_PAGE", 15)
    tasks, session = Queued(), session_of(closed_shop, "grace")
    presenter = SegmentsPresenter(
        closed_shop.till,
        tasks,
        session,
        approvals=ManagerBeside(closed_shop, session),
        reckons=outreach.Reckoned(),
        write_to=lambda _segment: None,
        show_member=lambda _member: None,
    )
    presenter.begin()
    tasks.step()
    presenter.typing(TypedSegment(balance="100"))
    tasks.step()
    tasks.step()
    look = presenter.state.look
    assert look is not None
    assert 0 < look.found < 24
    assert len(tasks.waiting) == 1  # a sale goes in between
    presenter.choose("lost")
    while tasks.waiting:
        tasks.step()
    look = presenter.state.look
    assert look is not None
    assert (look.over, look.found) == (True, 0)


def test_who_is_about_to_leave_is_said_with_the_method_and_reckoned_anew(
    office: Desk, closed_shop: Shop
) -> None:
    reckons = outreach.Reckoned()
    screen = outreach.stand_segments(office, closed_shop, reckons=reckons)
    tap_row(office, screen, LEAVING)
    assert not office.named("Write to them").isEnabled()
    office.say("Reckon it now")
    reckons.progress = Progress(Stage.PROVING, 1, 2)
    screen.presenter.tick()
    assert "50 %" in screen.page.count.text()
    office.say("Stop")
    outreach.leaving(closed_shop)
    screen.presenter.tick()
    assert reckons.days == ["2026-11-22"]
    assert screen.page.count.text() == "As of Fri, Nov 20: 11 members"
    model = page_model(screen.presenter.state, EN)
    assert model is not None
    assert "of 64 members" in model.why
    assert "49 stayed away" in model.why
    assert len(model.rows) == 11
    store = closed_shop.till.store
    asked = segments.question(store, closed_shop.till.rules, ABOUT_TO_LEAVE.conditions)
    assert len(segments.members(segments.reads(store), asked)) == 11


def test_each_method_and_each_ground_has_its_sentence() -> None:
    said = {
        leaving_words.why(Kept("l", "2026-11-20", method, ground, 3, outreach.PROOF), EN)
        for method in Method
        for ground in Ground
    }
    assert len(said) == len(Method) + len(Ground) - 1


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_the_screen_fits_in_every_size(
    make_desk_of: Callable[..., Desk], closed_shop: Shop, code: str
) -> None:
    desk = make_desk_of(code, SIZES[0])
    outreach.visited(closed_shop)
    outreach.leaving(closed_shop)
    segments.keep(closed_shop.till, closed_shop.command(), MANAGER, MINE)
    screen = outreach.stand_segments(desk, closed_shop)
    desk.picture("segments-0-list", *SIZES)
    for size in SIZES:
        desk.window.resize(*size)
        for name, key in (("1-leaving", LEAVING), ("2-group", BUILT_IN[1].segment), ("3-form", "mine")):
            screen.presenter.choose(key)
            if key == "mine":
                screen.presenter.change()
            desk.picture(f"segments-{name}")
            assert too_small(screen) == [] == unnamed(screen)
