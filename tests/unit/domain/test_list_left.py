"""What a list left over is named by its purse and the list, so that an undo finds it by the purse alone."""

from __future__ import annotations

import pytest

from salon_desk.domain.list_left import left_asset, left_of_asset, list_of_left


@pytest.mark.parametrize("asset", ["card/c1/USD/paid", "gift/g1/CAD", "series/s1/1/USD/3333", "points/m1"])
def test_what_a_list_left_over_names_its_purse_and_the_list(asset: str) -> None:
    left = left_asset(asset, "0af3-1")
    assert left.startswith(left_of_asset(asset))
    assert list_of_left(left) == "0af3-1"
    assert list_of_left(asset) == ""
