"""Giving back: where it came from, in reverse order, once."""

from __future__ import annotations

import pytest

from salon_desk.domain.errors import AlreadyRefunded, InsufficientValue, PermissionNeeded
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.tender import TenderKind
from salon_desk.services import refunds, voids
from salon_desk.services.errors import NotRefundable, ReasonMissing, UnknownSale
from salon_desk.services.payment import TopUpAsk
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external


def five_sixes(shop: Shop) -> str:
    """A ticket of $30 in massages."""
    return shop.ticket(*[("six", "kim")] * 5)


def refund(shop: Shop, sale: str, *asked: RefundAsk) -> refunds.GivenBack:
    """A refund by the manager."""
    return refunds.refund(shop.till, shop.command(), MANAGER, sale, asked=asked, reason="unhappy")


def test_a_refund_gives_paid_value_back_before_bonus(shop: Shop) -> None:
    shop.top_up("", offer="100")
    sold = shop.sell(five_sixes(shop), shop.stored())
    lines = [line.line for line in sold.sale.lines]
    assert sold.sale.total == dollars("31.35")  # $20.00 bonus and $11.35 paid
    refund(shop, sold.op_id, RefundAsk(lines[0]), RefundAsk(lines[1]))  # $12.54
    assert shop.value() == (dollars("100.00"), dollars("1.19"))
    refund(shop, sold.op_id, *[RefundAsk(line) for line in lines[2:]])
    assert shop.value() == (dollars("100.00"), dollars("20.00"))


def test_a_line_is_given_back_once(shop: Shop) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily"), ("cream", "")), cash())
    line = sold.sale.lines[0].line
    refund(shop, sold.op_id, RefundAsk(line, dollars("40.00")))
    with pytest.raises(AlreadyRefunded) as refused:
        refund(shop, sold.op_id, RefundAsk(line, dollars("10.00")))
    assert refused.value.left == 703
    refund(shop, sold.op_id, RefundAsk(line))
    with pytest.raises(AlreadyRefunded):
        refund(shop, sold.op_id, RefundAsk(line))


def test_refunding_everything_leaves_income_and_tax_at_zero(shop: Shop) -> None:
    shop.top_up("20.00")
    before = account_sums(shop.till)
    sold = shop.sell(shop.ticket(("gel", "lily"), ("cream", "")), shop.stored("20.00"), cash(given="60.00"))
    for line in sold.sale.lines:
        refund(shop, sold.op_id, RefundAsk(line.line))
    assert account_sums(shop.till) == before
    assert shop.value() == (dollars("20.00"), dollars("0"))


def test_the_last_tender_is_given_back_first(shop: Shop) -> None:
    shop.top_up("20.00")
    sold = shop.sell(shop.ticket(("gel", "lily"), ("cream", "")), shop.stored("20.00"), external())
    cream = sold.sale.lines[1].line
    back = refund(shop, sold.sale.receipt, RefundAsk(cream)).document
    assert [(one.kind, one.amount) for one in back.tenders] == [(TenderKind.EXTERNAL_CARD, dollars("-19.60"))]


def test_a_void_undoes_sale_top_up_and_tips(shop: Shop) -> None:
    shop.top_up("10.00")
    before = account_sums(shop.till)
    sold = shop.sell(
        shop.ticket(("gel", "lily")),
        cash("300.00"),
        shop.stored(),
        tip="9.00",
        top_ups=(TopUpAsk(shop.card, offer="300"),),
    )
    voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong guest")
    assert account_sums(shop.till) == before
    assert shop.value() == (dollars("10.00"), dollars("0"))
    with pytest.raises(NotRefundable):
        voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="again")
    with pytest.raises(NotRefundable):
        refund(shop, sold.op_id, RefundAsk(sold.sale.lines[0].line))


def test_a_spent_top_up_cannot_be_voided(shop: Shop) -> None:
    bought = shop.top_up("60.00")
    shop.sell(shop.ticket(("gel", "lily")), shop.stored())
    with pytest.raises(InsufficientValue):
        voids.void(shop.till, shop.command(), MANAGER, bought.op_id, reason="wrong card")


def test_an_unspent_top_up_can_be_voided(shop: Shop) -> None:
    before = account_sums(shop.till)
    bought = shop.top_up("", offer="300")
    voids.void(shop.till, shop.command(), MANAGER, bought.op_id, reason="wrong card")
    assert account_sums(shop.till) == before
    assert shop.value() == (dollars("0"), dollars("0"))


def test_a_void_after_a_refund_is_refused(shop: Shop) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily"), ("cream", "")), cash())
    refund(shop, sold.op_id, RefundAsk(sold.sale.lines[1].line))
    with pytest.raises(NotRefundable):
        voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="late")


def test_giving_back_needs_permission_a_reason_and_a_sale(shop: Shop) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    ask = (RefundAsk(sold.sale.lines[0].line),)
    with pytest.raises(PermissionNeeded):
        refunds.refund(shop.till, shop.command(), CASHIER, sold.op_id, asked=ask, reason="x")
    with pytest.raises(ReasonMissing):
        refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=ask, reason=" ")
    with pytest.raises(UnknownSale):
        refund(shop, "S1-1-999999", *ask)


def test_the_same_refund_command_gives_back_once(shop: Shop) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    ask = (RefundAsk(sold.sale.lines[0].line),)
    first = refunds.refund(shop.till, "tap", MANAGER, sold.op_id, asked=ask, reason="x")
    second = refunds.refund(shop.till, "tap", MANAGER, sold.op_id, asked=ask, reason="x")
    assert first.op_id == second.op_id
    assert second.repeated
