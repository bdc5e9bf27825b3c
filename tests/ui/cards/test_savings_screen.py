"""A card joins a savings plan on its page, and the page shows how far it is; with its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.services import cards
from salon_desk.services.payment import TopUpAsk
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.screens.cards.presenter import CardsPresenter, CardWays
from salon_desk.ui.screens.cards.saving_sheet import SavingSheet
from salon_desk.ui.screens.cards.view import CardsScreen
from tests.ui.back_office import CASHIER, SIZES, Desk, Shop, session_of, too_small, unnamed

CARD = "8600000102"


def _stand(desk: Desk, shop: Shop) -> CardsScreen:
    session = session_of(shop, "amy")
    presenter = CardsPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        ways=CardWays(print, print, print, print, print),
    )
    screen = desk.stand("cards", lambda host: CardsScreen(host, presenter))
    assert isinstance(screen, CardsScreen)
    screen.scanned(CARD)
    desk.settle()
    return screen


def _plans(desk: Desk, screen: CardsScreen) -> SavingSheet:
    desk.tap(screen.page.save)
    sheet = desk.window.sheets.top
    assert isinstance(sheet, SavingSheet)
    return sheet


def _deposit(shop: Shop, cents: int) -> None:
    ask = TopUpAsk(cards.by_code(shop.till, CARD).card.card, pay=Money(cents, "USD"))
    cards.top_up(shop.till, shop.command(), CASHIER, ask, tenders=(PlannedTender(TenderKind.CASH, None),))


def test_a_card_joins_a_plan_and_its_page_shows_how_far_it_is(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    assert not screen.page.savings.isVisible()
    _plans(office, screen).chosen.emit("save-1000")
    office.settle()
    assert not screen.page.save.isVisible()
    _deposit(shop, 30000)
    screen.shown()
    office.settle()
    assert screen.page.savings.said == "$300.00 of $1,000.00, then $100.00 bonus"
    _deposit(shop, 70000)
    screen.shown()
    office.settle()
    assert screen.page.savings.said == "$1,000.00 reached, $100.00 bonus given"
    assert screen.page.save.isVisible()  # it may save for the next


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures_of_savings(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    screen = _stand(desk, shop)
    sheet = _plans(desk, screen)
    desk.picture("cards-savings-plans")
    sheet.chosen.emit("save-1000")
    desk.settle()
    _deposit(shop, 30000)
    screen.shown()
    desk.settle()
    desk.picture("cards-savings")
    screen._presenter.payouts.of_card(cards.by_code(shop.till, CARD).card.card, WhyPaidOut.REFUND)
    desk.settle()
    desk.picture("cards-savings-refund")
    assert screen.payout_sheet is not None
    assert too_small(desk.window) == []
    assert unnamed(desk.window) == []
