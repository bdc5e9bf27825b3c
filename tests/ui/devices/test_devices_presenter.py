"""Devices without a window: every condition has words, scans show a tail only, the drawer never opens unrecorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError, ShiftNotOpen
from salon_desk.i18n import Catalogue
from salon_desk.services.sign_in import approve
from salon_desk.services.till import Actor
from salon_desk.ui.device_status import (
    DeviceStatus,
    PaperWidth,
    PrinterCondition,
    PrinterTrouble,
    ScanResult,
)
from salon_desk.ui.screens.devices import printer_words
from salon_desk.ui.screens.devices.presenter import DevicesPresenter
from salon_desk.ui.screens.devices.view_model import paper_rows, printer_model, reader_model
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


@pytest.mark.parametrize("condition", PrinterCondition)
def test_every_condition_says_how_it_is_and_what_to_do(condition: PrinterCondition) -> None:
    status = DeviceStatus(condition)
    assert printer_words.condition(status, EN)[0]
    assert printer_words.what_to_do(status, EN)


@pytest.mark.parametrize("trouble", PrinterTrouble)
def test_every_trouble_of_an_offline_printer_says_where_to_look(trouble: PrinterTrouble) -> None:
    status = DeviceStatus(PrinterCondition.OFFLINE, printer_trouble=trouble)
    assert printer_words.what_to_do(status, EN)


@pytest.mark.parametrize(
    ("address", "cable"),
    [("tcp://10.0.0.5:9100", "network"), ("serial:/dev/ttyS0?baud=9600", "serial"), ("usb:04b8:0e15", "USB")],
)
def test_an_offline_printer_names_the_cable_by_its_address(address: str, cable: str) -> None:
    status = DeviceStatus(PrinterCondition.OFFLINE, address)
    assert f"{cable} cable" in printer_words.what_to_do(status, EN)


def test_every_code_of_what_went_wrong_has_a_sentence(shop: Shop) -> None:
    presenter, desk, _beside, _refused = _presenter(shop)
    for problem in ("interrupted", "unprintable", "drawer_too_late", "drawer_blocked"):
        desk.print_test("en")
        desk.answer(ok=False, problem=problem)
        presenter.refresh()
        assert printer_model(presenter.state, EN).problem, problem


def test_what_failed_prints_after_one_tap(shop: Shop) -> None:
    presenter, desk, _beside, _refused = _presenter(shop)
    desk.print_test("en")
    desk.answer(ok=False, problem="interrupted")
    presenter.refresh()
    assert printer_model(presenter.state, EN).can_retry
    presenter.retry()
    assert len(desk.papers) == 1
    desk.answer()
    presenter.refresh()
    assert not printer_model(presenter.state, EN).can_retry


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
    presenter.test_reader()
    assert "Scan any" in reader_model(presenter.state, EN).scan
    desk.scan(ScanResult.MAGNETIC, "4417")
    assert "4417" in reader_model(presenter.state, EN).scan


@pytest.mark.parametrize("result", ScanResult)
def test_every_kind_of_scan_has_a_sentence(shop: Shop, result: ScanResult) -> None:
    presenter, desk, _beside, _refused = _presenter(shop)
    desk.scan(result, "" if result is ScanResult.PAYMENT_CARD else "0137")
    assert reader_model(presenter.state, EN).scan.startswith("Last scan")


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
