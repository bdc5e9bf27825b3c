"""The checkout screen under fingers and scanners: real clicks, a change of language, sheets, a manager's approval."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salon_desk.domain.ticket import Bearer
from salon_desk.services.tickets import NewLine
from salon_desk.storage.engine import Transaction
from salon_desk.ui.approval.view import ApprovalSheet
from salon_desk.ui.background import TaskRunner
from salon_desk.ui.counter.amount_sheet import AmountSheet
from salon_desk.ui.screens.checkout.discount_sheet import DiscountSheet
from salon_desk.ui.screens.checkout.line_sheet import LineSheet
from salon_desk.ui.screens.checkout.member_sheet import MemberSheet
from salon_desk.ui.widgets.sheet import QuestionSheet
from tests.ui.counter_window import Counter, Finger, settle, tap
from tests.ui.shop_fixture import GRACE, MAY_ZHANG, CounterShop, usd

MakeCounter = Callable[..., Counter]


def lines(counter: Counter) -> list[tuple[str, str | None, int]]:
    current = counter.checkout.presenter.state.current
    assert current is not None
    return [(one.item_id, one.technician, one.quantity) for one in current.ticket.lines]


def test_the_language_changes_at_a_tap_and_the_ticket_stays(
    make_counter: MakeCounter, shop: CounterShop
) -> None:
    visit = shop.the_visit()
    counter = make_counter("en")
    tap(counter.checkout.tickets.card(visit.ticket.ticket_id))
    before = lines(counter)
    tap(counter.window.top_bar.switch)
    assert counter.window.language.code == "zh_CN"
    assert lines(counter) == before
    row = counter.checkout.panel.line(visit.ticket.lines[0].line_id)
    assert row is not None
    assert row.face.name == "凝胶美甲"


def test_a_language_changed_elsewhere_is_there_when_the_screen_comes_back(
    make_counter: MakeCounter, shop: CounterShop
) -> None:
    visit = shop.the_visit()
    counter = make_counter("en")
    tap(counter.checkout.tickets.card(visit.ticket.ticket_id))
    tap(counter.checkout.panel.pay)
    tap(counter.window.top_bar.switch)
    counter.pay.back()
    row = counter.checkout.panel.line(visit.ticket.lines[0].line_id)
    assert row is not None
    assert row.face.name == "凝胶美甲"


def test_the_sheet_of_a_line_changes_the_line_at_each_tap(make_counter: MakeCounter) -> None:
    counter = make_counter()
    tap(counter.checkout.items.tile("nail-art"))
    line = counter.checkout.presenter.state.line
    tap(counter.checkout.panel.line(line))
    sheet = counter.window.sheets.top
    assert isinstance(sheet, LineSheet)
    tap(sheet.more)
    tap(sheet.more)
    tap(sheet.fewer)
    tap(sheet.face("kim"))
    tap(sheet.requested)
    assert lines(counter) == [("nail-art", "kim", 2)]
    current = counter.checkout.presenter.state.current
    assert current is not None
    assert current.ticket.lines[0].requested
    tap(sheet.in_turn)
    tap(sheet.remove)
    assert lines(counter) == []
    assert counter.window.sheets.top is None


def test_a_request_goes_with_the_face_it_was_for(make_counter: MakeCounter) -> None:
    counter = make_counter()
    tap(counter.checkout.items.tile("nail-art"))
    tap(counter.checkout.panel.line(counter.checkout.presenter.state.line))
    sheet = counter.window.sheets.top
    assert isinstance(sheet, LineSheet)
    tap(sheet.face("kim"))
    tap(sheet.requested)
    tap(sheet.face("lily"))
    current = counter.checkout.presenter.state.current
    assert current is not None
    assert (current.ticket.lines[0].technician, current.ticket.lines[0].requested) == ("lily", False)


def test_a_price_is_typed_and_a_manager_approves_it(make_counter: MakeCounter) -> None:
    counter = make_counter()
    tap(counter.checkout.items.tile("gel-manicure"))
    tap(counter.checkout.panel.line(counter.checkout.presenter.state.line))
    sheet = counter.window.sheets.top
    assert isinstance(sheet, LineSheet)
    tap(sheet.price)
    amount = counter.window.sheets.top
    assert isinstance(amount, AmountSheet)
    for key in ("4", "0", "00"):
        tap(amount.pad.keys[key])
    tap(amount.confirm)
    approval = counter.window.sheets.top
    assert isinstance(approval, ApprovalSheet)
    tap(approval.faces.button("grace"))
    approval.pad.completed.emit("2222")
    settle()
    current = counter.checkout.presenter.state.current
    assert current is not None
    assert current.priced.subtotal == usd(4000)


def test_discounts_go_on_and_off_at_a_tap_and_a_typed_one_names_its_bearer(
    make_counter: MakeCounter, shop: CounterShop
) -> None:
    shop.sign_in(GRACE)
    counter = make_counter()
    tap(counter.checkout.items.tile("gel-manicure"))
    tap(counter.checkout.panel.discount)
    sheet = counter.window.sheets.top
    assert isinstance(sheet, DiscountSheet)
    tap(sheet.choice("birthday"))
    tap(sheet.choice("staff-10"))
    tap(sheet.choice("birthday"))
    tap(sheet.by_amount)
    for key in ("5", "00"):
        tap(sheet.pad.keys[key])
    tap(sheet.bearers[Bearer.SPLIT])
    tap(sheet.add)
    current = counter.checkout.presenter.state.current
    assert current is not None
    told = [(one.bearer, one.percent or one.amount) for one in current.ticket.discounts]
    assert told == [(Bearer.SALON, "10"), (Bearer.SPLIT, usd(500))]
    tap(sheet.done)


def test_a_discount_of_one_line_stands_on_that_line(make_counter: MakeCounter, shop: CounterShop) -> None:
    shop.sign_in(GRACE)
    counter = make_counter()
    tap(counter.checkout.items.tile("gel-manicure"))
    tap(counter.checkout.items.tile("polish-change"))
    line = counter.checkout.presenter.state.line
    tap(counter.checkout.panel.line(line))
    sheet = counter.window.sheets.top
    assert isinstance(sheet, LineSheet)
    tap(sheet.discount)
    offered = counter.window.sheets.top
    assert isinstance(offered, DiscountSheet)
    tap(offered.by_percent)
    for key in ("5", "0", "0"):
        tap(offered.pad.keys[key])
    tap(offered.add)
    row = counter.checkout.panel.line(line)
    assert row is not None
    assert "−$7.50" in row.face.notes[0]


def test_an_open_price_tile_asks_with_the_number_pad(make_counter: MakeCounter) -> None:
    counter = make_counter()
    tap(counter.checkout.items.tile("open-price"))
    sheet = counter.window.sheets.top
    assert isinstance(sheet, AmountSheet)
    assert not sheet.confirm.isEnabled()
    for key in ("2", "7", "5", "0"):
        tap(sheet.pad.keys[key])
    tap(sheet.confirm)
    assert lines(counter) == [("open-price", None, 1)]


def test_the_allergy_band_stands_and_a_conflict_is_asked_about(make_counter: MakeCounter) -> None:
    counter = make_counter()
    counter.checkout.code_scanned(MAY_ZHANG)
    settle()
    assert counter.checkout.panel.head.allergy.isVisible()
    tap(counter.checkout.items.tile("acrylic-full"))
    question = counter.window.sheets.top
    assert isinstance(question, QuestionSheet)
    tap(question.cancel)
    assert lines(counter) == []
    tap(counter.checkout.items.tile("acrylic-full"))
    question = counter.window.sheets.top
    assert isinstance(question, QuestionSheet)
    tap(question.confirm)
    assert lines(counter) == [("acrylic-full", None, 1)]


def test_typing_finds_and_a_tap_on_a_row_takes(make_counter: MakeCounter, qtbot: QtBot) -> None:
    counter = make_counter()
    qtbot.keyClicks(counter.checkout.search.field, "gel")
    rows = counter.checkout.results.list
    assert rows.isVisible()
    QTest.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model().index(0, 0)).center()
    )
    qtbot.waitUntil(lambda: counter.checkout.presenter.state.current is not None)
    assert counter.checkout.search.text == ""
    assert not rows.isVisible()


def test_the_name_on_the_ticket_leads_to_the_member(make_counter: MakeCounter, shop: CounterShop) -> None:
    counter = make_counter()
    counter.checkout.code_scanned(MAY_ZHANG)
    tap(counter.checkout.panel.head.name)
    sheet = counter.window.sheets.top
    assert isinstance(sheet, MemberSheet)
    tap(sheet.page)
    assert counter.went == [f"member/{shop.member()}"]


def test_after_a_cash_sale_the_change_stands_at_54_px_until_the_next_ticket(
    make_counter: MakeCounter, shop: CounterShop
) -> None:
    counter = make_counter()
    tap(counter.checkout.items.tile("gel-manicure"))
    tap(counter.checkout.faces.face_button("lily"))
    tap(counter.checkout.panel.pay)
    tap(counter.pay.tenders.tile("cash"))
    tap(counter.pay.plan.quick("5000"))
    tap(counter.pay.plan.complete)
    assert counter.pay.paid.figure.text == "$2.97"
    tap(counter.pay.paid.next)
    assert counter.window.current == "checkout"
    assert counter.checkout.panel.change_due.isVisible()
    assert counter.checkout.panel.change_due.text == "$2.97"
    tap(counter.checkout.new_ticket)
    assert not counter.checkout.panel.change_due.isVisible()


def test_without_a_shift_the_notice_opens_it(make_counter: MakeCounter, shop: CounterShop) -> None:
    from salon_desk.services import shifts

    shifts.count(shop.till, shop.command(), GRACE, denominations=())
    shifts.close(shop.till, shop.command(), GRACE)
    counter = make_counter()
    tap(counter.checkout.items.tile("gel-manicure"))
    tap(counter.checkout.panel.pay)
    assert counter.window.current == "checkout"
    tap(counter.window.notice.action)
    assert counter.went == ["shift"]


@contextmanager
def _watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[int]]:
    """The threads on which a transaction was opened."""
    threads: set[int] = set()
    real = Transaction.__init__

    def watched(self: Transaction, *given: object) -> None:
        threads.add(threading.get_ident())
        real(self, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "__init__", watched)
        yield threads


def test_nothing_touches_the_database_on_the_screens_own_thread(
    make_counter: MakeCounter,
    shop: CounterShop,
    worker_tasks: TaskRunner,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop.ticket(NewLine("callus", "kim"))
    with _watched(monkeypatch) as threads:
        counter = make_counter(tasks=worker_tasks)
        finger = Finger(qtbot, worker_tasks)
        finger.wait()
        counter.checkout.code_scanned(MAY_ZHANG)
        qtbot.keyClicks(counter.checkout.search.field, "zxm")
        counter.checkout.search.field.clear()
        finger.wait()
        finger.tap(counter.checkout.items.tile("gel-manicure"))
        finger.tap(counter.checkout.faces.face_button("lily"))
        finger.tap(counter.checkout.panel.pay)
        finger.tap(counter.pay.tips.tip("18"))
        finger.tap(counter.pay.plan.complete)
        finger.tap(counter.pay.paid.next)
        counter.top_up.begin()
        finger.wait()
    assert threads
    assert threading.get_ident() not in threads


def test_the_ticket_on_the_right_is_in_sight_among_many(make_counter: MakeCounter, shop: CounterShop) -> None:
    for _ in range(9):
        shop.ticket(NewLine("callus", "kim"))
    last = shop.ticket(NewLine("gel-manicure", "lily"))
    counter = make_counter("en", (1024, 768))
    counter.checkout.presenter.choose_ticket(last.ticket.ticket_id)
    settle()
    card = counter.checkout.tickets.card(last.ticket.ticket_id)
    assert card is not None
    assert card.visibleRegion().boundingRect() == card.rect()
