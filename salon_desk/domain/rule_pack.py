"""Reading a rule pack from the texts of its TOML files, every row checked.

No question of law is answered here (see `rules`, whose names are also offered here). A pack that
cannot be read whole is refused whole: half a law is worse than yesterday's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from salon_desk.domain.errors import RulePackDamaged
from salon_desk.domain.names import Names
from salon_desk.domain.quiet_hours import HOURS, parse_hours
from salon_desk.domain.rules import (
    CASH_OUT,
    CASH_ROUNDING,
    CASH_ROUNDING_NO_PENNIES,
    CURRENCY,
    SERIES_TAX_POINT,
    TAX,
    CashOutLimit,
    Confidence,
    Rule,
    RulePack,
    RuleValue,
)
from salon_desk.domain.series import TaxPoint
from salon_desk.domain.tax import TaxRate
from salon_desk.domain.tender import CashRounding

__all__ = ["CashOutLimit", "Confidence", "Rule", "RulePack", "RuleValue", "parse_rule_pack"]

HEADER = "pack.toml"
"""The file that names the version and the day of issue."""

Tables = Mapping[str, Mapping[str, Any]]
Row = Mapping[str, Any]


def parse_rule_pack(texts: Mapping[str, str]) -> RulePack:
    """A rule pack from its files (name -> TOML text): `pack.toml`, and any with [[rate]] and [[rule]].

    Raises RulePackDamaged with the file, the row from 1 and a fault: toml, header, row, value, overlap.
    """
    tables = {name: _toml(name, text) for name, text in sorted(texts.items())}
    version, issued = _header(tables)
    rates = _read_rates(tables)
    return RulePack(version, issued, _read_rules(tables, rates), rates)


def _toml(name: str, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise RulePackDamaged(name, 0, "toml") from None


def _header(tables: Tables) -> tuple[str, str]:
    try:
        table = tables[HEADER]
        return _text(table["version"]), _day(table["issued"])
    except (KeyError, TypeError, ValueError):
        raise RulePackDamaged(HEADER, 0, "header") from None


def _rows(tables: Tables, kind: str) -> Iterator[tuple[str, int, Row]]:
    """Every row of a kind with its file and its place in it."""
    for name, table in tables.items():
        rows = table.get(kind, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise RulePackDamaged(name, 0, "row")
        for number, row in enumerate(rows, start=1):
            yield name, number, row


def _read_rates(tables: Tables) -> dict[str, TaxRate]:
    rates: dict[str, TaxRate] = {}
    for name, number, row in _rows(tables, "rate"):
        try:
            rate = _rate(row)
        except KeyError:
            raise RulePackDamaged(name, number, "row") from None
        except (TypeError, ValueError):
            raise RulePackDamaged(name, number, "value") from None
        if rate.rate_id in rates:
            raise RulePackDamaged(name, number, "overlap")
        rates[rate.rate_id] = rate
    return rates


def _read_rules(tables: Tables, rates: Mapping[str, TaxRate]) -> dict[tuple[str, str], tuple[Rule, ...]]:
    rules: dict[tuple[str, str], tuple[Rule, ...]] = {}
    for name, number, row in _rows(tables, "rule"):
        try:
            rule = _rule(row, rates)
        except KeyError:
            raise RulePackDamaged(name, number, "row") from None
        except (TypeError, ValueError):
            raise RulePackDamaged(name, number, "value") from None
        there = rules.get((rule.jurisdiction, rule.key), ())
        if any(_overlap(rule, other) for other in there):
            raise RulePackDamaged(name, number, "overlap")
        rules[(rule.jurisdiction, rule.key)] = (*there, rule)
    return rules


def _rate(row: Row) -> TaxRate:
    rate = _text(row["rate"])
    _text(row["source"])
    if "/" in rate or not 0 < Fraction(rate) < 1:
        raise ValueError(rate)
    names = Names(_text(row["en"]), _text(row["zh_CN"]), _text(row["zh_TW"]))
    return TaxRate(_text(row["rate_id"]), names, rate)


def _rule(row: Row, rates: Mapping[str, TaxRate]) -> Rule:
    key = _text(row["key"])
    rule = Rule(
        jurisdiction=_text(row["jurisdiction"]),
        key=key,
        value=_value(key, row["value"], rates),
        from_day=_day(row["from"]),
        to_day=_day(row["to"]) if "to" in row else "",
        source=_text(row["source"]),
        confidence=Confidence(row.get("confidence", Confidence.CONFIRMED)),
    )
    if rule.to_day and rule.to_day < rule.from_day:
        raise ValueError(rule.to_day)
    return rule


def _value(key: str, value: object, rates: Mapping[str, TaxRate]) -> RuleValue:
    """The row's value in the form that its key demands."""
    if key.startswith(TAX):
        return _rate_ids(value, rates)
    if key in (CASH_ROUNDING, CASH_ROUNDING_NO_PENNIES):
        return CashRounding(_text(value)).value
    if key == CASH_OUT:
        return _cash_out(value)
    if key == CURRENCY:
        return _currency(value)
    if key == SERIES_TAX_POINT:
        return TaxPoint(_text(value)).value
    if not isinstance(value, (str, int)):
        raise TypeError(value)
    if key.startswith(HOURS):
        parse_hours(str(value))
    return value


def _rate_ids(value: object, rates: Mapping[str, TaxRate]) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    ids = tuple(_text(rate_id) for rate_id in value)
    if len(set(ids)) != len(ids) or not set(ids) <= set(rates):
        raise ValueError(ids)
    return ids


def _cash_out(value: object) -> Mapping[str, str | int | bool]:
    if not isinstance(value, dict):
        raise TypeError(value)
    cents, inclusive = value["cents"], value["inclusive"]
    if type(cents) is not int or not isinstance(inclusive, bool) or cents < 0:
        raise ValueError(value)
    return {"cents": cents, "inclusive": inclusive}


def _currency(value: object) -> str:
    text = _text(value)
    if not (len(text) == 3 and text.isascii() and text.isupper()):
        raise ValueError(text)
    return text


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(value)
    return value


def _day(value: object) -> str:
    return date.fromisoformat(_text(value)).isoformat()


def _overlap(one: Rule, other: Rule) -> bool:
    """Whether two rows of one place and key hold on the same day; then the pack contradicts itself."""
    open_end = "9999-12-31"
    return one.from_day <= (other.to_day or open_end) and other.from_day <= (one.to_day or open_end)
