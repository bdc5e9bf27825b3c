"""Pure rules of gift cards and series: codes, names of purses, who is owed what, and the law's limits at their boundaries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain import ledger
from salon_desk.domain.errors import RuleMissing
from salon_desk.domain.gift import (
    CODE_LENGTH,
    CardKind,
    assets_of,
    gift_asset,
    gift_of,
    is_made,
    made_code,
    plain_code,
    tender_assets,
    written_code,
)
from salon_desk.domain.money import Money
from salon_desk.domain.owed import owed_for
from salon_desk.domain.rule_pack import parse_rule_pack
from salon_desk.domain.rules import DORMANCY
from salon_desk.domain.series import (
    SeriesPart,
    TaxPoint,
    Unit,
    Visit,
    issued,
    taken,
    visit_asset,
    visit_of,
    worth,
)
from salon_desk.domain.tender import TenderKind

RULES = Path(__file__).parents[3] / "resources" / "rules"
PACK = parse_rule_pack({one.name: one.read_text(encoding="utf-8") for one in RULES.glob("*.toml")})


def usd(cents: int) -> Money:
    return Money(cents, "USD")


@given(st.binary(min_size=CODE_LENGTH, max_size=CODE_LENGTH))
def test_a_made_code_is_found_however_it_is_typed(numbers: bytes) -> None:
    code = made_code(numbers)
    assert is_made(code)
    for typed in (written_code(code), written_code(code).lower(), f" {code} ", code.replace("", " ")):
        assert plain_code(typed) == code


def test_any_other_code_stays_as_it_was_scanned() -> None:
    assert plain_code(" GIFT-77 ") == "GIFT-77"
    assert written_code("GIFT-77") == "GIFT-77"
    assert not is_made("8600000137")


def test_a_gift_cards_purse_is_named_apart_from_a_cards() -> None:
    assert gift_of(gift_asset("with/slash", "CAD")) == "with/slash"
    assert gift_of("card/one/USD/paid") == gift_of("gift/one") == ""
    assert assets_of(CardKind.GIFT, "g", "USD").bonus == ""
    assert tender_assets(TenderKind.GIFT_CARD, "g", "USD").paid == "gift/g/USD"
    assert tender_assets(TenderKind.STORED_VALUE, "c", "USD").bonus == "card/c/USD/bonus"


@given(
    price=st.integers(1, 1_000_000),
    parts=st.lists(
        st.tuples(st.integers(1, 40), st.integers(0, 5), st.integers(0, 20_000)), min_size=1, max_size=4
    ),
)
def test_the_prices_of_all_visits_add_up_to_what_was_paid(
    price: int, parts: list[tuple[int, int, int]]
) -> None:
    held = tuple(
        SeriesPart(f"p{at}", Unit.VISIT, paid, free, ("item",), weight=weight)
        for at, (paid, free, weight) in enumerate(parts)
    )
    units = issued("s", held, usd(price))
    assert worth(units, "USD") == usd(price)
    assert sum(units.values()) == sum(one.units for one in held)
    owed = [owed_for(asset, number) for asset, number in units.items()]
    assert sum(one.cents for one in owed if one is not None) == price
    assert {one.account for one in owed if one is not None} == {ledger.SERIES}


@given(st.dictionaries(st.integers(0, 5), st.integers(0, 9), max_size=5), st.integers(0, 60))
def test_visits_are_taken_given_first_then_the_dearest_and_never_more_than_there_are(
    prices: dict[int, int], wanted: int
) -> None:
    here = {visit_asset(Visit("s", "a", usd(cents))): number for cents, number in prices.items()}
    got = taken(here, "a", wanted)
    assert sum(got.values()) == min(wanted, sum(prices.values()))
    assert all(number <= here[asset] for asset, number in got.items())
    used = [visit.price.cents for asset in got if (visit := visit_of(asset))]
    paid = [cents for cents in used if cents]
    assert paid == sorted(paid, reverse=True)
    assert 0 not in used[1:]


LIMITS = (
    ("US-CA", "2026-03-31", 999, 1000),
    ("US-CA", "2026-04-01", 1499, 1500),
    ("US-CO", "2026-11-22", 500, 501),
    ("US-CT", "2026-11-22", 299, 300),
    ("US-TX", "2026-11-22", 249, 250),
    ("US-RI", "2026-11-22", 99, 100),
    ("US-VT", "2026-11-22", 99, 100),
    ("US-ME", "2026-11-22", 499, 500),
    ("US-MA", "2026-11-22", 499, 500),
    ("US-MT", "2026-11-22", 499, 500),
    ("US-NJ", "2026-11-22", 499, 500),
    ("US-OR", "2026-11-22", 499, 500),
    ("US-WA", "2026-11-22", 499, 500),
    ("US-NY", "2026-11-22", 499, 500),
    ("CA-QC", "2026-11-22", 500, 501),
)
"""RULES 4: place, day, the highest balance that is paid out in cash, the next one that is not."""


@pytest.mark.parametrize(("place", "day", "yes", "no"), LIMITS)
def test_small_balances_are_paid_out_in_cash_row_by_row(place: str, day: str, yes: int, no: int) -> None:
    limit = PACK.cash_out_limit(place, day)
    currency = limit.limit.currency
    assert limit.covers(Money(yes, currency))
    assert not limit.covers(Money(no, currency))
    assert not limit.covers(Money(0, currency))


def test_years_of_dormancy_are_a_number_or_no_rule_at_all() -> None:
    assert [PACK.dormancy_years(place, "2026-11-22") for place in ("US-NY-NYC", "CA-ON")] == [5, 0]
    row = PACK.rule("US", DORMANCY, "2026-11-22")
    odd = replace(PACK, rules={**PACK.rules, ("US", DORMANCY): (replace(row, value="soon"),)})
    with pytest.raises(RuleMissing):
        odd.dormancy_years("US-FL", "2026-11-22")


@pytest.mark.parametrize("place", ["US-FL", "CA-ON"])
def test_where_no_law_asks_nothing_is_paid_out(place: str) -> None:
    assert not PACK.cash_out_limit(place, "2026-11-22").covers(Money(1, PACK.currency(place, "2026-11-22")))


@pytest.mark.parametrize(
    ("place", "point"),
    [
        ("US-NY-NYC", TaxPoint.VISIT),
        ("US-KY", TaxPoint.SALE),
        ("US-FL", TaxPoint.VISIT),
        ("CA-BC", TaxPoint.SALE),
    ],
)
def test_a_series_is_taxed_where_the_law_of_its_sale_says(place: str, point: TaxPoint) -> None:
    assert PACK.series_tax_point(place, "2026-11-22") is point
