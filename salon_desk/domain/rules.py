"""Dated rows of law by place, and the questions the house asks of them.

No figure lives here (see `resources/rules/*.toml`); `rule_pack` reads the rows from their texts.
The most local place wins, then the most exact tax class; a missing row is an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from salon_desk.domain.errors import RuleMissing
from salon_desk.domain.money import Money
from salon_desk.domain.series import TaxPoint
from salon_desk.domain.tax import TaxRate, TaxTable
from salon_desk.domain.tender import CashRounding

RuleValue = str | int | bool | tuple[str, ...] | Mapping[str, str | int | bool]
"""What a row may say."""
TAX = "tax."
CASH_ROUNDING = "cash.rounding"
CASH_ROUNDING_NO_PENNIES = "cash.rounding_without_pennies"
CASH_OUT = "cash_out.limit"
SERIES_TAX_POINT = "series.tax_point"
DORMANCY = "dormancy.years"
CURRENCY = "currency"


class Confidence(StrEnum):
    """Whether the row was read in the primary text; TO_CHECK ships off or with the cautious value."""

    CONFIRMED = "confirmed"
    TO_CHECK = "to_check"


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated row; both days are ISO dates and included, `to_day` "" = still valid."""

    jurisdiction: str
    key: str
    value: RuleValue
    from_day: str
    to_day: str
    source: str
    confidence: Confidence

    def holds_on(self, day: str) -> bool:
        """Whether the row is law on an ISO date."""
        return self.from_day <= day and (not self.to_day or day <= self.to_day)


@dataclass(frozen=True, slots=True)
class CashOutLimit:
    """Below (or `inclusive`: at) this balance a customer may ask for cash (RULES 4)."""

    limit: Money
    inclusive: bool

    def covers(self, balance: Money) -> bool:
        """Whether a balance above zero must be paid out in cash when the customer asks."""
        return balance.cents > 0 and (balance <= self.limit if self.inclusive else balance < self.limit)


@dataclass(frozen=True, slots=True)
class RulePack:
    """A version of the law as the till knows it. Days are ISO dates; places like "US-NY-NYC"."""

    version: str
    issued: str
    rules: Mapping[tuple[str, str], tuple[Rule, ...]]
    rates: Mapping[str, TaxRate]

    def rule(self, jurisdiction: str, key: str, day: str) -> Rule:
        """The row that holds for this place and day, from the place itself or the one around it.

        Raises RuleMissing.
        """
        for place in chain(jurisdiction):
            for rule in self.rules.get((place, key), ()):
                if rule.holds_on(day):
                    return rule
        raise RuleMissing(jurisdiction, key, day)

    def lookup(self, jurisdiction: str, key: str, day: str) -> RuleValue:
        """What `rule` says. Raises RuleMissing."""
        return self.rule(jurisdiction, key, day).value

    def tax_rates(self, jurisdiction: str, tax_class: str, day: str) -> tuple[TaxRate, ...]:
        """The rates that a class bears, empty when it is not taxed (RULES 7).

        The most local place that says anything about the class or its parents ("service.nail", then
        "service") decides. Raises RuleMissing.
        """
        for place in chain(jurisdiction):
            name = tax_class
            while name:
                for rule in self.rules.get((place, TAX + name), ()):
                    if rule.holds_on(day) and isinstance(rule.value, tuple):
                        return tuple(self.rates[rate_id] for rate_id in rule.value)
                name = name.rpartition(".")[0]
        raise RuleMissing(jurisdiction, TAX + tax_class, day)

    def tax_table(self, jurisdiction: str, day: str) -> TaxTable:
        """Every class that this place taxes or frees, as one value to price with and keep with a sale."""
        places = chain(jurisdiction)
        classes = {
            key.removeprefix(TAX)
            for (place, key), rules in self.rules.items()
            if place in places and key.startswith(TAX) and any(rule.holds_on(day) for rule in rules)
        }
        rates = {name: self.tax_rates(jurisdiction, name, day) for name in sorted(classes)}
        return TaxTable(rates, jurisdiction, day)

    def cash_rounding(self, jurisdiction: str, day: str, *, pennies: bool = True) -> CashRounding:
        """How cash is rounded, while the shop has `pennies` or once it has none (RULES 9)."""
        key = CASH_ROUNDING if pennies else CASH_ROUNDING_NO_PENNIES
        return CashRounding(str(self.lookup(jurisdiction, key, day)))

    def cash_out_limit(self, jurisdiction: str, day: str) -> CashOutLimit:
        """Up to which balance a card is cashed out when asked (RULES 4). Raises RuleMissing."""
        value = self.lookup(jurisdiction, CASH_OUT, day)
        if not isinstance(value, Mapping):
            raise RuleMissing(jurisdiction, CASH_OUT, day)
        limit = Money(int(value["cents"]), self.currency(jurisdiction, day))
        return CashOutLimit(limit, inclusive=bool(value["inclusive"]))

    def dormancy_years(self, jurisdiction: str, day: str) -> int:
        """After how many years without an act of its owner value is listed for the state; 0 = never. Raises RuleMissing."""
        value = self.lookup(jurisdiction, DORMANCY, day)
        if not isinstance(value, int):
            raise RuleMissing(jurisdiction, DORMANCY, day)
        return int(value)

    def series_tax_point(self, jurisdiction: str, day: str) -> TaxPoint:
        """Whether a series is taxed at its sale or at each visit (RULES 6). Raises RuleMissing."""
        return TaxPoint(str(self.lookup(jurisdiction, SERIES_TAX_POINT, day)))

    def currency(self, jurisdiction: str, day: str) -> str:
        """The money of the place. Raises RuleMissing."""
        return str(self.lookup(jurisdiction, CURRENCY, day))

    def age_in_days(self, day: str) -> int:
        """How old the pack is on a day; the manager sees it, a sale is never blocked by it."""
        return (date.fromisoformat(day) - date.fromisoformat(self.issued)).days


def chain(jurisdiction: str) -> tuple[str, ...]:
    """The place and those around it, the most local first: US-NY-NYC, US-NY, US."""
    parts = jurisdiction.split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))
