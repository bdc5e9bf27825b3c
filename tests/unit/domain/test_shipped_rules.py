"""The rules that are shipped: every place of the law's table answers as the table says."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.domain.ledger import check_account, sales_tax_account
from salon_desk.domain.money import Money
from salon_desk.domain.rule_pack import Confidence, RulePack, parse_rule_pack
from salon_desk.domain.tender import CashRounding

TODAY = "2026-11-20"
RULES = Path(__file__).parents[3] / "resources" / "rules"


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return parse_rule_pack({file.name: file.read_text("utf-8") for file in RULES.glob("*.toml")})


@pytest.mark.parametrize(
    ("place", "tax_class", "rates"),
    [
        ("US-NY-NYC", "service.nail", ["0.045"]),
        ("US-NY-NYC", "service.hair", ["0.045"]),
        ("US-NY-NYC", "service.massage", ["0.045"]),
        ("US-NY-NYC", "goods", ["0.08875"]),
        ("US-NY-NASSAU", "service.nail", []),
        ("US-NY-NASSAU", "goods", ["0.08625"]),
        ("US-NY", "service.nail", []),
        ("US-NY", "goods", ["0.04"]),
        ("US-CA", "service.hair", []),
        ("US-CA", "goods", ["0.0725"]),
        ("US-WA", "service.nail", []),
        ("US-WA", "goods", ["0.065"]),
        ("US-TX", "service.nail", []),
        ("US-TX", "goods", ["0.0625"]),
        ("US-NJ", "service.nail", []),
        ("US-NJ", "service.massage", ["0.06625"]),
        ("US-NJ", "goods", ["0.06625"]),
        ("US-MA", "service.nail", []),
        ("US-MA", "goods", ["0.0625"]),
        ("US-MN", "service.massage", ["0.06875"]),
        ("US-HI", "service.nail", ["0.04"]),
        ("US-NM", "service.nail", ["0.04875"]),
        ("US-SD", "service.nail", ["0.042"]),
        ("US-OR", "service.nail", []),
        ("US-OR", "goods", []),
        ("CA-ON", "service.nail", ["0.13"]),
        ("CA-AB", "goods", ["0.05"]),
        ("CA-BC", "service.nail", ["0.05"]),
        ("CA-BC", "goods", ["0.05", "0.07"]),
        ("CA-QC", "service.nail", ["0.05", "0.09975"]),
    ],
)
def test_a_place_taxes_services_and_goods_by_its_own_law(
    pack: RulePack, place: str, tax_class: str, rates: list[str]
) -> None:
    assert [rate.rate for rate in pack.tax_table(place, TODAY).rates(tax_class)] == rates


@pytest.mark.parametrize(
    ("place", "day", "paid_out", "kept"),
    [
        ("US-CA", "2026-04-01", 1499, 1500),
        ("US-CA", "2026-03-31", 999, 1000),
        ("US-CO", TODAY, 500, 501),
        ("US-CT", TODAY, 299, 300),
        ("US-TX", TODAY, 249, 250),
        ("US-RI", TODAY, 99, 100),
        ("US-VT", TODAY, 99, 100),
        ("US-ME", TODAY, 499, 500),
        ("US-MA", TODAY, 499, 500),
        ("US-MT", TODAY, 499, 500),
        ("US-NJ", TODAY, 499, 500),
        ("US-OR", TODAY, 499, 500),
        ("US-WA", TODAY, 499, 500),
        ("US-NY-NYC", TODAY, 499, 500),
        ("CA-QC", TODAY, 500, 501),
    ],
)
def test_a_small_balance_is_cashed_out_by_the_law_of_the_store(
    pack: RulePack, place: str, day: str, paid_out: int, kept: int
) -> None:
    limit = pack.cash_out_limit(place, day)
    currency = pack.currency(place, day)
    assert limit.covers(Money(paid_out, currency))
    assert not limit.covers(Money(kept, currency))


def test_a_place_without_a_cash_out_law_keeps_every_balance(pack: RulePack) -> None:
    assert not pack.cash_out_limit("US-NV", TODAY).covers(Money(1, "USD"))


def test_the_penny_decides_how_cash_is_rounded_in_the_states_and_never_in_canada(pack: RulePack) -> None:
    assert pack.cash_rounding("US-NY-NYC", TODAY) is CashRounding.EXACT
    assert pack.cash_rounding("US-NY-NYC", TODAY, pennies=False) is CashRounding.NEAREST_FIVE
    assert pack.cash_rounding("CA-BC", TODAY) is CashRounding.NEAREST_FIVE


@pytest.mark.parametrize(
    "key",
    ["tip.card_fee_deduction", "tip.managers_share_pool", "card.surcharge", "wages.deduct_after_earned"],
)
@pytest.mark.parametrize("place", ["US-NY-NYC", "US-CA", "US-FL", "CA-QC", "CA-ON"])
def test_what_takes_from_staff_or_customers_ships_switched_off(pack: RulePack, key: str, place: str) -> None:
    assert pack.lookup(place, key, TODAY) is False


def test_nobody_is_sure_of_what_was_not_read_in_the_primary_text(pack: RulePack) -> None:
    assert pack.rule("US-NY", "cash_out.limit", TODAY).confidence is Confidence.TO_CHECK
    assert pack.rule("US-NY-NYC", "tax.service", TODAY).confidence is Confidence.CONFIRMED
    for place, sure in (("US-NY-NYC", True), ("US-KY", True), ("CA-ON", False), ("US-FL", False)):
        found = pack.rule(place, "series.tax_point", TODAY)
        assert (found.confidence is Confidence.CONFIRMED) is sure, place
        assert found.source


def test_every_rate_has_a_name_in_each_language_and_an_account(pack: RulePack) -> None:
    for rate in pack.rates.values():
        assert rate.names.en
        assert rate.names.zh_CN
        assert rate.names.zh_TW
        check_account(sales_tax_account(rate.rate_id))
