"""Devices without a window: every condition has words, scans show a tail only, the drawer never opens unrecorded."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from salon_desk.documents.layout import Way
from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError, ShiftNotOpen
from salon_desk.i18n import Catalogue
from salon_desk.services.device_settings import ChosenDevice, Role
from salon_desk.services.device_state import Condition, Counts, DeviceState, Reason
from salon_desk.services.sign_in import approve
from salon_desk.services.till import Actor
from salon_desk.ui.device_pills import device_pills
from salon_desk.ui.device_status import (
    Connection,
    DeviceStatus,
    DrawerCondition,
    FoundDevice,
    PaperWidth,
    RoleStatus,
    ScanResult,
    TrialState,
)
from salon_desk.ui.screens.devices import state_words
from salon_desk.ui.screens.devices.choosing_model import choosing_model
from salon_desk.ui.screens.devices.paper_rows import paper_rows
from salon_desk.ui.screens.devices.presenter import DevicesPresenter, Place, spelled_out
from salon_desk.ui.screens.devices.view_model import PageModel, page_model, place_rows
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.back_office import CASHIER, Shop, session_of
from tests.ui.devices.fake_desk import FakeDesk
from tests.ui.devices.printed_sale import sell_printed

EN = Catalogue.load("en")


class ManagerBeside:
    """Approvals by a manager who types her PIN at once, or who says no."""

    def __init__(self, shop: Shop, *, says_no: bool = False) -> None:
        self.asked: list[Permission] = []
        self._shop, self._says_no = shop, says_no

    def ask(
        self,
        permission: Permission,
        then: Callable[[Actor], None],
        *,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        self.asked.append(permission)
        if not self._says_no:
            then(approve(self._shop.till, CASHIER, permission, "grace", "2222"))
        elif cancelled is not None:
            cancelled()


def _presenter(
    shop: Shop, *, says_no: bool = False
) -> tuple[DevicesPresenter, FakeDesk, ManagerBeside, list[DomainError]]:
    desk, beside = FakeDesk(shop.till), ManagerBeside(shop, says_no=says_no)
    presenter = DevicesPresenter(
        shop.till, ImmediateTasks(), session_of(shop, "amy"), desk=desk, approvals=beside
    )
    refused: list[DomainError] = []
    presenter.refuse = refused.append
    presenter.begin()
    return presenter, desk, beside, refused


def _choose_receipt(presenter: DevicesPresenter) -> None:
    assert presenter.state.room is not None
    presenter.choose(next(one.job.job_id for one in presenter.state.room.papers if one.can_be_copied))


def _page(presenter: DevicesPresenter, place: Place = Place.PRINTER) -> PageModel:
    if presenter.state.place is not place:
        presenter.show(place.value)
    return page_model(presenter.state, EN)


def test_every_condition_says_how_it_is_and_what_to_do() -> None:
    for role, condition, reason in product(Role, Condition, Reason):
        status = RoleStatus(ChosenDevice("serial:COM3"), DeviceState(condition, reason))
        assert state_words.condition(role, status, EN)[0]
        if role is not Role.GUEST_SCREEN:
            assert state_words.what_to_do(role, status, EN)


@pytest.mark.parametrize(
    ("address", "cable"),
    [
        ("tcp://10.0.0.5:9100", "network cable"),
        ("serial:/dev/ttyS0?baud=9600", "serial cable"),
        ("usb:04b8:0e15", "USB cable"),
        ("pcsc:ACS", "USB cable"),
        ("queue:Epson", "queue"),
        ("file:/dev/usb/lp0", "the cable"),
    ],
)
@pytest.mark.parametrize("reason", [Reason.NOT_FOUND, Reason.GONE, Reason.NONE])
def test_a_device_that_is_gone_names_the_cable_by_its_address(
    address: str, cable: str, reason: Reason
) -> None:
    status = RoleStatus(ChosenDevice(address), DeviceState(Condition.OFFLINE, reason))
    assert cable in state_words.what_to_do(Role.PRINTER, status, EN)


def test_the_bar_says_how_printer_and_terminal_are() -> None:
    terminal = RoleStatus(ChosenDevice("tcp://10.0.0.9"), DeviceState(Condition.OFFLINE, Reason.GONE))
    for state, said in (
        (DeviceState(Condition.ATTENTION, Reason.PAPER_OUT), "No paper"),
        (DeviceState(Condition.ATTENTION, Reason.STUCK), "Printer"),
        (DeviceState(Condition.OFFLINE), "Printer is off"),
        (DeviceState(Condition.NONE), "No printer"),
        (DeviceState(Condition.READY), "Printer"),
    ):
        pills = device_pills(
            DeviceStatus({Role.PRINTER: RoleStatus(state=state), Role.TERMINAL: terminal}), EN
        )
        assert [one.text for one in pills] == ["Terminal is off", said]
    busy = RoleStatus(ChosenDevice("tcp://10.0.0.9"), DeviceState(Condition.ATTENTION, Reason.BUSY))
    assert device_pills(DeviceStatus({Role.TERMINAL: busy}), EN)[0].text == "Terminal is busy"
    assert [one.key for one in device_pills(DeviceStatus(), EN)] == ["printer"]


def test_every_code_of_what_went_wrong_has_a_sentence(shop: Shop) -> None:
    presenter, desk, _beside, _refused = _presenter(shop)
    for problem in ("interrupted", "unprintable", "drawer_too_late", "drawer_blocked"):
        desk.print_test("en")
        desk.answer(ok=False, problem=problem)
        presenter.refresh()
        assert _page(presenter).problem, problem


def test_what_failed_prints_after_one_tap(shop: Shop) -> None:
    presenter, desk, _beside, _refused = _presenter(shop)
    desk.print_test("en")
    desk.answer(ok=False, problem="interrupted")
    presenter.refresh()
    assert _page(presenter).can_retry
    presenter.retry()
    assert len(desk.papers) == 1
    desk.answer()
    presenter.refresh()
    assert not _page(presenter).can_retry


def test_a_copy_of_a_receipt_keeps_the_receipts_language(shop: Shop) -> None:
    presenter, _desk, _beside, _refused = _presenter(shop)
    sell_printed(shop, "凝胶美甲")
    presenter.refresh()
    _choose_receipt(presenter)
    spoken = presenter.state.paper.job.language if presenter.state.paper else ""
    presenter.reprint("en")
    assert presenter.state.room is not None
    newest = presenter.state.room.papers[0].job
    assert (newest.kind, newest.copy, newest.language) == ("receipt", True, spoken)


def test_the_drawer_needs_a_manager_and_a_refusal_leaves_it_shut(shop: Shop) -> None:
    presenter, desk, beside, refused = _presenter(shop, says_no=True)
    presenter.open_drawer("Drawer test")
    desk.print_desk.pump()
    assert (beside.asked, desk.papers, refused) == ([Permission.NO_SALE], [], [])
    assert not presenter.state.working


def test_without_a_shift_the_drawer_stays_shut_and_it_is_said(closed_shop: Shop) -> None:
    presenter, desk, _beside, refused = _presenter(closed_shop)
    presenter.open_drawer("Drawer test")
    desk.print_desk.pump()
    assert desk.papers == []
    assert [type(one) for one in refused] == [ShiftNotOpen]


def test_the_paper_of_before_is_not_asked_for_again(shop: Shop) -> None:
    presenter, _desk, beside, _refused = _presenter(shop)
    presenter.use_paper(PaperWidth.MM_80)
    assert beside.asked == []
    presenter.use_paper(PaperWidth.MM_58)
    assert beside.asked == [Permission.DEVICES]
    assert presenter.state.status.paper is PaperWidth.MM_58


def test_a_readers_test_waits_for_the_next_scan(shop: Shop) -> None:
    presenter, desk, _beside, _refused = _presenter(shop)
    desk.scan(ScanResult.BARCODE, "0137")
    assert _page(presenter, Place.READER).test == "Test the reader"
    presenter.test("en")
    assert "Scan any" in _page(presenter, Place.READER).told
    assert _page(presenter, Place.READER).test == "End the test"
    desk.scan(ScanResult.MAGNETIC, "4417")
    assert "4417" in _page(presenter, Place.READER).told
    presenter.test("en")
    assert presenter.state.testing_from is None
    presenter.show("nfc")
    presenter.test("en")
    assert "Lay any card" in _page(presenter, Place.NFC).told


def test_every_kind_of_scan_has_a_sentence(shop: Shop) -> None:
    presenter, desk, _beside, _refused = _presenter(shop)
    for result in ScanResult:
        desk.scan(result, "" if result is ScanResult.PAYMENT_CARD else "0137")
        assert _page(presenter, Place.READER).told.startswith("Last scan")


def test_a_paper_names_its_receipt_its_state_and_whether_it_is_a_copy(shop: Shop) -> None:
    presenter, _desk, _beside, _refused = _presenter(shop)
    sold = sell_printed(shop, "凝胶美甲")
    presenter.refresh()
    _choose_receipt(presenter)
    presenter.reprint("en")
    assert presenter.state.room is not None
    rows = paper_rows(presenter.state.room, EN)
    copy = rows[0]
    assert sold.sale.receipt in copy.title
    assert (copy.figure, copy.figure_detail) == ("waits", "copy")


def test_the_drawer_says_how_it_is_where_its_printer_tells(shop: Shop) -> None:
    presenter, desk, _beside, _refused = _presenter(shop)
    for drawer in DrawerCondition:
        desk.drawer(drawer)
        page = _page(presenter, Place.DRAWER)
        row = next(one for one in place_rows(presenter.state, EN) if one.key == "drawer")
        assert page.condition == row.detail
        assert ("Shut the drawer" in page.what_to_do) is (drawer is DrawerCondition.LEFT_OPEN)


def test_a_test_with_one_tap_says_how_it_went(shop: Shop) -> None:
    presenter, desk, _beside, _refused = _presenter(shop)
    for role in (Role.LABELS, Role.DISPLAY, Role.TERMINAL):
        desk.place(role, RoleStatus(ChosenDevice("serial:COM4"), DeviceState(Condition.READY)))
        presenter.show(role.value)
        assert not _page(presenter, Place(role.value)).told
        presenter.test("zh_CN")
        assert desk.asked[-1] == f"{role.value} zh_CN"
        for trial in TrialState:
            desk.trial(role, trial)
            assert _page(presenter, Place(role.value)).told


def test_what_was_found_for_the_role_is_chosen_with_a_name_and_a_manager(shop: Shop) -> None:
    presenter, desk, beside, _refused = _presenter(shop)
    filled: list[str] = []
    presenter.filled = filled.append
    presenter.show("terminal")
    presenter.change()
    desk.found(
        FoundDevice("tcp://192.168.1.60:10009", Connection.TERMINAL),
        FoundDevice("tcp://192.168.1.50:9100", Connection.NETWORK),
    )
    model = choosing_model(presenter.state, EN)
    assert [row.key for row in model.found] == ["tcp://192.168.1.60:10009"]
    presenter.pick(model.found[0].key)
    presenter.use_driver("pax-debit")
    presenter.save(filled[0], " Left of the till ")
    assert beside.asked == [Permission.DEVICES]
    assert presenter.state.start is None
    kept = presenter.state.status.of(Role.TERMINAL).chosen
    assert kept == ChosenDevice("tcp://192.168.1.60:10009", "pax-debit", "Left of the till")
    assert "Left of the till" in _page(presenter, Place.TERMINAL).called
    presenter.use_none()
    assert presenter.state.status.of(Role.TERMINAL).chosen.url == ""


def test_an_address_that_means_nothing_is_said_in_the_form_until_it_changes(shop: Shop) -> None:
    presenter, _desk, _beside, refused = _presenter(shop)
    presenter.change()
    presenter.save("nonsense", "")
    assert "not a device address" in choosing_model(presenter.state, EN).refusal
    assert refused == []
    presenter.typing()
    assert choosing_model(presenter.state, EN).refusal == ""
    presenter.keep()
    assert presenter.state.status.of(Role.PRINTER).chosen.url == "tcp://192.168.1.50:9100"


def test_the_network_is_asked_only_on_request_and_it_can_be_stopped(shop: Shop) -> None:
    presenter, desk, _beside, _refused = _presenter(shop)
    presenter.change()
    assert desk.asked == ["here"]
    assert "Looking at" in choosing_model(presenter.state, EN).told
    presenter.find(network=True)
    assert not presenter.state.status.search.running
    assert "Nothing that fits" in choosing_model(presenter.state, EN).told
    presenter.find(network=True)
    assert desk.asked == ["here", "network"]
    desk.found(done=96, whole=506, running=True)
    assert choosing_model(presenter.state, EN).told == "96 of 506 addresses asked"
    presenter.show("nfc")
    assert not presenter.state.status.search.running
    assert presenter.state.start is None


def test_the_guests_screen_is_chosen_with_one_tap(shop: Shop) -> None:
    presenter, _desk, _beside, _refused = _presenter(shop)
    assert _page(presenter, Place.GUEST_SCREEN).choice == "screen:"
    presenter.use_url("screen:window")
    page = _page(presenter, Place.GUEST_SCREEN)
    assert (page.choice, page.condition) == ("screen:window", "In a window")


def test_what_a_device_did_is_counted(shop: Shop) -> None:
    presenter, desk, _beside, _refused = _presenter(shop)
    assert "done 132" in _page(presenter).counts
    desk.place(Role.LABELS, RoleStatus(ChosenDevice("usb:0a5f:0001"), counts=Counts()))
    assert _page(presenter, Place.LABELS).counts == ""


def test_the_self_tests_answers_choose_how_the_printer_is_spoken_to(shop: Shop) -> None:
    presenter, desk, beside, _refused = _presenter(shop)
    presenter.use_what_fits()
    presenter.begin_self_test("en")
    assert [one.document.kind for one in desk.papers if one.document] == ["self_test"]
    presenter.looks_right(Way.CP437)
    presenter.use_what_fits()
    assert presenter.state.self_test is not None
    assert presenter.state.self_test.none_fits
    presenter.looks_right(Way.CP437)
    presenter.looks_right(Way.GB18030)
    presenter.paper_is(PaperWidth.MM_58)
    presenter.use_what_fits()
    assert beside.asked == [Permission.DEVICES]
    assert presenter.state.status.of(Role.PRINTER).chosen.driver == "gb18030-58mm"
    assert presenter.state.self_test is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" 192.168.1.50 ", "tcp://192.168.1.50"),
        ("printer.lan:9100", "tcp://printer.lan:9100"),
        ("COM3", "serial:COM3"),
        ("/dev/ttyUSB0", "serial:/dev/ttyUSB0"),
        ("usb:04b8:0202", "usb:04b8:0202"),
        ("nonsense", "nonsense"),
    ],
)
def test_an_address_may_be_typed_as_people_write_it(typed: str, meant: str) -> None:
    assert spelled_out(typed) == meant
