"""The owner's rules of a shop: only what was changed is recorded, now or for a day; what says nothing clear is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from salon_desk.domain.errors import AmountTooLarge, NegativeAmount, PermissionNeeded
from salon_desk.domain.message_gate import Caps
from salon_desk.domain.money import Money
from salon_desk.services.report_errors import BadDay
from salon_desk.services.shop_rule_errors import ShopRuleInvalid
from salon_desk.services.shop_rules import PlannedRules, ShopRules, save, standing, take_back
from tests.integration.services.shop import CASHIER, MANAGER, Shop, dollars


def rules(shop: Shop) -> ShopRules:
    return standing(shop.till).rules


def with_points(before: ShopRules, **points: Any) -> ShopRules:
    return replace(before, points=replace(before.points, **points))


def test_what_is_written_holds_and_what_was_not_touched_stays_another_owners(shop: Shop) -> None:
    before = rules(shop)
    save(shop.till, shop.command(), MANAGER, before, replace(before, cash_tips_stay=True))
    wanted = replace(
        with_points(before, rate="0.5", convert_at=500, bonus_cents=500),
        unproven_limit=dollars("50"),
        family_spends=False,
        cash_rounding="nearest_five",
    )
    save(shop.till, shop.command(), MANAGER, before, wanted)
    assert rules(shop) == replace(wanted, cash_tips_stay=True)


def test_what_is_planned_is_named_by_its_day_and_can_be_taken_back(shop: Shop) -> None:
    before = rules(shop)
    wanted = replace(before, unproven_limit=dollars("80"))
    save(shop.till, shop.command(), MANAGER, before, wanted, from_day="2027-01-01")
    assert rules(shop) == before
    assert standing(shop.till).planned == (PlannedRules("2027-01-01", frozenset({"unproven_limit_cents"})),)
    with pytest.raises(PermissionNeeded):
        take_back(shop.till, shop.command(), CASHIER, "2027-01-01")
    take_back(shop.till, shop.command(), MANAGER, "2027-01-01")
    assert standing(shop.till).planned == ()


@pytest.mark.parametrize(
    ("points", "field"),
    [
        ({"rate": "much"}, "rate"),
        ({"convert_at": -1}, "convert_at"),
        ({"convert_at": 500}, "bonus"),
        ({"convert_at": 500, "coupon": "none-such"}, "coupon"),
        ({}, "same"),
    ],
)
def test_what_says_nothing_clear_is_refused(shop: Shop, points: dict[str, Any], field: str) -> None:
    before = rules(shop)
    with pytest.raises(ShopRuleInvalid) as caught:
        save(shop.till, shop.command(), MANAGER, before, with_points(before, **points))
    assert caught.value.field == field


@pytest.mark.parametrize(("caps", "field"), [(Caps(-1), "offers"), (Caps(most_a_day=101), "offers_a_day")])
def test_offers_that_go_out_so_often_are_refused(shop: Shop, caps: Caps, field: str) -> None:
    before = rules(shop)
    with pytest.raises(ShopRuleInvalid) as caught:
        save(shop.till, shop.command(), MANAGER, before, replace(before, caps=caps))
    assert caught.value.field == field


def test_a_cashier_and_amounts_out_of_range_and_no_day_are_refused(shop: Shop) -> None:
    before = rules(shop)
    changed = replace(before, family_spends=not before.family_spends)
    with pytest.raises(PermissionNeeded):
        save(shop.till, shop.command(), CASHIER, before, changed)
    with pytest.raises(BadDay):
        save(shop.till, shop.command(), MANAGER, before, changed, from_day="soon")
    for cents, error in ((-1, NegativeAmount), (10_000_001, AmountTooLarge)):
        limit = replace(before, unproven_limit=Money(cents, "USD"))
        with pytest.raises(error):
            save(shop.till, shop.command(), MANAGER, before, limit)
    assert rules(shop) == before
