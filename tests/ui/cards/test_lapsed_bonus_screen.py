"""Bonus whose days are over is taken off on the card's page, by a manager, and given back for a reason; with its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain import ledger
from salon_desk.domain.card import card_assets
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.operations.card import ValueCarriedOver
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.services import cards
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screens.cards.presenter import CardsPresenter, CardWays
from salon_desk.ui.screens.cards.view import CardsScreen
from tests.ui.back_office import SIZES, Desk, Shop, session_of, too_small, unnamed

CARD = "8600000102"


def _stand(desk: Desk, shop: Shop) -> CardsScreen:
    session = session_of(shop, "grace")
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


def _old_bonus(shop: Shop) -> None:
    """Five dollars that counted until the end of June."""
    card, five = cards.by_code(shop.till, CARD).card.card, Money(500, "USD")
    funding = Funding(card=card, paid=five * 0, bonus=five, bonus_expires="2026-06-30")
    changes = (PurseChange(card_assets(card, "USD").bonus, 500, Cause.ISSUE),)
    books = (Posting(ledger.STORED_VALUE_BONUS, -five), Posting(ledger.PROMOTIONS_BONUS, five))
    done = ValueCarriedOver(funding=funding, reason="paper", purse_changes=changes, postings=books)
    shop.till.record(shop.command(), None, lambda _transaction: done)


def test_what_lapsed_is_taken_off_and_given_back(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    assert not screen.page.lapse.isVisible()
    _old_bonus(shop)
    screen.shown()
    office.settle()
    office.tap(screen.page.lapse)
    office.say("Take it off")
    assert not screen.page.lapse.isVisible()
    assert screen.page.statement.model().index(0, 0).data() is not None
    office.tap(screen.page.restore)
    sheet = office.window.sheets.top
    assert isinstance(sheet, ReasonSheet)
    office.say("The shop was closed")
    office.tap(sheet.confirm)
    assert not screen.page.restore.isVisible()
    assert not screen.page.lapse.isVisible()  # it has no end any more


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures_of_lapsed_bonus(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    _old_bonus(shop)
    desk = make_desk_of(code, *SIZES)
    screen = _stand(desk, shop)
    desk.picture("cards-lapsed")
    desk.tap(screen.page.lapse)
    desk.picture("cards-lapsed-asked")
    assert too_small(desk.window) == []
    assert unnamed(desk.window) == []
