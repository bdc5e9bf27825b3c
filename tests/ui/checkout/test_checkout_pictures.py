"""Pictures of every state of the checkout screen, in both languages and three sizes, for a person to look at.

Each is held to: nothing cut, nothing outside, targets of 48 px, a name for everything.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.services.tickets import NewLine
from salon_desk.ui.counter.last_sale import LastSale
from salon_desk.ui.screens.checkout.discount_sheet import DiscountSheet
from salon_desk.ui.screens.checkout.line_sheet import LineSheet
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, keep, tap
from tests.ui.shop_fixture import GRACE, MAY_ZHANG, CounterShop, usd

MakeCounter = Callable[..., Counter]
both = pytest.mark.parametrize("code", LANGUAGES)
every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@both
@every_size
def test_nothing_open_says_what_to_do_first(
    make_counter: MakeCounter, code: str, size: tuple[int, int]
) -> None:
    counter = make_counter(code, size)
    keep(counter.window, "checkout-empty")
    counter.checkout.presenter.sale_paid("gone", LastSale("S1-1-000042", usd(11089), usd(161)))
    keep(counter.window, "checkout-change-due")


@both
@every_size
def test_a_ticket_with_member_and_allergy(
    make_counter: MakeCounter, shop: CounterShop, code: str, size: tuple[int, int]
) -> None:
    shop.ticket(NewLine("classic-manicure", "tina"), card="8600000104")
    parked = shop.ticket(NewLine("gel-manicure", "lao-zhang"), card="8600000132")
    visit = shop.the_visit()
    counter = make_counter(code, size)
    counter.checkout.presenter.choose_ticket(parked.ticket.ticket_id)
    counter.checkout.presenter.park()
    counter.checkout.presenter.choose_ticket(visit.ticket.ticket_id)
    keep(counter.window, "checkout-ticket")
    tap(counter.checkout.items.tile("acrylic-full"))
    keep(counter.window, "checkout-allergy-question")


@both
@every_size
def test_search_results(
    make_counter: MakeCounter, shop: CounterShop, code: str, size: tuple[int, int]
) -> None:
    shop.the_visit()
    counter = make_counter(code, size)
    counter.checkout.search.field.setText("zh")
    keep(counter.window, "checkout-search")
    counter.checkout.search.field.setText("zzzz")
    keep(counter.window, "checkout-search-nothing")


@both
@every_size
def test_the_sheets_of_a_line_and_of_discounts(
    make_counter: MakeCounter, shop: CounterShop, code: str, size: tuple[int, int]
) -> None:
    visit = shop.the_visit()
    shop.sign_in(GRACE)
    counter = make_counter(code, size)
    counter.checkout.presenter.choose_ticket(visit.ticket.ticket_id)
    tap(counter.checkout.panel.line(visit.ticket.lines[0].line_id))
    sheet = counter.window.sheets.top
    assert isinstance(sheet, LineSheet)
    keep(counter.window, "checkout-line")
    tap(sheet.price)
    keep(counter.window, "checkout-price")
    counter.window.sheets.close_sheet(counter.window.sheets.top)
    tap(sheet.done)
    tap(counter.checkout.panel.discount)
    assert isinstance(counter.window.sheets.top, DiscountSheet)
    keep(counter.window, "checkout-discount")


@both
@every_size
def test_who_the_ticket_belongs_to_and_what_is_in_the_way(
    make_counter: MakeCounter, shop: CounterShop, code: str, size: tuple[int, int]
) -> None:
    counter = make_counter(code, size)
    counter.checkout.code_scanned(MAY_ZHANG)
    tap(counter.checkout.panel.head.name)
    keep(counter.window, "checkout-member")
    counter.window.sheets.close_sheet(counter.window.sheets.top)
    counter.checkout.payment_card_swiped()
    keep(counter.window, "checkout-payment-card")


@both
@every_size
def test_a_line_waits_for_its_technician(
    make_counter: MakeCounter, shop: CounterShop, code: str, size: tuple[int, int]
) -> None:
    counter = make_counter(code, size)
    tap(counter.checkout.items.tile("gel-manicure"))
    keep(counter.window, "checkout-walk-in")
