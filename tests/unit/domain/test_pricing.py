"""What a ticket comes to: the visit in Flushing to the cent, and the laws of discounts and tax."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain.errors import RuleMissing
from salon_desk.domain.pricing import PricedTicket, price_ticket
from salon_desk.domain.ticket import Bearer, Discount, DiscountScope, Ticket, add_discount
from tests.unit.domain.shop import (
    CITY_SERVICES,
    FLUSHING,
    GOODS,
    NO_TAX_ON_SERVICES,
    off,
    percent_off,
    product,
    service,
    the_visit,
    ticket_of,
    usd,
)

BIRTHDAY = off("birthday", 1000, DiscountScope.SERVICES)


def priced_visit() -> PricedTicket:
    return price_ticket(add_discount(the_visit(), BIRTHDAY), FLUSHING)


def test_the_visit_in_flushing_comes_to_95_89() -> None:
    priced = priced_visit()
    assert [(part.rate_id, part.base, part.tax) for part in priced.taxes] == [
        (CITY_SERVICES.rate_id, usd(7300), usd(329)),
        (GOODS.rate_id, usd(1800), usd(160)),
    ]
    assert (priced.subtotal, priced.discount, priced.tax) == (usd(10_100), usd(1000), usd(489))
    assert priced.total == usd(9589)


def test_where_services_bear_nothing_the_visit_comes_to_92_60() -> None:
    assert price_ticket(add_discount(the_visit(), BIRTHDAY), NO_TAX_ON_SERVICES).total == usd(9260)


def test_a_coupon_on_services_falls_on_them_by_their_price_and_names_its_bearer() -> None:
    gel, pedicure, cream = priced_visit().lines
    assert [line.discounts[0].amount for line in (gel, pedicure)] == [usd(542), usd(458)]
    assert gel.discounts[0].bearer is Bearer.SALON
    assert (gel.net, pedicure.net, cream.net) == (usd(3958), usd(3342), usd(1800))
    assert cream.discounts == ()


def test_the_list_price_of_services_ignores_the_coupon() -> None:
    assert priced_visit().service_list == usd(8300)


def test_each_line_keeps_its_share_of_the_tax() -> None:
    gel, pedicure, cream = priced_visit().lines
    assert gel.taxes == ((CITY_SERVICES.rate_id, usd(178)),)
    assert (gel.tax + pedicure.tax, cream.tax) == (usd(329), usd(160))


def test_a_lines_own_discount_comes_before_the_tickets() -> None:
    ticket = add_discount(the_visit(), percent_off("regular", "10"), "gel")
    ticket = add_discount(ticket, percent_off("member", "10", DiscountScope.SERVICES))
    gel, pedicure, _ = price_ticket(ticket, FLUSHING).lines
    # 45.00 - 4.50 = 40.50, then 10 % of 78.50 = 7.85 over 40.50 and 38.00
    assert [part.amount for part in gel.discounts] == [usd(450), usd(405)]
    assert [part.amount for part in pedicure.discounts] == [usd(380)]


def test_discounts_are_taken_in_the_order_given_each_from_what_is_left() -> None:
    ticket = add_discount(ticket_of(product("cream", 1800)), off("coupon", 800))
    ticket = add_discount(ticket, percent_off("member", "10"))
    assert price_ticket(ticket, FLUSHING).lines[0].net == usd(900)


def test_a_discount_on_products_leaves_services_alone() -> None:
    ticket = add_discount(the_visit(), percent_off("shelf", "50", DiscountScope.PRODUCTS))
    assert [line.net for line in price_ticket(ticket, FLUSHING).lines] == [usd(4500), usd(3800), usd(900)]


def test_a_discount_never_takes_a_line_below_zero() -> None:
    ticket = add_discount(ticket_of(product("cream", 1800)), off("first", 1500), "cream")
    ticket = add_discount(ticket, off("second", 1500), "cream")
    ticket = add_discount(ticket, off("third", 1500))
    priced = price_ticket(ticket, FLUSHING)
    assert (priced.lines[0].net, priced.discount, priced.total) == (usd(0), usd(1800), usd(0))
    assert [part.amount for part in priced.lines[0].discounts] == [usd(1500), usd(300)]


def test_a_discount_whose_scope_is_empty_takes_nothing() -> None:
    ticket = add_discount(ticket_of(product("cream", 1800)), BIRTHDAY)
    assert price_ticket(ticket, FLUSHING).discount == usd(0)


def test_quantity_counts_and_a_redo_at_zero_costs_nothing() -> None:
    ticket = ticket_of(product("cream", 1800, 3), service("redo", 0, "kim"))
    priced = price_ticket(add_discount(ticket, percent_off("ten", "10")), FLUSHING)
    assert [line.net for line in priced.lines] == [usd(4860), usd(0)]
    assert priced.lines[1].tax == usd(0)
    assert priced.lines[1].discounts == ()


def test_an_empty_ticket_comes_to_nothing() -> None:
    priced = price_ticket(ticket_of(), FLUSHING)
    assert (priced.total, priced.taxes, priced.lines) == (usd(0), (), ())


def test_a_tax_class_that_nobody_knows_stops_the_sale() -> None:
    odd = replace(product("chair", 100), tax_class="rental")
    with pytest.raises(RuleMissing):
        price_ticket(ticket_of(odd), FLUSHING)


discounts = st.lists(
    st.one_of(
        st.tuples(st.integers(min_value=1, max_value=20_000), st.none()),
        st.tuples(st.none(), st.sampled_from(["0.5", "5", "10", "33.3333", "50", "100"])),
    ),
    max_size=4,
)


def with_discounts(
    ticket: Ticket, drawn: list[tuple[int | None, str | None]], scope: DiscountScope
) -> Ticket:
    for number, (cents, percent) in enumerate(drawn):
        amount = None if cents is None else usd(cents)
        held = Discount(f"d{number}", BIRTHDAY.names, Bearer.SPLIT, amount, percent, scope)
        target = ticket.lines[number % len(ticket.lines)].line_id if number % 2 else None
        ticket = add_discount(ticket, held, target)
    return ticket


@given(
    st.lists(st.tuples(st.booleans(), st.integers(min_value=0, max_value=50_000)), min_size=1, max_size=8),
    discounts,
    st.sampled_from(DiscountScope),
)
def test_whatever_is_given_off_the_sums_agree_line_by_line(
    drawn: list[tuple[bool, int]], given_off: list[tuple[int | None, str | None]], scope: DiscountScope
) -> None:
    lines = [(service if serves else product)(f"l{i}", cents) for i, (serves, cents) in enumerate(drawn)]
    priced = price_ticket(with_discounts(ticket_of(*lines), given_off, scope), FLUSHING)
    for line in priced.lines:
        assert usd(0) <= line.net == line.list_total - sum((d.amount for d in line.discounts), usd(0))
    assert sum((line.tax for line in priced.lines), usd(0)) == priced.tax
    assert sum((line.net for line in priced.lines), usd(0)) + priced.tax == priced.total
    assert priced.subtotal - priced.discount + priced.tax == priced.total
