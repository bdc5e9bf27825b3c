"""Paying a ticket: the worked examples of a sale, from the tap to the purses and the ledger."""

from __future__ import annotations

import pytest

from salon_desk.domain.errors import InsufficientValue, ShiftNotOpen, TenderShort, TicketEmpty
from salon_desk.domain.money import Money
from salon_desk.services import cards, checkout, tickets
from salon_desk.services.checkout import PaymentPlan
from salon_desk.services.errors import CardIsFrozen, TicketPaid, ValueBuysValue
from salon_desk.services.payment import TopUpAsk
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external


def flushing(shop: Shop) -> str:
    """The worked example's ticket: gel with Lily (requested), pedicure with Kim, hand cream, birthday coupon."""
    ticket = shop.ticket(("gel", "lily"), ("pedicure", "kim"), ("cream", ""))
    tickets.discount(shop.till, shop.command(), MANAGER, ticket, discount_id="birthday")
    return ticket


def test_the_flushing_ticket_comes_to_95_89(shop: Shop) -> None:
    priced = tickets.view(shop.till, flushing(shop)).priced
    assert [part.tax for part in priced.taxes] == [dollars("3.29"), dollars("1.60")]
    assert priced.total == dollars("95.89")
    assert priced.service_list == dollars("83.00")


def test_stored_value_pays_its_part_and_the_card_machine_the_rest(shop: Shop) -> None:
    shop.top_up("62.50")
    sold = shop.sell(flushing(shop), shop.stored("62.50"), external(), tip="15.00").sale
    assert [tender.amount for tender in sold.tenders] == [dollars("62.50"), dollars("48.39")]
    assert [(tip.technician, tip.amount) for tip in sold.tips] == [
        ("lily", dollars("8.13")),
        ("kim", dollars("6.87")),
    ]
    assert {tip.tender for tip in sold.tips} == {1}
    assert shop.value() == (dollars("0"), dollars("0"))


def test_a_top_up_inside_the_sale_leaves_281_61(shop: Shop) -> None:
    shop.top_up("62.50")
    ticket = flushing(shop)
    plan_top_up = TopUpAsk(shop.card, offer="300")
    shop.sell(ticket, cash("300.00"), shop.stored(), tip="15.00", top_ups=(plan_top_up,))
    paid, bonus = shop.value()
    assert paid + bonus == dollars("281.61")
    assert bonus == dollars("0")


def test_bonus_is_spent_before_paid_value(shop: Shop) -> None:
    shop.top_up("", offer="100")
    shop.sell(
        shop.ticket(("six", "kim"), ("six", "kim"), ("six", "kim"), ("six", "kim"), ("six", "kim")),
        shop.stored(),
    )
    paid, bonus = shop.value()
    assert bonus == dollars("0")
    assert paid == dollars("90.00") - taxed(shop, "30.00")


def taxed(shop: Shop, amount: str) -> Money:
    """The tax on massages here, so that the example's $30 bill can be checked net of it."""
    with shop.till.read() as transaction:
        place = shop.till.shop(transaction)
    rates = shop.till.taxes(place, "2026-11-20").rates("service.massage")
    return sum((dollars(amount).times(rate.fraction) for rate in rates), dollars("0"))


def test_a_preview_takes_nothing_and_says_what_is_still_due(shop: Shop) -> None:
    shop.top_up("62.50")
    ticket = flushing(shop)
    plan = PaymentPlan(tenders=(shop.stored("62.50"),), tip=dollars("15.00"))
    seen = checkout.preview(shop.till, ticket, plan)
    assert (seen.due, seen.open_due) == (dollars("110.89"), dollars("48.39"))
    assert seen.cards[0].taken == dollars("62.50")
    assert shop.value()[0] == dollars("62.50")
    assert tickets.view(shop.till, ticket).ticket.ticket_id == ticket


def test_change_is_given_on_cash_only(shop: Shop) -> None:
    sold = shop.sell(shop.ticket(("cream", "")), cash(given="20.00")).sale
    assert sold.total == dollars("19.60")
    assert sold.tenders[0].change == dollars("0.40")


def test_more_than_the_card_holds_is_refused_and_nothing_is_recorded(shop: Shop) -> None:
    shop.top_up("5.00")
    ticket = shop.ticket(("gel", "lily"))
    head = shop.till.store.head
    with pytest.raises(InsufficientValue) as refused:
        shop.sell(ticket, shop.stored())
    assert (refused.value.needed, refused.value.here) == (4703, 500)
    assert shop.till.store.head == head
    assert shop.value()[0] == dollars("5.00")


def test_a_frozen_card_pays_nothing_until_it_is_unfrozen(shop: Shop) -> None:
    shop.top_up("60.00")
    cards.freeze(shop.till, shop.command(), MANAGER, shop.card, reason="lost")
    ticket = shop.ticket(("gel", "lily"))
    with pytest.raises(CardIsFrozen):
        shop.sell(ticket, shop.stored())
    cards.unfreeze(shop.till, shop.command(), MANAGER, shop.card)
    assert shop.sell(ticket, shop.stored()).sale.total == dollars("47.03")


def test_stored_value_cannot_buy_stored_value(shop: Shop) -> None:
    shop.top_up("", offer="300")
    plan_top_up = TopUpAsk(shop.card, offer="100")
    with pytest.raises(ValueBuysValue):
        shop.sell(shop.ticket(("gel", "lily")), shop.stored(), top_ups=(plan_top_up,))


def test_the_same_command_sells_once(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))
    plan = PaymentPlan(tenders=(cash(),))
    first = checkout.complete(shop.till, "tap", CASHIER, ticket, plan)
    head = shop.till.store.head
    second = checkout.complete(shop.till, "tap", CASHIER, ticket, plan)
    assert (second.op_id, second.sale, second.repeated) == (first.op_id, first.sale, True)
    assert shop.till.store.head == head


def test_a_paid_ticket_cannot_be_paid_again(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))
    shop.sell(ticket, cash())
    with pytest.raises(TicketPaid):
        shop.sell(ticket, cash())


def test_no_sale_without_a_shift_lines_or_money(closed_shop: Shop) -> None:
    ticket = closed_shop.ticket(("gel", "lily"))
    with pytest.raises(ShiftNotOpen):
        closed_shop.sell(ticket, cash())
    closed_shop.open_shift()
    with pytest.raises(TenderShort):
        closed_shop.sell(ticket, cash("1.00"))
    with pytest.raises(TicketEmpty):
        closed_shop.sell(closed_shop.ticket(), cash())


def test_value_held_for_a_ticket_is_spent_by_it_and_by_no_other(shop: Shop) -> None:
    shop.top_up("60.00")
    mine, other = shop.ticket(("gel", "lily")), shop.ticket(("gel", "lily"))
    cards.hold(shop.till, shop.command(), CASHIER, mine, card_id=shop.card, amount=dollars("50.00"))
    with pytest.raises(InsufficientValue):
        shop.sell(other, shop.stored())
    shop.sell(mine, shop.stored())
    value = cards.by_id(shop.till, shop.card).value
    assert (value.usable, value.held, value.balance) == (dollars("12.97"), dollars("0"), dollars("12.97"))


def test_a_released_hold_can_be_spent_by_anyone(shop: Shop) -> None:
    shop.top_up("60.00")
    mine, other = shop.ticket(("gel", "lily")), shop.ticket(("gel", "lily"))
    cards.hold(shop.till, shop.command(), CASHIER, mine, card_id=shop.card, amount=dollars("50.00"))
    cards.release(shop.till, shop.command(), CASHIER, mine)
    cards.release(shop.till, shop.command(), CASHIER, mine)
    assert shop.sell(other, shop.stored()).sale.total == dollars("47.03")


def test_the_ledger_owes_what_the_purses_hold(shop: Shop) -> None:
    shop.top_up("", offer="300")
    shop.sell(flushing(shop), shop.stored(), tip="15.00")
    paid, bonus = shop.value()
    sums = account_sums(shop.till)
    assert sums["Liabilities:StoredValue:Paid"] == -paid.cents
    assert sums.get("Liabilities:StoredValue:Bonus", 0) == -bonus.cents
    assert sums["Liabilities:Tips"] == -1500
    assert sum(sums.values()) == 0
