"""What is given back goes where it came from: no card is turned into cash, no tip and no top-up is given back with a line."""

from __future__ import annotations

import pytest

from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations.description import StoreDescribed
from salon_desk.services import cards, voids
from salon_desk.services.describe import describe
from salon_desk.services.errors import NotRefundable
from salon_desk.services.payment import TopUpAsk
from tests.integration.histories.giving_back import back, close_shift, refund
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external


def test_cash_that_bought_a_top_up_is_not_given_back_for_a_line_that_the_card_paid(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))
    sold = shop.sell(
        ticket, shop.stored("47.03"), cash("300.00"), top_ups=(TopUpAsk(shop.card, offer="300"),)
    )
    assert shop.value() == (dollars("282.97"), dollars("0"))
    assert back(refund(shop, sold)) == [(TenderKind.STORED_VALUE, 4703)]
    assert shop.value() == (dollars("300.00"), dollars("30.00"))


def test_a_tip_stays_on_the_tender_that_it_names_when_the_lines_are_given_back(shop: Shop) -> None:
    shop.top_up("62.50")
    ticket = shop.ticket(("gel", "lily"), ("pedicure", "kim"), ("cream", ""))
    sold = shop.sell(ticket, shop.stored("62.50"), external(), tip="15.00")  # 106.34 + 15.00
    assert back(refund(shop, sold)) == [(TenderKind.EXTERNAL_CARD, 4384), (TenderKind.STORED_VALUE, 6250)]
    assert account_sums(shop.till)["Assets:CardClearing"] == 1500
    assert account_sums(shop.till)["Liabilities:Tips"] == -1500


def test_what_buys_a_top_up_pays_no_tip(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))
    sold = shop.sell(
        ticket,
        shop.stored("62.03"),
        cash("300.00"),
        tip="15.00",
        top_ups=(TopUpAsk(shop.card, offer="300"),),
    ).sale
    assert [sold.tenders[tip.tender].kind for tip in sold.tips] == [TenderKind.STORED_VALUE]
    assert account_sums(shop.till)["Assets:Drawer"] == 40000


def test_tips_larger_than_the_last_tender_reach_into_the_one_before(shop: Shop) -> None:
    shop.top_up("60.00")
    sold = shop.sell(shop.ticket(("gel", "lily")), shop.stored("52.03"), cash("5.00"), tip="10.00")
    assert [(tip.tender, tip.amount) for tip in sold.sale.tips] == [
        (1, dollars("5.00")),
        (0, dollars("5.00")),
    ]
    assert back(refund(shop, sold)) == [(TenderKind.STORED_VALUE, 4703)]


def test_a_sale_paid_with_two_cards_is_given_back_to_both_in_parts(shop: Shop) -> None:
    shop.top_up("", offer="100")
    other = cards.issue(shop.till, shop.command(), CASHIER, member=shop.member, code="9001").card.card
    ask = TopUpAsk(other, offer="100")
    cards.top_up(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),))
    rest = PlannedTender(TenderKind.STORED_VALUE, None, card_id=other)
    sold = shop.sell(shop.ticket(("gel", "lily")), shop.stored("20.00"), rest)
    line = sold.sale.lines[0].line
    refund(shop, sold, RefundAsk(line, dollars("7.03")))  # the paid value of the second card
    refund(shop, sold, RefundAsk(line, dollars("25.00")))  # its $20.00 of bonus, and $5.00 of the first
    here = cards.by_id(shop.till, other).value
    assert (here.paid, here.bonus) == (dollars("100.00"), dollars("20.00"))
    assert shop.value() == (dollars("100.00"), dollars("5.00"))
    refund(shop, sold)
    assert shop.value() == (dollars("100.00"), dollars("20.00"))


def test_what_goes_back_without_a_coin_is_no_sale_in_the_drawer(shop: Shop) -> None:
    describe(shop.till, shop.command(), None, [(StoreDescribed, "s1", {"cash_rounding": "nearest_five"})])
    sold = shop.sell(shop.ticket(("gel", "lily")), cash(given="60.00"))
    assert back(refund(shop, sold, RefundAsk(sold.sale.lines[0].line, dollars("0.02")))) == [
        (TenderKind.CASH, 0)
    ]
    driver = shop.till.store.database.driver()
    kinds = driver.execute("SELECT kind, cents FROM cash_movements ORDER BY rowid").fetchall()
    assert kinds == [("float", 10000), ("sale", 4705), ("refund", 0)]


def test_a_rounded_cash_sale_is_given_back_in_a_later_shift_to_the_coin(shop: Shop) -> None:
    describe(shop.till, shop.command(), None, [(StoreDescribed, "s1", {"cash_rounding": "nearest_five"})])
    sold = shop.sell(shop.ticket(("gel", "lily"), ("cream", "")), cash(given="70.00"))
    assert (sold.sale.total, sold.sale.tenders[0].taken) == (dollars("66.63"), dollars("66.65"))
    close_shift(shop, 16665)
    shop.open_shift()
    with pytest.raises(NotRefundable):
        voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="late")
    first, second = (back(refund(shop, sold, RefundAsk(line.line))) for line in sold.sale.lines)
    assert (first, second) == ([(TenderKind.CASH, 4705)], [(TenderKind.CASH, 1960)])
    sums = account_sums(shop.till)
    assert sums["Assets:Drawer"] == 10000 - 6665
    assert "Expenses:CashRounding" not in sums
