"""One visit from the first tile to the last cent, as the worked examples tell it, with no till around it."""

from __future__ import annotations

import pytest

from salon_desk.domain.card import spend
from salon_desk.domain.errors import InsufficientValue
from salon_desk.domain.money import Money, total
from salon_desk.domain.pricing import PricedTicket, price_ticket
from salon_desk.domain.refund import RefundableLine, RefundableTender, RefundAsk, plan_refund
from salon_desk.domain.tender import CashRounding, settle
from salon_desk.domain.ticket import DiscountScope, add_discount, complete
from salon_desk.domain.tip import name_tenders, split_tip
from tests.unit.domain.shop import FLUSHING, external_card, off, stored_value, the_visit, usd

TIP = usd(1500)
BALANCE = usd(6250)


def priced() -> PricedTicket:
    ticket = add_discount(the_visit(), off("birthday", 1000, DiscountScope.SERVICES))
    return price_ticket(complete(ticket), FLUSHING)


def tips(visit: PricedTicket) -> tuple[tuple[str, Money], ...]:
    served = [(line.line.technician, line.list_total) for line in visit.lines]
    return split_tip(TIP, [(technician, price) for technician, price in served if technician])


def test_the_balance_leaves_48_39_for_the_card_and_the_card_carries_the_tips() -> None:
    visit = priced()
    settlement = settle(visit.total + TIP, [stored_value(BALANCE.cents), external_card()], CashRounding.EXACT)
    assert [tender.amount for tender in settlement.tenders] == [BALANCE, usd(4839)]
    named = name_tenders(tips(visit), settlement.tenders)
    assert [(part.technician, part.amount, part.tender) for part in named] == [
        ("lily", usd(813), 1),
        ("kim", usd(687), 1),
    ]


def test_a_top_up_of_300_and_30_instead_leaves_281_61() -> None:
    due = priced().total + TIP
    with pytest.raises(InsufficientValue):
        spend(due, bonus=usd(0), paid=BALANCE)
    bonus, paid = usd(3000), BALANCE + usd(30_000)
    spent = spend(due, bonus=bonus, paid=paid)
    assert bonus + paid - spent.amount == usd(28_161)
    assert spent.bonus == bonus


def test_a_void_puts_everything_back_where_it_came_from() -> None:
    visit = priced()
    due = visit.total + TIP
    settlement = settle(due, [stored_value(BALANCE.cents), external_card()], CashRounding.EXACT)
    spent = spend(BALANCE, bonus=usd(0), paid=BALANCE)
    lines = [
        RefundableLine(line.line.line_id, line.net, line.tax, line.net + line.tax, line.taxes)
        for line in visit.lines
    ]
    tenders = [
        RefundableTender(tender, usd(0), usd(0), spent if tender.card_id else None)
        for tender in settlement.tenders
    ]
    asked = [RefundAsk(line.line_id) for line in lines]
    plan = plan_refund(lines, asked, tenders, rounding=CashRounding.EXACT, tip=TIP)
    assert plan.total == due
    assert [(part.tender, part.amount) for part in plan.tenders] == [(1, usd(4839)), (0, BALANCE)]
    assert plan.tenders[1].put_back == spent
    assert total((line.tax for line in plan.lines), "USD") == visit.tax
