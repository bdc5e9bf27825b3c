"""A ticket that costs nothing is a sale like any other, in the shop's own currency, and can be undone once."""

from __future__ import annotations

import pytest

from salon_desk.domain.names import Names
from salon_desk.domain.ticket import Bearer, Discount
from salon_desk.operations.description import ItemDescribed, StoreDescribed
from salon_desk.services import tickets
from salon_desk.services.checkout import Sold
from salon_desk.services.describe import describe
from tests.integration.services.shop import MANAGER, Shop

FREE = Discount("free", Names("On the house"), Bearer.SALON, percent="100")


@pytest.fixture
def toronto(closed_shop: Shop) -> Shop:
    """The same shop in Ontario, where everything is in Canadian dollars."""
    items = ("gel", "cream", "six", "pedicure")
    describe(
        closed_shop.till,
        closed_shop.command(),
        None,
        [
            (StoreDescribed, "s1", {"currency": "CAD", "jurisdiction": "CA-ON"}),
            *[(ItemDescribed, item, {"currency": "CAD"}) for item in items],
        ],
    )
    closed_shop.open_shift()
    return closed_shop


def given_away(shop: Shop, *items: tuple[str, str]) -> Sold:
    """A sale with everything taken off."""
    ticket = shop.ticket(*items, member=False)
    tickets.custom_discount(shop.till, shop.command(), MANAGER, ticket, wanted=FREE)
    return shop.sell(ticket)


def test_a_sale_of_nothing_keeps_the_shops_currency(toronto: Shop) -> None:
    sold = given_away(toronto, ("gel", "lily"), ("cream", ""))
    assert (sold.sale.tenders, sold.sale.total.cents) == ((), 0)
    driver = toronto.till.store.database.driver()
    row = driver.execute("SELECT currency, total_cents FROM sales WHERE op_id = ?", (sold.op_id,)).fetchone()
    assert row == ("CAD", 0)
