"""The window as bootstrap puts it together: readers, locking, what stands in the bar, the first screen after a crash."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from salon_desk.domain import access
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.services.device_settings import Role
from salon_desk.services.device_state import Condition
from salon_desk.services.link_status import LinkReason, LinkState, LinkStatus
from salon_desk.ui.device_status import PaperWidth, ScanResult
from salon_desk.ui.link_desk import LinkNow
from salon_desk.ui.widgets.sheet import Sheet
from tests.integration.window.conftest import Desk

PAYMENT_CARD = "%B4111111111111111^DOE/JOHN^29121010000000000?"


def code_of_a_card(desk: Desk) -> str:
    """The code of some member's card."""
    driver = desk.running.till.store.database.driver()
    return desk.running.worker.run(lambda: str(driver.execute("SELECT code FROM cards").fetchone()[0]))


def test_the_first_screen_asks_who_is_here_and_a_pin_leads_to_checkout(desk: Desk) -> None:
    assert desk.opened.window.current == "sign_in"
    desk.sign_in()
    assert desk.opened.window.current == "checkout"


def test_a_scanned_card_puts_its_member_on_the_ticket(desk: Desk) -> None:
    desk.sign_in()
    before = len(desk.opened.places.checkout.presenter.state.waiting)
    desk.type(code_of_a_card(desk) + "\r", gap_ms=5)
    state = desk.opened.places.checkout.presenter.state
    assert state.current is not None
    assert state.current.member is not None
    assert len(state.waiting) >= before


def test_a_scan_while_nobody_is_signed_in_does_nothing(desk: Desk) -> None:
    desk.type(code_of_a_card(desk) + "\r", gap_ms=5)
    assert desk.opened.window.current == "sign_in"
    assert desk.opened.devices.status().last_scan is not None


def test_a_swiped_payment_card_is_dropped_and_said_without_a_digit(desk: Desk) -> None:
    desk.sign_in()
    desk.type(PAYMENT_CARD, gap_ms=5)
    last = desk.opened.devices.status().last_scan
    assert last is not None
    assert (last.result, last.shown) == (ScanResult.PAYMENT_CARD, "")
    assert desk.opened.window.notice.isVisible()
    assert "4111" not in desk.opened.window.notice.accessibleName()


def test_typing_by_hand_reaches_the_field_untouched(desk: Desk) -> None:
    desk.sign_in()
    assert [desk.opened.scanning.feed(key, 1_000_000 + n * 180) for n, key in enumerate("0137")] == [
        False
    ] * 4


def test_keys_held_back_for_a_moment_are_given_back_to_the_field(desk: Desk) -> None:
    desk.sign_in()
    field = desk.opened.places.checkout.search.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    desk.settle()
    for number, key in enumerate("ab"):
        if not desk.opened.scanning.feed(key, 1_000_000 + number * 5):
            press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, key)
            QApplication.sendEvent(field, press)
    desk.opened.scanning.feed("c", 1_000_000 + 500)
    assert field.text() == "ab"


def test_locking_signs_out_closes_sheets_and_comes_back_to_the_same_place(desk: Desk) -> None:
    desk.sign_in(access.Role.MANAGER)
    desk.opened.window.go("members")
    desk.opened.window.open_sheet(Sheet("Open"))
    assert desk.opened.window.sheets.top is not None
    desk.opened.places.lock()
    assert desk.opened.window.current == "sign_in"
    assert desk.opened.session.person is None
    assert desk.opened.window.sheets.top is None
    desk.opened.window.go("sign_in")
    desk.opened.places._signed_in()
    assert desk.opened.window.current == "members"


def test_every_place_stands_in_every_language_and_the_bar_with_it(desk: Desk) -> None:
    desk.sign_in(access.Role.MANAGER)
    for language in LANGUAGES:
        desk.opened.language.use(language)
        for key in desk.opened.places.keys:
            desk.opened.window.go(key)
            desk.settle()
            assert desk.opened.window.current == key
        pill = desk.opened.window.top_bar.pill("printer")
        assert pill is not None
        assert Catalogue.load(language).text("Printer") in pill.accessibleName() + pill.text()


def test_ways_between_screens_lead_where_they_say(desk: Desk) -> None:
    desk.sign_in(access.Role.MANAGER)
    places, window = desk.opened.places, desk.opened.window
    driver = desk.running.till.store.database.driver()
    card, member = desk.running.worker.run(
        lambda: driver.execute("SELECT id, member FROM cards ORDER BY id").fetchone()
    )
    receipt = desk.running.worker.run(lambda: driver.execute("SELECT op_id FROM sales").fetchone()[0])
    for go, there in (
        (lambda: places.show_member(member), "members"),
        (lambda: places.new_member("李"), "members"),
        (lambda: places.issue_card(member), "cards"),
        (lambda: places.show_card(card), "cards"),
        (lambda: places.show_document(receipt), "refund"),
        (lambda: places.top_up(card), "top_up"),
        (lambda: places.open_ticket(member), "checkout"),
    ):
        go()
        desk.settle()
        assert window.current == there


def test_another_paper_width_is_used_at_once_and_remembered(desk: Desk) -> None:
    desk.running.worker.run(lambda: desk.opened.devices.use_paper(PaperWidth.MM_58))
    desk.settle()
    assert desk.opened.devices.status().paper is PaperWidth.MM_58
    assert desk.running.devices.of(Role.PRINTER).driver == "generic-58mm"
    assert desk.opened.devices.status().of(Role.PRINTER).state.condition is not Condition.NONE


def test_after_a_crash_the_first_screen_says_what_became_of_the_last_sale(
    open_desk: Callable[[], Desk],
) -> None:
    open_desk().close()
    second = open_desk()
    assert second.opened.window.current == "sign_in"
    second.lose_power()
    third = open_desk()
    assert third.opened.window.current == "recovery"
    third.opened.places._go_on()
    assert third.opened.window.current == "sign_in"


def test_what_is_set_on_this_machine_is_there_after_a_restart(open_desk: Callable[[], Desk]) -> None:
    first = open_desk()
    first.opened.places._settings.set("theme", "dark")
    first.running.worker.run(lambda: None)
    first.close()
    second = open_desk()
    assert second.opened.places._settings.get("theme") == "dark"
    second.opened.places._settings.set("theme", "light")


def test_news_of_the_link_in_the_wrong_order_leave_what_is_true_on_the_screen(desk: Desk) -> None:
    true = desk.running.link.status()
    desk.opened.link._tell(LinkStatus(LinkState.OFFLINE, LinkReason.TIMEOUT, pending_root=7))
    desk.settle()
    assert desk.opened.link.now() == LinkNow(true)
