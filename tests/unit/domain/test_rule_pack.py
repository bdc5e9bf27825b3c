"""The rule pack: dated rows by place, the most local first, and nothing guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.errors import RuleMissing, RulePackDamaged
from salon_desk.domain.money import Money
from salon_desk.domain.rule_pack import CashOutLimit, Confidence, RulePack, parse_rule_pack
from salon_desk.domain.tender import CashRounding

HEADER = 'version = "7"\nissued = "2026-11-15"\n'
RATES = """
[[rate]]
rate_id = "State"
en = "State tax"
zh_CN = "州税"
zh_TW = "州稅"
rate = "0.04"
source = "Act 1"
[[rate]]
rate_id = "City"
en = "City tax"
zh_CN = "市税"
zh_TW = "市稅"
rate = "0.045"
source = "Act 2"
"""


def row(jurisdiction: str, key: str, value: str, start: str = "2020-01-01", more: str = "") -> str:
    return (
        f'[[rule]]\njurisdiction = "{jurisdiction}"\nkey = "{key}"\nvalue = {value}\n'
        f'from = "{start}"\nsource = "Act 3"\n{more}\n'
    )


def pack_of(*rows: str) -> RulePack:
    return parse_rule_pack({"pack.toml": HEADER, "tax.toml": RATES, "more.toml": "".join(rows)})


def ids(pack: RulePack, place: str, tax_class: str, day: str = "2026-11-20") -> list[str]:
    return [rate.rate_id for rate in pack.tax_rates(place, tax_class, day)]


def test_a_pack_knows_its_version_and_its_age() -> None:
    pack = pack_of()
    assert (pack.version, pack.issued) == ("7", "2026-11-15")
    assert pack.age_in_days("2026-12-15") == 30


def test_the_most_local_place_decides() -> None:
    pack = pack_of(row("US", "x", "1"), row("US-NY", "x", "2"), row("US-NY-NYC", "x", "3"))
    assert [pack.lookup(place, "x", "2026-01-01") for place in ("US-NY-NYC", "US-NY-NASSAU", "US-CA")] == [
        3,
        2,
        1,
    ]


def test_a_row_holds_from_its_first_to_its_last_day() -> None:
    pack = pack_of(
        row("US-CA", "x", "10", "2008-01-01", 'to = "2026-03-31"'), row("US-CA", "x", "15", "2026-04-01")
    )
    assert pack.lookup("US-CA", "x", "2026-03-31") == 10
    assert pack.lookup("US-CA", "x", "2026-04-01") == 15
    with pytest.raises(RuleMissing) as refused:
        pack.lookup("US-CA", "x", "2007-12-31")
    assert refused.value.parameters() == {"jurisdiction": "US-CA", "key": "x", "day": "2007-12-31"}


def test_a_row_says_where_it_was_read_and_how_sure_it_is() -> None:
    pack = pack_of(row("US", "x", "true"), row("US", "y", '"off"', more='confidence = "to_check"'))
    assert pack.rule("US", "x", "2026-01-01").confidence is Confidence.CONFIRMED
    assert pack.rule("US", "y", "2026-01-01").confidence is Confidence.TO_CHECK
    assert pack.rule("US", "x", "2026-01-01").source == "Act 3"


def test_a_class_bears_the_rates_of_its_place() -> None:
    pack = pack_of(
        row("US-NY", "tax.service", "[]"),
        row("US-NY", "tax.service.massage", '["State"]'),
        row("US-NY", "tax.goods", '["State"]'),
        row("US-NY-NYC", "tax.service", '["City"]'),
        row("US-NY-NYC", "tax.goods", '["State", "City"]'),
    )
    assert ids(pack, "US-NY-NYC", "service.nail") == ["City"]
    assert ids(pack, "US-NY-NYC", "goods") == ["State", "City"]
    assert ids(pack, "US-NY-NASSAU", "service.nail") == []
    # the city's own word on services stands before the state's word on massage
    assert ids(pack, "US-NY-NYC", "service.massage") == ["City"]
    assert ids(pack, "US-NY", "service.massage") == ["State"]


def test_a_class_or_a_day_without_a_row_is_an_error() -> None:
    pack = pack_of(row("US-NY", "tax.goods", '["State"]'))
    for place, tax_class, day in (
        ("US-NY", "service", "2026-11-20"),
        ("US-NV", "goods", "2026-11-20"),
        ("US-NY", "goods", "2019-12-31"),
    ):
        with pytest.raises(RuleMissing):
            pack.tax_rates(place, tax_class, day)


def test_a_tax_table_answers_as_the_pack_does() -> None:
    pack = pack_of(
        row("US-NY", "tax.service", "[]"),
        row("US-NY", "tax.service.massage", '["State"]'),
        row("US-NY-NYC", "tax.service", '["City"]'),
        row("US-NY-NYC", "tax.goods", '["State"]', "2026-12-01"),
        row("US-CA", "tax.rental", "[]"),
    )
    table = pack.tax_table("US-NY-NYC", "2026-11-20")
    assert sorted(table.by_class) == ["service", "service.massage"]
    for tax_class in ("service", "service.nail", "service.massage", "service.massage.deep"):
        assert table.rates(tax_class) == pack.tax_rates("US-NY-NYC", tax_class, "2026-11-20")
    with pytest.raises(RuleMissing):
        table.rates("goods")


def test_cash_is_rounded_by_place_and_by_whether_there_are_pennies() -> None:
    pack = pack_of(
        row("US", "cash.rounding", '"exact"'), row("US", "cash.rounding_without_pennies", '"nearest_five"')
    )
    assert pack.cash_rounding("US-AZ", "2026-11-20") is CashRounding.EXACT
    assert pack.cash_rounding("US-AZ", "2026-11-20", pennies=False) is CashRounding.NEAREST_FIVE


def test_a_cash_out_limit_is_inclusive_or_not() -> None:
    below = CashOutLimit(Money(1500, "USD"), inclusive=False)
    assert [below.covers(Money(cents, "USD")) for cents in (0, 1, 1499, 1500)] == [False, True, True, False]
    upto = CashOutLimit(Money(500, "CAD"), inclusive=True)
    assert [upto.covers(Money(cents, "CAD")) for cents in (500, 501)] == [True, False]


def test_a_cash_out_limit_is_in_the_money_of_the_place() -> None:
    pack = pack_of(
        row("CA", "currency", '"CAD"'), row("CA-QC", "cash_out.limit", "{ cents = 500, inclusive = true }")
    )
    assert pack.cash_out_limit("CA-QC", "2026-11-20") == CashOutLimit(Money(500, "CAD"), inclusive=True)
    with pytest.raises(RuleMissing):
        pack.cash_out_limit("CA-ON", "2026-11-20")


def test_a_limit_of_another_form_is_no_limit() -> None:
    pack = pack_of(row("US", "x", "1"))
    wrong = {("US", "cash_out.limit"): (replace(pack.rule("US", "x", "2026-01-01"), key="cash_out.limit"),)}
    with pytest.raises(RuleMissing):
        replace(pack, rules=wrong).cash_out_limit("US", "2026-01-01")


@pytest.mark.parametrize(
    ("text", "place", "fault"),
    [
        ("[[rule", 0, "toml"),
        ("rule = 3", 0, "row"),
        ("rule = [3]", 0, "row"),
        ('[[rate]]\nrate_id = "A"', 1, "row"),
        (RATES.replace('"State"', '"Other"').replace('"0.04"', '"1/0"'), 1, "value"),
        (RATES.replace('"State"', '"Other"').replace('"0.04"', '"1.5"'), 1, "value"),
        (RATES, 1, "overlap"),
        ('[[rule]]\nkey = "x"', 1, "row"),
        (row("US", "x", "1.5"), 1, "value"),
        (row("US", "x", "1", "yesterday"), 1, "value"),
        (row("US", "x", "1", more='to = "2019-01-01"'), 1, "value"),
        (row("US", "x", "1", more='confidence = "sure"'), 1, "value"),
        (row("", "x", "1"), 1, "value"),
        (row("US", "tax.goods", '"State"'), 1, "value"),
        (row("US", "tax.goods", '["Nobody"]'), 1, "value"),
        (row("US", "tax.goods", '["State", "State"]'), 1, "value"),
        (row("US", "cash.rounding", '"up"'), 1, "value"),
        (row("US", "currency", '"dollar"'), 1, "value"),
        (row("US", "cash_out.limit", "500"), 1, "value"),
        (row("US", "cash_out.limit", "{ cents = 5 }"), 1, "row"),
        (row("US", "cash_out.limit", "{ cents = true, inclusive = true }"), 1, "value"),
        (row("US", "x", "1") + row("US", "x", "2", "2026-01-01"), 2, "overlap"),
        (row("US", "x", "1", "2026-01-01") + row("US", "x", "2", more='to = "2026-01-01"'), 2, "overlap"),
    ],
)
def test_a_damaged_pack_is_refused_whole_and_the_row_is_named(text: str, place: int, fault: str) -> None:
    with pytest.raises(RulePackDamaged) as refused:
        pack_of(text)
    assert (refused.value.row, refused.value.fault) == (place, fault)


@pytest.mark.parametrize(
    "header", [{}, {"pack.toml": 'version = "7"'}, {"pack.toml": "version = 7\nissued = 8"}]
)
def test_a_pack_without_its_version_is_refused(header: dict[str, str]) -> None:
    with pytest.raises(RulePackDamaged) as refused:
        parse_rule_pack(header)
    assert refused.value.fault == "header"
