"""Cover: an asset for each stranded purse, how much of it may be opened, and when it is due."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.domain.cover import (
    Covered,
    cover_asset,
    covered_by,
    covers_of,
    due,
    may_be_covered,
    may_be_given_anew,
    may_cover,
)

PAID = "card/a/b/USD/paid"


@pytest.mark.parametrize("node", ["till", "a/b", "a%2Fb", "店"])
def test_a_cover_names_the_purse_that_it_stands_for(node: str) -> None:
    covered = Covered(PAID, node, "first/epoch")
    assert covered_by(cover_asset(covered)) == covered
    assert cover_asset(covered).startswith(covers_of(PAID))
    assert (covered.card, covered.currency) == ("a/b", "USD")


def test_other_assets_are_no_covers() -> None:
    for asset in (PAID, "overdraft/a/USD", "cover/a", "covers/card/a/USD/paid/n/e"):
        assert covered_by(asset) is None


def test_a_gift_card_is_covered_like_any_other() -> None:
    covered = Covered("gift/g1/CAD", "till", "epoch")
    assert covered_by(cover_asset(covered)) == covered
    assert (covered.card, covered.currency) == ("g1", "CAD")


def test_visits_points_and_coupons_are_given_anew_and_not_with_money() -> None:
    for asset in ("series/s1/1/USD/3333", "points/m1", "coupon/c1"):
        assert may_be_given_anew(asset)
        assert not may_be_covered(asset)
    for asset in (PAID, "gift/g1/USD", "refund/t/l", "points-owed/m1"):
        assert not may_be_given_anew(asset)


def test_money_on_a_card_alone_is_covered() -> None:
    assert may_be_covered(PAID)
    assert may_be_covered("gift/g1/USD")
    for asset in ("refund/t/l", "series/a", "overdraft/a/USD", cover_asset(Covered(PAID, "n", "e"))):
        assert not may_be_covered(asset)


@pytest.mark.parametrize(
    ("uncovered", "open_on_card", "may"), [(70, 0, 70), (70, 50, 50), (70, 100, 0), (70, 120, 0)]
)
def test_nobody_is_asked_up_to_the_limit_of_a_card(uncovered: int, open_on_card: int, may: int) -> None:
    assert may_cover(uncovered, limit=100, open_on_card=open_on_card) == may


@given(st.integers(0, 500), st.lists(st.tuples(st.booleans(), st.integers(0, 200)), max_size=20))
@settings(max_examples=60)
def test_what_was_redeemed_never_exceeds_what_was_issued_and_covered(
    issued: int, steps: list[tuple[bool, int]]
) -> None:
    """The stranded purse is spent, sent home or kept while the cover is spent elsewhere; it is repaid as far as it is due."""
    stranded = covered = cover = here = issued
    redeemed = lost = 0
    for there, units in steps:
        if there:
            sent = min(units // 2, stranded)
            spent = min(units - sent, stranded - sent)
            stranded -= sent + spent
            redeemed += spent
            here += sent
            taken = min(due(cover, stranded), here)
            cover, here = cover - taken, here - taken
            gone = due(cover, stranded) if not here else 0
            cover, lost = cover - gone, lost + gone
        else:
            spent = min(units, here)
            redeemed += spent
            here -= spent
        assert redeemed <= issued + covered
        assert redeemed + here + stranded == issued + cover + lost
