"""Tiers: the owner's rules for who belongs to which, and what a member's figures come to by them.

What a tier is good for is a promotion that asks for it (`promotion.py`). No figure is summed here, and a tier that no rule knows is
the owner's own word: it is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from salon_desk.domain.errors import TierInvalid
from salon_desk.domain.limits import MAX_CENTS, MAX_NAME, MAX_REFERENCE, check_text
from salon_desk.domain.names import Names

MOST_TIERS = 20
LONGEST_WINDOW = 3_660
MOST_COUNTED = 100 * MAX_CENTS


class Measure(StrEnum):
    """What is counted: money for goods and services before tax, visits, money for value, members brought."""

    SPEND = "spend"
    VISITS = "visits"
    TOP_UP = "top_up"
    REFERRALS = "referrals"


@dataclass(frozen=True, slots=True)
class TierRule:
    """A tier and how it is reached: `least` of a measure (cents, or a count) within so many days back, 0 = ever.

    `rank`: a higher one stands over a lower; a member has the highest that is reached.
    """

    tier: str
    names: Names
    rank: int
    measure: Measure
    least: int
    window_days: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """The tier that a member's figures come to, by which rule and with which figure; no rule: none is reached."""

    tier: str = ""
    rule: TierRule | None = None
    measured: int = 0


Measured = Callable[[Measure, str], int]
"""A member's figure since a business day (ISO date, inclusive)."""


def check_rules(rules: Sequence[TierRule]) -> None:
    """Refuse rules that cannot be meant. Raises TierInvalid, TextTooLong."""
    if len(rules) > MOST_TIERS:
        raise TierInvalid("tiers")
    for one in rules:
        check_text("tier", one.tier, MAX_REFERENCE)
        for name in (one.names.en, one.names.zh_CN, one.names.zh_TW):
            check_text("name", name, MAX_NAME)
        if not one.tier.strip() or not one.names.in_language("zh_CN"):
            raise TierInvalid("name")
        if not 0 < one.least <= MOST_COUNTED:
            raise TierInvalid("least")
        if not 0 <= one.window_days <= LONGEST_WINDOW:
            raise TierInvalid("window_days")
    for field in ("tier", "rank"):
        if len({getattr(one, field) for one in rules}) < len(rules):
            raise TierInvalid(field)


def first_day(today: str, window_days: int) -> str:
    """The first business day of a window that ends today; empty for ever."""
    if not window_days:
        return ""
    return (date.fromisoformat(today) - timedelta(days=window_days - 1)).isoformat()


def reached(rules: Sequence[TierRule], measured: Measured, today: str) -> Reached:
    """The highest tier that a member has reached."""
    for rule in sorted(rules, key=lambda one: one.rank, reverse=True):
        figure = measured(rule.measure, first_day(today, rule.window_days))
        if figure >= rule.least:
            return Reached(rule.tier, rule, figure)
    return Reached()


def known(rules: Sequence[TierRule], tier: str) -> TierRule | None:
    """The rule of the tier that stands with a member, by its id or a name of it."""
    for one in rules if tier else ():
        if tier in (one.tier, one.names.en, one.names.zh_CN, one.names.zh_TW):
            return one
    return None


def moves(rules: Sequence[TierRule], tier: str, to: Reached) -> bool:
    """Whether a member changes tier: never from one that no rule knows."""
    if not tier:
        return bool(to.tier)
    stands = known(rules, tier)
    return stands is not None and stands.tier != to.tier
