"""A ticket that costs nothing is a sale like any other, in the shop's own currency, and can be undone once."""

from __future__ import annotations

import pytest

from salon_desk.domain.errors import AlreadyRefunded
from salon_desk.domain.refund import RefundAsk
from salon_desk.operations.description import ItemDescribed, StoreDescribed
from salon_desk.services import voids
from salon_desk.services.describe import describe
from tests.integration.histories.giving_back import given_away, refund
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import MANAGER, Shop


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


def test_a_sale_of_nothing_keeps_the_shops_currency(toronto: Shop) -> None:
    sold = given_away(toronto, ("gel", "lily"), ("cream", ""))
    assert (sold.sale.tenders, sold.sale.total.cents) == ((), 0)
    driver = toronto.till.store.database.driver()
    row = driver.execute("SELECT currency, total_cents FROM sales WHERE op_id = ?", (sold.op_id,)).fetchone()
    assert row == ("CAD", 0)


def test_a_line_that_cost_nothing_is_given_back_once(toronto: Shop) -> None:
    sold = given_away(toronto, ("gel", "lily"), ("cream", ""))
    document = refund(toronto, sold, RefundAsk(sold.sale.lines[0].line))
    assert (document.tenders, document.total.cents) == ((), 0)
    with pytest.raises(AlreadyRefunded):
        refund(toronto, sold, RefundAsk(sold.sale.lines[0].line))
    refund(toronto, sold, RefundAsk(sold.sale.lines[1].line))


def test_a_sale_of_nothing_can_be_voided(toronto: Shop) -> None:
    before = account_sums(toronto.till)
    sold = given_away(toronto, ("gel", "lily"))
    voided = voids.void(toronto.till, toronto.command(), MANAGER, sold.op_id, reason="wrong guest").document
    assert (voided.tenders, voided.purse_changes, account_sums(toronto.till)) == ((), (), before)
