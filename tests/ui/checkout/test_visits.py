"""A series at the counter: offered on the line's sheet, taken and given up by a tap, gone when the ticket is paid."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import cards, series, series_sales
from salon_desk.services.series_sales import SeriesAsk
from salon_desk.services.tickets import NewLine
from salon_desk.ui.screens.checkout.line_sheet import LineSheet
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, keep, tap, too_small
from tests.ui.shop_fixture import AMY, MAY_ZHANG, CounterShop

MakeCounter = Callable[..., Counter]
GIFT = "GIFT-2026-0001"


@pytest.fixture
def covered(make_counter: MakeCounter, shop: CounterShop) -> Callable[..., tuple[Counter, str, LineSheet]]:
    """May Zhang's pedicure with its sheet open, and the series that she bought."""

    def make(*args: object) -> tuple[Counter, str, LineSheet]:
        tenders = (PlannedTender(TenderKind.CASH, None),)
        ask = SeriesAsk("pedicure-12", shop.member())
        made = series_sales.sell(shop.till, shop.command(), AMY, ask, tenders=tenders)
        view = shop.ticket(
            NewLine("classic-pedicure", "kim"),
            NewLine("gel-manicure", "lily", requested=True),
            card=MAY_ZHANG,
        )
        counter = make_counter(*args)
        counter.checkout.presenter.choose_ticket(view.ticket.ticket_id)
        counter.checkout.panel.line_tapped.emit(view.ticket.lines[0].line_id)
        sheet = counter.window.sheets.top
        assert isinstance(sheet, LineSheet)
        return counter, made.sold.series, sheet

    return make


def test_a_tap_lets_the_series_pay_and_another_gives_it_up(
    covered: Callable[..., tuple[Counter, str, LineSheet]], shop: CounterShop
) -> None:
    counter, name, sheet = covered()
    tap(sheet.visits.tile(name))
    state = counter.checkout.presenter.state
    assert state.current is not None
    assert state.current.priced.lines[0].net.cents == 3334
    tap(sheet.visits.tile(name))
    state = counter.checkout.presenter.state
    assert state.current is not None
    assert state.current.priced.lines[0].net.cents == 3800
    tap(sheet.visits.tile(name))
    counter.pay.begin(state.ticket)
    counter.window.go("pay")
    gift = cards.by_code(shop.till, GIFT)
    counter.pay.code_scanned(GIFT)
    tap(counter.pay.plan.complete)
    sold = counter.pay.presenter.state.sold
    assert sold is not None
    assert [(one.kind, one.amount.cents) for one in sold.sale.tenders] == [
        (TenderKind.SERIES, 3334),
        (TenderKind.GIFT_CARD, 4853),
    ]
    assert series.view(shop.till, name).here == 11
    assert cards.by_id(shop.till, gift.card.card).value.usable.cents == 8000 - 4853


def test_visits_are_held_while_the_card_machine_charges_the_rest_and_freed_on_the_way_back(
    covered: Callable[..., tuple[Counter, str, LineSheet]], shop: CounterShop
) -> None:
    counter, name, sheet = covered()
    tap(sheet.visits.tile(name))
    sheet.dismiss()
    counter.pay.begin(counter.checkout.presenter.state.ticket)
    counter.window.go("pay")
    tap(counter.pay.tenders.tile("external_card"))
    assert series.view(shop.till, name).here == 12
    tap(counter.pay.tips.tip("20"))  # more than her card has: the machine takes the rest
    tap(counter.pay.values.value(shop.card()))
    assert series.view(shop.till, name).here == 11
    counter.pay.presenter.back()
    assert series.view(shop.till, name).here == 12


def test_a_line_that_no_series_is_for_offers_none(make_counter: MakeCounter, shop: CounterShop) -> None:
    view = shop.ticket(NewLine("classic-pedicure", "kim"), card=MAY_ZHANG)
    counter = make_counter()
    counter.checkout.presenter.choose_ticket(view.ticket.ticket_id)
    counter.checkout.panel.line_tapped.emit(view.ticket.lines[0].line_id)
    sheet = counter.window.sheets.top
    assert isinstance(sheet, LineSheet)
    assert not sheet.visits.isVisible()


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_pictures_of_a_visit(
    covered: Callable[..., tuple[Counter, str, LineSheet]],
    shop: CounterShop,
    code: str,
    size: tuple[int, int],
) -> None:
    counter, name, sheet = covered(code, size)
    tap(sheet.visits.tile(name))
    keep(counter.window, "checkout-visit-sheet")
    sheet.dismiss()
    keep(counter.window, "checkout-visit-line")
    counter.pay.begin(counter.checkout.presenter.state.ticket)
    counter.window.go("pay")
    counter.pay.code_scanned(GIFT)
    keep(counter.window, "pay-visit-and-gift")
    assert too_small(counter.pay, 52) == []
    tap(counter.pay.plan.complete)
    keep(counter.window, "pay-visit-and-gift-done")
