"""Refunds: back where it came from, in reverse order, and never more than is left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain.card import Spend
from salon_desk.domain.errors import (
    AlreadyRefunded,
    AmountMissing,
    InsufficientValue,
    LineMissing,
    NegativeAmount,
    RefundExceedsTenders,
)
from salon_desk.domain.money import Money
from salon_desk.domain.refund import (
    RefundableLine,
    RefundableTender,
    RefundAsk,
    RefundedTender,
    RefundPlan,
    plan_refund,
)
from salon_desk.domain.tender import CashRounding, TenderKind, settle
from tests.unit.domain.shop import cash, settled, usd

EXACT, NEAREST, FAVOUR = CashRounding.EXACT, CashRounding.NEAREST_FIVE, CashRounding.CUSTOMER_FAVOUR


def line(line_id: str, net: int, tax: int = 0, *, left: int | None = None) -> RefundableLine:
    return RefundableLine(line_id, usd(net), usd(tax), usd(net + tax if left is None else left))


def paid_by(kind: TenderKind, amount: int, spent: Spend | None = None, *, back: int = 0) -> RefundableTender:
    return RefundableTender(settled(kind, amount), usd(back), usd(back), spent)


def refund(
    lines: list[RefundableLine],
    asked: list[RefundAsk],
    tenders: list[RefundableTender],
    rounding: CashRounding = EXACT,
    tip: int = 0,
) -> RefundPlan:
    return plan_refund(lines, asked, tenders, rounding=rounding, tip=usd(tip))


def test_fifteen_of_a_thirty_dollar_bill_go_back_to_paid_value_first_then_to_bonus() -> None:
    spent = Spend(bonus=usd(2000), paid=usd(1000))
    plan = refund(
        [line("facial", 3000)],
        [RefundAsk("facial", usd(1500))],
        [paid_by(TenderKind.STORED_VALUE, 3000, spent)],
    )
    assert plan.tenders[0].put_back == Spend(bonus=usd(500), paid=usd(1000))
    rest = refund(
        [line("facial", 3000, left=1500)],
        [RefundAsk("facial")],
        [paid_by(TenderKind.STORED_VALUE, 3000, Spend(bonus=usd(1500), paid=usd(0)), back=1500)],
    )
    assert rest.tenders[0].put_back == Spend(bonus=usd(1500), paid=usd(0))


def test_the_tender_taken_last_gets_its_money_first() -> None:
    tenders = [paid_by(TenderKind.EXTERNAL_CARD, 5000), paid_by(TenderKind.CASH, 3000)]
    plan = refund([line("gel", 8000)], [RefundAsk("gel", usd(4000))], tenders)
    assert [(part.tender, part.amount) for part in plan.tenders] == [(1, usd(3000)), (0, usd(1000))]


def test_a_tender_that_has_given_all_back_is_passed_over() -> None:
    tenders = [paid_by(TenderKind.EXTERNAL_CARD, 5000), paid_by(TenderKind.CASH, 3000, back=3000)]
    plan = refund([line("gel", 8000, left=5000)], [RefundAsk("gel")], tenders)
    assert [(part.tender, part.amount) for part in plan.tenders] == [(0, usd(5000))]


def test_more_than_is_left_of_a_line_is_refused() -> None:
    with pytest.raises(AlreadyRefunded) as refused:
        refund([line("gel", 4500, left=1000)], [RefundAsk("gel", usd(1001))], [])
    assert refused.value.parameters() == {"line": "gel", "asked": 1001, "left": 1000}


def test_what_went_back_whole_does_not_go_back_again() -> None:
    with pytest.raises(AlreadyRefunded):
        refund([line("gel", 4500, left=0)], [RefundAsk("gel")], [paid_by(TenderKind.CASH, 4500)])


def test_the_sales_tenders_bound_the_refund() -> None:
    with pytest.raises(RefundExceedsTenders) as refused:
        refund([line("gel", 4500)], [RefundAsk("gel")], [paid_by(TenderKind.CASH, 4500, back=500)])
    assert (refused.value.asked, refused.value.left) == (4500, 4000)


def test_a_line_is_asked_for_once_and_must_be_on_the_sale() -> None:
    with pytest.raises(LineMissing):
        refund([line("gel", 100)], [RefundAsk("gel", usd(10)), RefundAsk("gel", usd(10))], [])
    with pytest.raises(LineMissing):
        refund([line("gel", 100)], [RefundAsk("cream")], [])


def test_a_refund_is_an_amount_above_zero() -> None:
    for asked, error in (
        ([], AmountMissing),
        ([RefundAsk("gel", usd(0))], AmountMissing),
        ([RefundAsk("gel", usd(-1))], NegativeAmount),
    ):
        with pytest.raises(error):
            refund([line("gel", 100)], asked, [paid_by(TenderKind.CASH, 100)])
    with pytest.raises(NegativeAmount):
        refund([line("gel", 100)], [RefundAsk("gel")], [paid_by(TenderKind.CASH, 100)], tip=-1)


def test_a_void_gives_back_free_lines_and_tips_too() -> None:
    plan = refund(
        [line("gel", 4500, 203), line("redo", 0)],
        [RefundAsk("gel"), RefundAsk("redo")],
        [paid_by(TenderKind.EXTERNAL_CARD, 5703)],
        tip=1000,
    )
    assert (plan.total, plan.tip) == (usd(5703), usd(1000))
    assert plan.lines[1].amount == usd(0)
    assert plan.tenders[0].amount == usd(5703)


def test_voiding_a_sale_that_cost_nothing_moves_nothing() -> None:
    plan = refund([line("redo", 0)], [RefundAsk("redo")], [])
    assert (plan.total, plan.tenders) == (usd(0), ())


def test_a_refund_splits_into_net_and_each_tax() -> None:
    quebec = RefundableLine(
        "cream",
        usd(10_000),
        usd(1498),
        usd(11_498),
        (("CA-GST", usd(500)), ("CA-QC-QST", usd(998))),
    )
    part = refund([quebec], [RefundAsk("cream", usd(5749))], [paid_by(TenderKind.CASH, 11_498)]).lines[0]
    assert (part.net, part.tax) == (usd(5000), usd(749))
    assert part.taxes == (("CA-GST", usd(250)), ("CA-QC-QST", usd(499)))


def test_cash_comes_back_in_coins_and_the_rounding_of_the_sale_cancels() -> None:
    sale = settle(usd(4512), [cash()], NEAREST).tenders[0]
    plan = refund([line("gel", 4512)], [RefundAsk("gel")], [RefundableTender(sale, usd(0), usd(0))], NEAREST)
    assert plan.tenders == (RefundedTender(0, TenderKind.CASH, usd(4512), usd(4510), usd(-2)),)


def test_what_was_rounded_up_comes_back_even_when_the_till_has_pennies_again() -> None:
    sale = settle(usd(4513), [cash()], NEAREST).tenders[0]
    plan = refund([line("gel", 4513)], [RefundAsk("gel")], [RefundableTender(sale, usd(0), usd(0))], EXACT)
    assert plan.tenders[0].paid == usd(4515)


def test_cash_refunded_in_two_parts_gives_back_what_came_in() -> None:
    sale = settle(usd(4512), [cash()], NEAREST).tenders[0]
    first = refund(
        [line("gel", 4512)], [RefundAsk("gel", usd(1003))], [RefundableTender(sale, usd(0), usd(0))], NEAREST
    ).tenders[0]
    assert first.paid == usd(1005)
    rest = refund(
        [line("gel", 4512, left=3509)],
        [RefundAsk("gel")],
        [RefundableTender(sale, usd(1003), first.paid)],
        NEAREST,
    ).tenders[0]
    assert first.paid + rest.paid == sale.taken


def test_the_customers_favour_rounds_a_refund_up() -> None:
    plan = refund(
        [line("gel", 4512)], [RefundAsk("gel", usd(1001))], [paid_by(TenderKind.CASH, 4512)], FAVOUR
    )
    assert plan.tenders[0].paid == usd(1005)


def test_coins_given_in_favour_before_are_not_given_again() -> None:
    held = RefundableTender(settled(TenderKind.CASH, 12, 10), usd(11), usd(15))
    plan = refund([line("pin", 12, left=1)], [RefundAsk("pin")], [held], FAVOUR)
    assert plan.tenders[0].paid == usd(0)


def test_stored_value_without_what_was_spent_is_refused() -> None:
    with pytest.raises(InsufficientValue):
        refund([line("gel", 100)], [RefundAsk("gel")], [paid_by(TenderKind.STORED_VALUE, 100)])


taxes = st.lists(st.integers(min_value=0, max_value=400), min_size=0, max_size=4)


@given(st.integers(min_value=0, max_value=3000), taxes, st.data())
def test_refunds_in_any_parts_add_up_to_the_sale_and_no_part_is_negative(
    net: int, rates: list[int], data: st.DataObject
) -> None:
    sold = RefundableLine(
        "gel",
        usd(net),
        usd(sum(rates)),
        usd(net + sum(rates)),
        tuple((f"R{number}", usd(tax)) for number, tax in enumerate(rates)),
    )
    given_back = {name: usd(0) for name in ["net", *(rate_id for rate_id, _ in sold.taxes)]}
    while sold.left:
        ask = usd(data.draw(st.integers(min_value=1, max_value=sold.left.cents)))
        done = usd(net + sum(rates)) - sold.left
        tender = RefundableTender(settled(TenderKind.EXTERNAL_CARD, net + sum(rates)), done, done)
        plan = refund([sold], [RefundAsk("gel", ask)], [tender])
        part = plan.lines[0]
        assert part.net + part.tax == part.amount == plan.total == ask
        for name, amount in (("net", part.net), *part.taxes):
            assert amount >= usd(0)
            given_back[name] = given_back[name] + amount
        sold = replace(sold, left=sold.left - ask)
    assert given_back == {"net": usd(net), **dict(sold.taxes)}


@given(
    st.lists(
        st.tuples(st.sampled_from(TenderKind), st.integers(min_value=1, max_value=5000)),
        min_size=1,
        max_size=4,
    ),
    st.data(),
)
def test_no_tender_ever_gives_back_more_than_it_took(
    drawn: list[tuple[TenderKind, int]], data: st.DataObject
) -> None:
    whole = sum(amount for _, amount in drawn)
    back = [data.draw(st.integers(min_value=0, max_value=amount)) for _, amount in drawn]
    tenders = [
        paid_by(kind, amount, Spend(bonus=usd(0), paid=usd(amount - gone)), back=gone)
        for (kind, amount), gone in zip(drawn, back, strict=True)
    ]
    left = whole - sum(back)
    if not left:
        return
    ask = usd(data.draw(st.integers(min_value=1, max_value=left)))
    plan = refund([line("gel", whole, left=left)], [RefundAsk("gel", ask)], tenders)
    assert sum((part.amount for part in plan.tenders), usd(0)) == ask
    assert [part.tender for part in plan.tenders] == sorted((p.tender for p in plan.tenders), reverse=True)
    for part in plan.tenders:
        held = tenders[part.tender]
        assert usd(0) < part.amount <= held.tender.amount - held.given_back
        assert part.paid == part.amount + part.rounding
        assert isinstance(part.amount, Money)
