"""The cards screen with taps and keys, and its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest

from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screens.cards.presenter import CardsPresenter, CardWays
from salon_desk.ui.screens.cards.view import CardsScreen
from tests.ui.back_office import SIZES, Desk, Shop, session_of, too_small, unnamed


def _stand(desk: Desk, shop: Shop, told: list[str] | None = None) -> CardsScreen:
    told = told if told is not None else []

    def way(name: str) -> Callable[[str], None]:
        return lambda key: told.append(f"{name} {key}")

    session = session_of(shop, "amy")
    presenter = CardsPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        ways=CardWays(
            way("top-up"), lambda: told.append("gift"), way("series"), way("member"), way("document")
        ),
    )
    screen = desk.stand("cards", lambda host: CardsScreen(host, presenter))
    assert isinstance(screen, CardsScreen)
    return screen


def test_freezing_asks_why_then_a_manager_and_the_card_says_so(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    screen.scanned("8600000137")
    office.settle()
    office.say("Freeze")
    sheet = office.window.sheets.top
    assert isinstance(sheet, ReasonSheet)
    assert not sheet.confirm.isEnabled()
    office.say("Card is lost")
    office.tap(sheet.confirm)
    asked = office.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    office.tap(asked.faces.button("grace"))
    office.digits(asked.pad.pad, "2222")
    office.tap(asked.pad.confirm)
    assert office.window.sheets.top is None
    assert "Card is lost" in screen.page.frozen.text()
    office.say("Let it pay again")
    office.say("Let it pay again")


def test_the_page_leads_to_a_top_up_the_member_and_the_receipt(office: Desk, shop: Shop) -> None:
    told: list[str] = []
    screen = _stand(office, shop, told)
    screen.scanned("8600000137")
    office.settle()
    office.say("Top up")
    office.say("Open the member")
    statement = screen.page.statement
    office.tap(statement.viewport(), statement.visualRect(statement.model().index(0, 0)).center())
    assert [one.split()[0] for one in told] == ["top-up", "member", "document"]


def test_a_new_card_is_given_with_a_search_a_tap_and_a_scan(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.tap(screen.give)
    QTest.keyClicks(screen.issue.search.field, "chali")
    office.settle()
    people = screen.issue.list
    office.tap(people.viewport(), people.visualRect(people.model().index(0, 0)).center())
    screen.scanned("9900008888")
    office.tap(screen.issue.give)
    assert screen.page.isVisible()


def test_enter_on_the_only_row_opens_it(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    QTest.keyClicks(screen.search.field, "8600000137\r")
    office.settle()
    assert screen.page.isVisible()


def test_the_language_switch_keeps_the_card_being_given(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.tap(screen.give)
    screen.scanned("9900008888")
    office.window.language.use("zh_CN")
    office.settle()
    assert screen.issue.code.text == "9900008888"


def test_everything_that_can_be_tapped_is_as_large_as_a_finger(
    make_desk_of: Callable[..., Desk], shop: Shop
) -> None:
    desk = make_desk_of("en", (1024, 768))
    screen = _stand(desk, shop)
    screen.scanned("8600000137")
    desk.settle()
    assert too_small(screen) == []
    assert unnamed(screen) == []
    desk.say("Freeze")
    sheet = desk.window.sheets.top
    assert sheet is not None
    assert too_small(sheet) == []
    sheet.dismiss()
    desk.tap(screen.give)
    assert too_small(screen) == []
    assert unnamed(screen) == []


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    card = shop.card_of("单雪")
    part = PlannedTender(TenderKind.STORED_VALUE, Money(4000, "USD"), card_id=card)
    shop.sell("凝胶美甲", member=shop.member("单雪"), tenders=(part, PlannedTender(TenderKind.CASH, None)))
    screen = _stand(desk, shop)
    desk.picture("cards")
    screen.scanned("9900004444")
    desk.picture("cards-unknown")
    screen.scanned("8600000102")
    desk.picture("cards-page")
    desk.tap(screen.page.freeze)
    desk.picture("cards-freeze")
    sheet = desk.window.sheets.top
    assert isinstance(sheet, ReasonSheet)
    desk.tap(sheet.pills.pill(sheet.reasons[0]))
    desk.tap(sheet.confirm)
    desk.picture("cards-approval")
    asked = desk.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    desk.tap(asked.faces.button("grace"))
    desk.digits(asked.pad.pad, "22")
    desk.picture("cards-approval-pin")
    desk.digits(asked.pad.pad, "22")
    desk.tap(asked.pad.confirm)
    desk.picture("cards-frozen")
    desk.tap(screen.give)
    desk.picture("cards-give")
    screen.issue.search.field.setText("zh")
    screen.scanned("9900004444")
    desk.picture("cards-give-search")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures_of_a_shop_without_cards(
    make_desk_of: Callable[..., Desk], new_shop: Shop, shop: Shop, code: str
) -> None:
    desk = make_desk_of(code, *SIZES)
    session = session_of(shop, "amy")
    presenter = CardsPresenter(
        new_shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, new_shop.till, session),
        ways=CardWays(print, print, print, print, print),
    )
    desk.stand("cards", lambda host: CardsScreen(host, presenter))
    desk.picture("cards-empty")
