"""The reports screen with taps, and its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.screens.reports.presenter import ReportsPresenter
from salon_desk.ui.screens.reports.view import ReportsScreen
from salon_desk.ui.screens.reports.z_sheet import ZSheet
from tests.ui.back_office import SIZES, Desk, Shop, session_of, too_small, unnamed
from tests.ui.reports.a_day import close_shift, trade


def _stand(desk: Desk, shop: Shop, staff: str = "grace") -> ReportsScreen:
    session = session_of(shop, staff)
    presenter = ReportsPresenter(
        shop.till, desk.tasks, session, approvals=ApprovalDesk(desk.window, shop.till, session)
    )
    screen = desk.stand("reports", lambda host: ReportsScreen(host, presenter))
    assert isinstance(screen, ReportsScreen)
    return screen


def _tap_section(desk: Desk, screen: ReportsScreen, row: int) -> None:
    index = screen.list.model().index(row, 0)
    screen.list.scrollTo(index)
    desk.settle()
    desk.tap(screen.list.viewport(), screen.list.visualRect(index).center())


def _cells(screen: ReportsScreen) -> list[list[str]]:
    model = screen.table.model()
    return [
        [str(model.data(model.index(row, at))) for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_tap_on_a_section_shows_its_table(office: Desk, shop: Shop) -> None:
    trade(shop)
    screen = _stand(office, shop)
    before = _cells(screen)
    _tap_section(office, screen, 2)
    assert _cells(screen) != before
    assert _cells(screen)[-1][0] == "Total"


def test_a_cashier_asks_a_manager_and_cancelling_leaves_the_reports_shut(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop, "amy")
    asked = office.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    asked.dismiss()
    office.settle()
    assert screen.locked.isVisible()
    office.say("Ask a manager")
    again = office.window.sheets.top
    assert isinstance(again, ApprovalSheet)
    office.tap(again.faces.button("grace"))
    office.digits(again.pad.pad, "2222")
    office.tap(again.pad.confirm)
    assert screen.list.isVisible()


def test_nobody_finds_a_report_that_another_left_open(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.window.go("checkout")
    assert screen._presenter.state.read is None


def test_a_z_is_chosen_from_the_list_and_printed(office: Desk, shop: Shop) -> None:
    close_shift(shop)
    shop.open_shift()
    close_shift(shop)
    screen = _stand(office, shop)
    office.say("Z reports")
    office.tap(screen.all)
    sheet = office.window.sheets.top
    assert isinstance(sheet, ZSheet)
    place = sheet.list.visualRect(sheet.list.model().index(1, 0)).center()
    office.tap(sheet.list.viewport(), place)
    assert screen.later.isEnabled()
    office.tap(screen.print)
    assert "queued" in office.window.notice.text


def test_the_language_switch_keeps_the_report_and_its_table(office: Desk, shop: Shop) -> None:
    trade(shop)
    screen = _stand(office, shop)
    office.say("Day")
    _tap_section(office, screen, 2)
    place, rows = screen.list.currentIndex().row(), len(_cells(screen))
    office.window.language.use("zh_CN")
    office.settle()
    assert (screen.list.currentIndex().row(), len(_cells(screen))) == (place, rows)


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    trade(shop)
    close_shift(shop, short=500)
    shop.open_shift()
    trade(shop)
    screen = _stand(desk, shop)
    desk.picture("reports")
    assert too_small(screen) == []
    assert unnamed(screen) == []
    for kind, section in (("day", 7), ("z", 0), ("owed", 0), ("proof", 1)):
        desk.tap(screen.tabs.pill(kind))
        _tap_section(desk, screen, section)
        desk.picture(f"reports-{kind}")
        assert too_small(screen) == []
        assert unnamed(screen) == []
    desk.tap(screen.tabs.pill("z"))
    desk.tap(screen.all)
    desk.picture("reports-z-list")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures_of_what_is_not_there(
    make_desk_of: Callable[..., Desk], closed_shop: Shop, code: str
) -> None:
    desk = make_desk_of(code, *SIZES)
    screen = _stand(desk, closed_shop)
    desk.picture("reports-no-shift")
    desk.tap(screen.tabs.pill("z"))
    desk.picture("reports-no-z")
    other = make_desk_of(code, *SIZES)
    closed_shop.open_shift()
    locked = _stand(other, closed_shop, "amy")
    sheet = other.window.sheets.top
    assert sheet is not None
    sheet.dismiss()
    other.picture("reports-locked")
    locked._presenter.begin()
    asked = other.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    other.tap(asked.faces.button("grace"))
    other.digits(asked.pad.pad, "2222")
    other.tap(asked.pad.confirm)
    other.picture("reports-blind")
