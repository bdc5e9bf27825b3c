"""The devices screen with taps, and its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.services.device_settings import ChosenDevice, Role
from salon_desk.services.device_state import READY, Condition, Counts, Reason
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.device_status import (
    Connection,
    DrawerCondition,
    FoundDevice,
    RoleStatus,
    ScanResult,
    TrialState,
)
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screens.devices.presenter import DevicesPresenter, Place
from salon_desk.ui.screens.devices.view import DevicesScreen
from salon_desk.ui.widgets.kinetic_list import KineticList
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


def _tap_row(desk: Desk, rows: KineticList, row: int) -> None:
    desk.tap(rows.viewport(), rows.visualRect(rows.model().index(row, 0)).center())


def _go(desk: Desk, screen: DevicesScreen, place: Place) -> None:
    _tap_row(desk, screen.list, list(Place).index(place))


def test_a_receipt_is_chosen_with_a_tap_and_its_copy_is_queued(office: Desk, shop: Shop) -> None:
    screen, devices = _stand(office, shop)
    sell_printed(shop, "凝胶美甲")
    screen.shown()
    _go(office, screen, Place.PAPERS)
    papers = screen.papers.list
    assert not screen.papers.reprint.isEnabled()
    titles = [papers.model().index(at, 0).data(0) for at in range(papers.model().rowCount())]
    _tap_row(office, papers, next(at for at, one in enumerate(titles) if one.startswith("Receipt")))
    office.tap(screen.papers.reprint)
    devices.print_desk.pump()
    assert [paper.copy for paper in devices.papers if paper.document][-1]
    assert "COPY" in office.window.notice.text


def test_the_drawer_opens_only_with_a_reason_and_a_manager(office: Desk, shop: Shop) -> None:
    screen, devices = _stand(office, shop)
    _go(office, screen, Place.DRAWER)
    office.tap(screen.page.test)
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
    narrow, wide = screen.page.choices.pill("58"), screen.page.choices.pill("80")
    assert narrow is not None
    assert wide is not None
    assert wide.chosen
    office.tap(narrow)
    asked = office.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    assert wide.chosen
    office.tap(asked.faces.button("grace"))
    office.digits(asked.pad.pad, "2222")
    office.tap(asked.pad.confirm)
    assert narrow.chosen
    assert not wide.chosen


def test_the_language_switch_keeps_the_page_and_what_is_typed(office: Desk, shop: Shop) -> None:
    screen, _devices = _stand(office, shop)
    _go(office, screen, Place.TERMINAL)
    office.tap(screen.page.change)
    screen.choosing.address.set_text("tcp://10.0.0.9")
    office.window.language.use("zh_CN")
    office.settle()
    assert screen.list.currentIndex().row() == list(Place).index(Place.TERMINAL)
    assert screen.choosing.isVisible()
    assert screen.choosing.address.text == "tcp://10.0.0.9"


def test_what_was_found_is_used_after_two_taps_and_a_manager(office: Desk, shop: Shop) -> None:
    screen, devices = _stand(office, shop)
    _go(office, screen, Place.LABELS)
    office.tap(screen.page.change)
    devices.found(FoundDevice("usb:0a5f:0166", Connection.USB, "Zebra ZD421"))
    _tap_row(office, screen.choosing.found, 0)
    assert screen.choosing.address.text == "usb:0a5f:0166"
    office.tap(screen.choosing.save)
    asked = office.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    office.tap(asked.faces.button("grace"))
    office.digits(asked.pad.pad, "2222")
    office.tap(asked.pad.confirm)
    assert devices.status().of(Role.LABELS).chosen.url == "usb:0a5f:0166"
    assert screen.page.isVisible()


def test_back_leaves_the_form_first(office: Desk, shop: Shop) -> None:
    screen, _devices = _stand(office, shop)
    office.tap(screen.page.change)
    office.window.top_bar.back.emit()
    assert office.window.current == "devices"
    assert screen.page.isVisible()


def test_a_paper_that_was_printed_meanwhile_is_seen_without_a_tap(office: Desk, shop: Shop) -> None:
    screen, devices = _stand(office, shop)
    sell_printed(shop, "凝胶美甲")
    screen._timer.timeout.emit()
    assert "not printed yet" in screen.page.told.text()
    devices.print_desk.pump()
    while devices.papers:
        devices.answer()
    screen._timer.timeout.emit()
    assert screen.page.told.text() == "Nothing waits to be printed."
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
    _busy_day(shop, devices)
    devices.place(
        Role.TERMINAL,
        RoleStatus(ChosenDevice("tcp://192.168.1.60:10009", "pax", "左边 Left"), READY, Counts(48, 2, 1)),
    )
    screen.shown()
    desk.picture("devices")
    assert too_small(screen) == []
    assert unnamed(screen) == []
    devices.condition(Condition.ATTENTION, Reason.PAPER_OUT)
    devices.drawer(DrawerCondition.LEFT_OPEN)
    desk.picture("devices-paper-out")
    _go(desk, screen, Place.PAPERS)
    _tap_row(desk, screen.papers.list, 2)
    desk.picture("devices-papers")
    assert too_small(screen) == []
    _go(desk, screen, Place.TERMINAL)
    devices.trial(Role.TERMINAL, TrialState.PASSED)
    desk.picture("devices-terminal")
    devices.condition(Condition.OFFLINE, Reason.NOT_FOUND, Role.TERMINAL)
    devices.trial(Role.TERMINAL, TrialState.FAILED)
    desk.picture("devices-offline")
    _go(desk, screen, Place.PRINTER)
    desk.tap(screen.page.change)
    devices.found(
        FoundDevice("usb:04b8:0202", Connection.USB, "EPSON TM-T20III"),
        FoundDevice("queue:EPSON_TM_T20III", Connection.QUEUE, "EPSON_TM_T20III"),
        FoundDevice("tcp://192.168.1.50:9100", Connection.NETWORK),
        FoundDevice(
            "serial:/dev/serial/by-id/usb-Prolific_USB-Serial-if00?baud=9600", Connection.SERIAL, "Prolific"
        ),
    )
    _tap_row(desk, screen.choosing.found, 1)
    desk.picture("devices-choosing")
    assert too_small(screen) == []
    assert unnamed(screen) == []
    _go(desk, screen, Place.PRINTER)
    desk.tap(screen.page.more)
    desk.tap(screen.self_test.lines[1])
    desk.picture("devices-self-test")
    assert too_small(screen) == []
    assert unnamed(screen) == []


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures_of_what_is_seldom_seen(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    desk = make_desk_of(code, (1366, 768))
    screen, devices = _stand(desk, shop)
    _go(desk, screen, Place.READER)
    devices.scan(ScanResult.PAYMENT_CARD)
    desk.picture("devices-reader")
    _go(desk, screen, Place.LABELS)
    desk.tap(screen.page.change)
    devices.found(done=96, whole=506, running=True)
    desk.picture("devices-searching")
    assert too_small(screen) == []
    _go(desk, screen, Place.GUEST_SCREEN)
    desk.picture("devices-guests")
    _go(desk, screen, Place.DRAWER)
    desk.tap(screen.page.test)
    desk.picture("devices-drawer")
