"""Overdraft: how much may be given beyond what lies here."""

from __future__ import annotations

import pytest

from salon_desk.domain.overdraft import Exposure, allowed, card_of_overdraft, overdraft_asset


@pytest.mark.parametrize(
    ("missing", "of_card", "of_store", "elsewhere", "may"),
    [
        (700, 0, 0, 5_000, 700),
        (1_500, 0, 0, 5_000, 1_000),
        (700, 600, 0, 5_000, 400),
        (700, 0, 9_800, 5_000, 200),
        (700, 0, 0, 250, 250),
        (700, 1_200, 0, 5_000, 0),
        (700, 0, 0, -50, 0),
    ],
)
def test_the_smallest_of_what_is_missing_both_limits_and_the_balance_last_known_is_given(
    missing: int, of_card: int, of_store: int, elsewhere: int, may: int
) -> None:
    assert allowed(missing, most=1_000, owed=Exposure(of_card, of_store), elsewhere=elsewhere) == may


def test_nothing_is_given_where_no_limit_is_set() -> None:
    assert allowed(700, most=0, owed=Exposure(0, 0), elsewhere=5_000) == 0


def test_what_is_owed_is_an_asset_of_its_own_that_names_its_card() -> None:
    assert card_of_overdraft(overdraft_asset("a/b", "USD")) == "a/b"
    assert card_of_overdraft("card/a/USD/paid") == ""
    assert card_of_overdraft("points/a") == ""
