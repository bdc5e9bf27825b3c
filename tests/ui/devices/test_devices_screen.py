"""The devices screen with taps, and its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.device_status import PrinterCondition, PrinterTrouble, ScanResult
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screens.devices.presenter import DevicesPresenter
from salon_desk.ui.screens.devices.view import DevicesScreen
from tests.ui.back_office import SIZES, Desk, Shop, session_of, too_small, unnamed
from tests.ui.devices.fake_desk import FakeDesk
from tests.ui.devices.printed_sale import sell_printed

_NEVER = 3_600_000


def _stand(desk: Desk, shop: Shop) -> tuple[DevicesScreen, FakeDesk]:
    session, devices = session_of(shop, "amy"), FakeDesk(shop.till)
    presenter = DevicesPresenter(
        shop.till,
        desk.tasks,
        session,
        desk=devices,
        approvals=ApprovalDesk(desk.window, shop.till, session),
    )
    screen = desk.stand(
        "devices",
        lambda host: DevicesScreen(
            host, presenter, back_to=lambda: desk.window.go("settings"), look_again_ms=_NEVER
        ),
    )
    assert isinstance(screen, DevicesScreen)
    return screen, devices


def _busy_day(shop: Shop, devices: FakeDesk) -> None:
    """Some papers printed, one failed, some waiting."""
    for item, tip in (("凝胶美甲", 500), ("经典修脚", 500), ("护手霜", 0)):
        sell_printed(shop, item, tip=tip)
    devices.print_desk.pump()
    for _ in range(3):
        devices.answer()
    devices.answer(ok=False, problem="interrupted")


def _tap_row(desk: Desk, screen: DevicesScreen, row: int) -> None:
    desk.tap(screen.list.viewport(), screen.list.visualRect(screen.list.model().index(row, 0)).center())


def test_a_receipt_is_chosen_with_a_tap_and_its_copy_is_queued(office: Desk, shop: Shop) -> None:
    screen, devices = _stand(office, shop)
    sell_printed(shop, "凝胶美甲")
    screen.shown()
    assert not screen.reprint.isEnabled()
    titles = [screen.list.model().index(at, 0).data(0) for at in range(screen.list.model().rowCount())]
    _tap_row(office, screen, next(at for at, one in enumerate(titles) if one.startswith("Receipt")))
    office.tap(screen.reprint)
    devices.print_desk.pump()
    assert [paper.copy for paper in devices.papers if paper.document][-1]
    assert "COPY" in office.window.notice.text


def test_the_drawer_opens_only_with_a_reason_and_a_manager(office: Desk, shop: Shop) -> None:
    screen, devices = _stand(office, shop)
    office.tap(screen.drawer.test)
    sheet = office.window.sheets.top
    assert isinstance(sheet, ReasonSheet)
    assert not sheet.confirm.isEnabled()
    office.say("Drawer test")
    office.tap(sheet.confirm)
    asked = office.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    office.tap(asked.faces.button("grace"))
    office.digits(asked.pad.pad, "2222")
    office.tap(asked.pad.confirm)
    devices.print_desk.pump()
    assert [paper.document for paper in devices.papers] == [None]


def test_changing_the_paper_needs_a_manager_and_is_shown_then(office: Desk, shop: Shop) -> None:
    screen, _devices = _stand(office, shop)
    assert screen.printer.wide.chosen
    office.tap(screen.printer.narrow)
    asked = office.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    assert screen.printer.wide.chosen
    office.tap(asked.faces.button("grace"))
    office.digits(asked.pad.pad, "2222")
    office.tap(asked.pad.confirm)
    assert screen.printer.narrow.chosen
    assert not screen.printer.wide.chosen


def test_the_language_switch_keeps_the_chosen_paper_and_the_test(office: Desk, shop: Shop) -> None:
    screen, _devices = _stand(office, shop)
    sell_printed(shop, "凝胶美甲")
    screen.shown()
    _tap_row(office, screen, 0)
    office.tap(screen.reader.test)
    chosen = screen.list.currentIndex().row()
    office.window.language.use("zh_CN")
    office.settle()
    assert screen.list.currentIndex().row() == chosen == 0
    assert screen._presenter.state.testing_from is not None


def test_a_paper_that_was_printed_meanwhile_is_seen_without_a_tap(office: Desk, shop: Shop) -> None:
    screen, devices = _stand(office, shop)
    sell_printed(shop, "凝胶美甲")
    screen._timer.timeout.emit()
    assert "not printed yet" in screen.printer.queue.text()
    devices.print_desk.pump()
    while devices.papers:
        devices.answer()
    screen._timer.timeout.emit()
    assert screen.printer.queue.text() == "Nothing waits to be printed."
    office.window.go("checkout")
    assert not screen._timer.isActive()


def test_back_leads_to_where_it_came_from(office: Desk, shop: Shop) -> None:
    _stand(office, shop)
    office.window.top_bar.back.emit()
    assert office.window.current == "settings"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], shop: Shop, code: str, size: tuple[int, int]) -> None:
    desk = make_desk_of(code, size)
    screen, devices = _stand(desk, shop)
    desk.picture("devices-empty")
    _busy_day(shop, devices)
    devices.scan(ScanResult.BARCODE, "0137")
    screen.shown()
    _tap_row(desk, screen, 2)
    desk.picture("devices")
    assert too_small(screen) == []
    assert unnamed(screen) == []
    devices.condition(PrinterCondition.PAPER_OUT)
    desk.tap(screen.reader.test)
    desk.picture("devices-paper-out")
    devices.condition(PrinterCondition.OFFLINE, PrinterTrouble.NOT_FOUND)
    devices.scan(ScanResult.PAYMENT_CARD)
    desk.picture("devices-offline")
    desk.tap(screen.drawer.test)
    desk.picture("devices-drawer")
