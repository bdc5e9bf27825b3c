"""Gift cards and series on the cards screen: found, looked at, frozen, refunded after the reckoning was shown; and their pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import cards, gifts, series, series_sales
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.series_sales import SeriesAsk
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.screens.cards.payout_sheet import PayoutSheet
from salon_desk.ui.screens.cards.presenter import CardsPresenter, CardWays
from salon_desk.ui.screens.cards.reading_series import KEY, SeriesOpened
from salon_desk.ui.screens.cards.view import CardsScreen
from tests.ui.back_office import CASHIER, SIZES, Desk, Shop, session_of, too_small, unnamed

GIFT = "GIFT-2026-0001"
CASH = (PlannedTender(TenderKind.CASH, None),)


def _stand(desk: Desk, shop: Shop, told: list[str] | None = None) -> CardsScreen:
    session, went = session_of(shop, "amy"), told if told is not None else []
    presenter = CardsPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        ways=CardWays(
            print, lambda: went.append("gift"), lambda member: went.append(f"series {member}"), print, print
        ),
    )
    screen = desk.stand("cards", lambda host: CardsScreen(host, presenter))
    assert isinstance(screen, CardsScreen)
    return screen


def _approve(desk: Desk) -> None:
    """Grace stands beside and types her PIN."""
    asked = desk.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    desk.tap(asked.faces.button("grace"))
    desk.digits(asked.pad.pad, "2222")
    desk.tap(asked.pad.confirm)


def _series(shop: Shop, name: str = "单雪") -> str:
    ask = SeriesAsk("pedicure-12", shop.member(name))
    return series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=CASH).sold.series


def _sheet(desk: Desk) -> PayoutSheet:
    sheet = desk.window.sheets.top
    assert isinstance(sheet, PayoutSheet)
    return sheet


def test_a_gift_card_is_found_by_its_code_and_refunded_after_the_reckoning(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    screen.search.field.setText("GIFT")
    office.settle()
    assert [one.card.code for one in screen._presenter.state.cards] == [GIFT]
    screen.scanned(GIFT)
    office.settle()
    office.tap(screen.page.refund)
    sheet = _sheet(office)
    assert not sheet.confirm.isEnabled()
    office.tap(sheet.reasons.pill("The member moves away"))
    office.tap(sheet.confirm)
    _approve(office)
    assert cards.by_code(shop.till, GIFT).value.balance.cents == 0
    assert not _sheet(office).confirm.isVisible()
    office.tap(_sheet(office).cancel)
    assert office.window.sheets.top is None


def test_a_refund_to_the_card_machine_needs_its_four_digits(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    screen.scanned("8600000102")
    office.tap(screen.page.refund)
    sheet = _sheet(office)
    office.tap(sheet.reasons.pill("The member moves away"))
    office.tap(sheet.ways.pill("external_card"))
    assert not sheet.confirm.isEnabled()
    sheet.four.set_text("4417")
    office.tap(sheet.confirm)
    _approve(office)
    assert cards.by_code(shop.till, "8600000102").value.balance.cents == 0


def _small_gift(shop: Shop) -> None:
    """A gift card with so little on it that the law gives it back."""
    ask = GiftAsk(Money(499, "USD"), code="SMALL")
    gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=CASH)


def test_a_small_balance_is_paid_out_by_the_cashier_alone(office: Desk, shop: Shop) -> None:
    _small_gift(shop)
    screen = _stand(office, shop)
    screen.scanned(GIFT)
    office.settle()
    assert not screen.page.cash_out.isVisible()
    screen.scanned("SMALL")
    office.tap(screen.page.cash_out)
    office.tap(_sheet(office).confirm)
    assert cards.by_code(shop.till, "SMALL").value.balance.cents == 0


def test_a_series_is_found_by_its_member_frozen_and_refunded(office: Desk, shop: Shop) -> None:
    name = _series(shop)
    screen = _stand(office, shop)
    screen.search.field.setText("单雪")
    office.settle()
    screen._presenter.open(KEY + name)
    office.settle()
    office.tap(screen.page.freeze)
    office.say("Card is lost")
    office.say("Freeze the series")
    _approve(office)
    assert series.view(shop.till, name).series.frozen
    office.tap(screen.page.freeze)
    _approve(office)
    office.tap(screen.page.refund)
    office.tap(_sheet(office).reasons.pill("The member moves away"))
    office.tap(_sheet(office).confirm)
    _approve(office)
    assert series.view(shop.till, name).left == 0


def test_a_series_is_shared_in_the_family_and_given_to_another(office: Desk, shop: Shop) -> None:
    name, other = _series(shop), shop.member("欧阳倩")
    screen = _stand(office, shop)
    screen._presenter.open(KEY + name)
    office.settle()
    office.tap(screen.page.share)
    assert screen.people_sheet is not None
    screen.people_sheet.search.field.setText("欧阳倩")
    office.settle()
    screen.people_sheet.list.tapped.emit(other)
    opened = screen._presenter.state.opened
    assert isinstance(opened, SeriesOpened)
    assert [one.member_id for one in opened.sharers] == [other]
    screen.people_sheet.list.tapped.emit(other)
    opened = screen._presenter.state.opened
    assert isinstance(opened, SeriesOpened)
    assert opened.sharers == ()
    screen.people_sheet.dismiss()
    office.tap(screen.page.transfer)
    screen.people_sheet.search.field.setText("欧阳倩")
    office.settle()
    screen.people_sheet.list.tapped.emit(other)
    _approve(office)
    assert series.view(shop.till, name).series.owner == other
    assert screen.people_sheet is None


def test_a_card_is_given_to_another_member(office: Desk, shop: Shop) -> None:
    card, other = shop.card_of("单雪"), shop.member("欧阳倩")
    screen = _stand(office, shop)
    screen._presenter.open(card)
    office.settle()
    office.tap(screen.page.transfer)
    assert screen.people_sheet is not None
    screen.people_sheet.search.field.setText("欧阳倩")
    office.settle()
    screen.people_sheet.list.tapped.emit(other)
    _approve(office)
    assert screen.people_sheet is None
    assert cards.by_id(shop.till, card).card.member == other


def test_the_ways_to_sell(office: Desk, shop: Shop) -> None:
    went: list[str] = []
    screen = _stand(office, shop, went)
    office.tap(screen.gift)
    office.tap(screen.series)
    screen.scanned("8600000102")
    office.tap(screen.series)
    assert went == ["gift", "series ", f"series {shop.member('8600000102')}"]


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures_of_what_is_owned(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    _small_gift(shop)
    name = _series(shop)
    card = shop.card_of("单雪")
    part = PlannedTender(TenderKind.STORED_VALUE, Money(4000, "USD"), card_id=card)
    shop.sell("凝胶美甲", member=shop.member("单雪"), tenders=(part, *CASH))
    screen = _stand(desk, shop)
    screen.search.field.setText("单雪")
    desk.settle()
    screen._presenter.open(KEY + name)
    desk.picture("cards-series")
    assert too_small(screen) == []
    desk.tap(screen.page.share)
    assert screen.people_sheet is not None
    screen.people_sheet.search.field.setText("zh")
    desk.picture("cards-series-family")
    screen.people_sheet.dismiss()
    desk.tap(screen.page.refund)
    desk.picture("cards-series-refund")
    desk.tap(_sheet(desk).cancel)
    screen.scanned(GIFT)
    desk.picture("cards-gift")
    screen.scanned("SMALL")
    desk.tap(screen.page.cash_out)
    desk.picture("cards-cash-out")
    desk.tap(_sheet(desk).confirm)
    desk.picture("cards-cashed-out")
    desk.tap(_sheet(desk).cancel)
    screen.scanned("8600000102")
    desk.tap(screen.page.refund)
    desk.tap(_sheet(desk).ways.pill("external_card"))
    desk.picture("cards-refund")
    assert unnamed(desk.window) == []
