"""Top-up offers: their dates, and that a bonus which may lapse says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.catalog import Category, Item, ItemKind, TopUpOffer, check_offer
from salon_desk.domain.errors import (
    AmountMissing,
    BonusTermsMissing,
    CurrencyMismatch,
    NegativeAmount,
    OfferNotValid,
)
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from tests.unit.domain.shop import usd

SEASON = TopUpOffer(
    "o1", Names("1000 + 100", "储值1000送100"), usd(100_000), usd(10_000), "2026-11-01", "2026-11-30"
)


@pytest.mark.parametrize("day", ["2026-11-01", "2026-11-30"])
def test_an_offer_holds_on_its_first_and_its_last_day(day: str) -> None:
    check_offer(SEASON, day)


@pytest.mark.parametrize("day", ["2026-10-31", "2026-12-01"])
def test_an_offer_is_refused_outside_its_dates(day: str) -> None:
    with pytest.raises(OfferNotValid) as refused:
        check_offer(SEASON, day)
    assert refused.value.business_day == day


def test_an_offer_without_dates_always_holds() -> None:
    check_offer(replace(SEASON, from_day=None, to_day=None), "1999-01-01")


@pytest.mark.parametrize("terms", [None, Names(""), Names("  ")])
def test_a_bonus_that_may_lapse_is_refused_without_its_text(terms: Names | None) -> None:
    with pytest.raises(BonusTermsMissing):
        check_offer(replace(SEASON, bonus_expires_days=90, terms=terms), "2026-11-05")


def test_a_bonus_that_may_lapse_is_sold_with_its_text() -> None:
    terms = Names("Bonus lapses after 90 days", "赠送金额90天内有效")
    check_offer(replace(SEASON, bonus_expires_days=90, terms=terms), "2026-11-05")


def test_paid_value_has_no_date_so_no_bonus_needs_no_text() -> None:
    check_offer(replace(SEASON, bonus=usd(0), bonus_expires_days=90), "2026-11-05")


def test_an_offer_asks_for_money_and_gives_none_back() -> None:
    with pytest.raises(AmountMissing):
        check_offer(replace(SEASON, pay=usd(0)), "2026-11-05")
    with pytest.raises(NegativeAmount):
        check_offer(replace(SEASON, pay=usd(-1)), "2026-11-05")
    with pytest.raises(NegativeAmount):
        check_offer(replace(SEASON, bonus=usd(-1)), "2026-11-05")
    with pytest.raises(CurrencyMismatch):
        check_offer(replace(SEASON, bonus=Money(1, "CAD")), "2026-11-05")


def test_an_item_of_open_price_has_none() -> None:
    nails = Category("nails", Names("Nails", "美甲"), "rose", 1)
    art = Item("i9", ItemKind.SERVICE, Names("Nail Art"), nails.category_id, None, 30, "service.nail")
    assert art.price is None
    assert art.code == ""
