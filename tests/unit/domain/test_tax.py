"""Sales tax: half up per rate over the whole ticket, and shares of it that add up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain.errors import RuleMissing
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.tax import LineRates, TaxRate, TaxTable, allocate_tax, tax_parts, tax_total
from tests.unit.domain.shop import CITY_SERVICES, FLUSHING, GOODS, usd

GST = TaxRate("CA-GST", Names("GST"), "0.05")
QST = TaxRate("CA-QC-QST", Names("QST"), "0.09975")

nets = st.lists(
    st.tuples(
        st.integers(min_value=-1_000_000, max_value=1_000_000).map(usd),
        st.sampled_from([(), (CITY_SERVICES,), (GOODS,), (GST, QST), (GST,)]),
    ),
    max_size=40,
)


def test_tax_is_rounded_half_up_once_per_rate_over_the_ticket() -> None:
    ticket: list[LineRates] = [
        (usd(3958), [CITY_SERVICES]),
        (usd(3342), [CITY_SERVICES]),
        (usd(1800), [GOODS]),
    ]
    parts = tax_parts(ticket, "USD")
    assert [(part.rate_id, part.base, part.tax) for part in parts] == [
        (CITY_SERVICES.rate_id, usd(7300), usd(329)),
        (GOODS.rate_id, usd(1800), usd(160)),
    ]
    assert tax_total(parts, "USD") == usd(489)


def test_a_line_may_bear_several_rates() -> None:
    quebec: list[LineRates] = [(Money(10_000, "CAD"), [GST, QST])]
    assert [(p.rate_id, p.tax.cents) for p in tax_parts(quebec, "CAD")] == [
        ("CA-GST", 500),
        ("CA-QC-QST", 998),
    ]
    assert allocate_tax(quebec, "CAD") == ((("CA-GST", Money(500, "CAD")), ("CA-QC-QST", Money(998, "CAD"))),)


def test_an_untaxed_line_has_no_share() -> None:
    assert tax_parts([(usd(4500), [])], "USD") == ()
    assert allocate_tax([(usd(4500), [])], "USD") == ((),)


@given(nets)
def test_the_shares_of_the_lines_add_up_to_the_tax(ticket: list[LineRates]) -> None:
    shares: dict[str, int] = {}
    for line in allocate_tax(ticket, "USD"):
        for rate_id, share in line:
            shares[rate_id] = shares.get(rate_id, 0) + share.cents
    assert shares == {part.rate_id: part.tax.cents for part in tax_parts(ticket, "USD")}


@given(nets)
def test_no_share_is_a_whole_cent_away_from_the_exact_tax(ticket: list[LineRates]) -> None:
    for (net, rates), shares in zip(ticket, allocate_tax(ticket, "USD"), strict=True):
        for rate, (_, share) in zip(rates, shares, strict=True):
            assert abs(share.cents - net.cents * Fraction(rate.rate)) < 1


@given(nets)
def test_a_refund_of_everything_mirrors_the_sale(ticket: list[LineRates]) -> None:
    refund = [(-net, rates) for net, rates in ticket]
    assert [p.tax for p in tax_parts(refund, "USD")] == [-p.tax for p in tax_parts(ticket, "USD")]


def test_a_refund_mirrors_each_share_too() -> None:
    sale: list[LineRates] = [(usd(100), [GST]), (usd(30), [GST]), (usd(30), [GST])]
    refund = [(-net, rates) for net, rates in sale]
    assert [line[0][1].cents for line in allocate_tax(sale, "USD")] == [5, 2, 1]
    assert [line[0][1].cents for line in allocate_tax(refund, "USD")] == [-5, -2, -1]


def test_a_class_falls_back_to_its_parent() -> None:
    assert FLUSHING.rates("service.nail.gel") == (CITY_SERVICES,)
    assert FLUSHING.rates("goods") == (GOODS,)
    assert FLUSHING.rates("exempt") == ()


def test_a_class_nobody_speaks_of_is_refused_and_not_guessed() -> None:
    with pytest.raises(RuleMissing) as refused:
        FLUSHING.rates("rental.chair")
    assert (refused.value.jurisdiction, refused.value.key) == ("US-NY-NYC", "tax.rental.chair")
    with pytest.raises(RuleMissing):
        TaxTable({}).rates("")
