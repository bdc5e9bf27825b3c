"""The recovery screen with taps, and its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import tickets
from salon_desk.services.recovery import Recovery
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screens.recovery.presenter import RecoveryPresenter, RecoveryWays
from salon_desk.ui.screens.recovery.view import RecoveryScreen
from tests.ui.back_office import CASHIER, SIZES, Desk, Shop, session_of, too_small, unnamed
from tests.ui.devices.printed_sale import sell_printed
from tests.ui.recovery.crashed_till import start_after_crash


def _stand(desk: Desk, shop: Shop, found: Recovery, staff: str = "amy") -> RecoveryScreen:
    session = session_of(shop, staff)
    presenter = RecoveryPresenter(
        shop.till,
        desk.tasks,
        session,
        recovery=found,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        ways=RecoveryWays(lambda: desk.window.go("checkout"), lambda: desk.window.go("members")),
    )
    screen = desk.stand("recovery", lambda host: RecoveryScreen(host, presenter))
    assert isinstance(screen, RecoveryScreen)
    return screen


def _sale(shop: Shop) -> None:
    """A sale of a member, partly on her card, the rest in cash with change."""
    value = PlannedTender(TenderKind.STORED_VALUE, Money(4000, "USD"), card_id=shop.card_of("张晓梅"))
    cash = PlannedTender(TenderKind.CASH, Money(10_000, "USD"))
    member = shop.member("张晓梅")
    sell_printed(shop, "凝胶美甲", "经典修脚", member=member, tip=1500, tenders=(value, cash))


def _void(desk: Desk, screen: RecoveryScreen) -> None:
    desk.tap(screen.void)
    sheet = desk.window.sheets.top
    assert isinstance(sheet, ReasonSheet)
    desk.tap(sheet.pills.pill(sheet.reasons[0]))
    desk.tap(sheet.confirm)
    asked = desk.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    desk.tap(asked.faces.button("grace"))
    desk.digits(asked.pad.pad, "2222")
    desk.tap(asked.pad.confirm)


def test_voiding_asks_why_then_a_manager_and_says_what_goes_back(office: Desk, shop: Shop) -> None:
    _sale(shop)
    screen = _stand(office, shop, start_after_crash(shop))
    _void(office, screen)
    assert screen.facts[0].title.text().startswith("Voided")
    assert not screen.void.isEnabled()


def test_one_tap_prints_a_copy_and_one_goes_on(office: Desk, shop: Shop) -> None:
    _sale(shop)
    screen = _stand(office, shop, start_after_crash(shop))
    office.tap(screen.reprint)
    assert screen.facts[1].title.text() == "A copy of the receipt is queued"
    office.tap(screen.go_on)
    assert office.window.current == "checkout"


def test_without_anybody_signed_in_the_only_button_leads_to_sign_in(office: Desk, shop: Shop) -> None:
    _sale(shop)
    screen = _stand(office, shop, start_after_crash(shop), staff="")
    assert not screen.reprint.isVisible()
    assert not screen.void.isVisible()
    office.tap(screen.go_on)
    assert office.window.current == "members"


def test_the_language_switch_keeps_what_was_done(office: Desk, shop: Shop) -> None:
    _sale(shop)
    screen = _stand(office, shop, start_after_crash(shop))
    office.tap(screen.reprint)
    office.window.language.use("zh_CN")
    office.settle()
    assert screen._presenter.state.copies == 1


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    _sale(shop)
    tickets.open_ticket(shop.till, shop.command(), CASHIER)
    found = start_after_crash(shop, sending=2)
    screen = _stand(desk, shop, found)
    desk.picture("recovery")
    assert too_small(screen) == []
    assert unnamed(screen) == []
    desk.tap(screen.void)
    desk.picture("recovery-void")
    sheet = desk.window.sheets.top
    assert sheet is not None
    sheet.dismiss()
    _void(desk, screen)
    desk.picture("recovery-voided")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures_before_sign_in_and_before_any_sale(
    make_desk_of: Callable[..., Desk], shop: Shop, code: str
) -> None:
    desk = make_desk_of(code, *SIZES)
    _stand(desk, shop, Recovery(None, False, "none", "none", 0))
    desk.picture("recovery-empty")
    other = make_desk_of(code, *SIZES)
    _sale(shop)
    _stand(other, shop, start_after_crash(shop), staff="")
    other.picture("recovery-before-sign-in")
