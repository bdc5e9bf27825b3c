"""What an undo is made of: which top-up an asset hangs on, what missing units come to, what a discount leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.claim import asset_of_pending, pending_asset, top_up_of, top_up_right
from salon_desk.domain.errors import InsufficientValue
from salon_desk.domain.pricing import lowers
from salon_desk.domain.series import VisitUse
from salon_desk.domain.ticket import DiscountScope
from salon_desk.domain.undo import worth
from tests.unit.domain.shop import off, service, usd


def test_an_asset_hangs_on_the_top_up_that_it_waits_for_or_undoes_and_others_on_none() -> None:
    waiting = pending_asset("S1-1-7", "value/card/paid")
    assert [top_up_of(asset) for asset in (waiting, top_up_right("S1-1-7"), "value/card/paid")] == [
        "S1-1-7",
        "S1-1-7",
        "",
    ]
    assert asset_of_pending(waiting) == ("S1-1-7", "value/card/paid")
    assert asset_of_pending("value/card/paid") == ("", "")


def test_missing_units_come_to_what_each_asset_is_priced_at_and_without_a_price_nothing_is_undone() -> None:
    assert worth({"points": 30, "visits": 2}, {"points": 1, "visits": 2500}) == 5030
    with pytest.raises(InsufficientValue):
        worth({"points": 30, "visits": 2}, {"points": 1})


def test_a_discount_leaves_a_line_alone_that_a_visit_of_a_series_pays() -> None:
    birthday, line = off("birthday", 1000, DiscountScope.SERVICES), service("gel", 4500)
    assert lowers(birthday, line)
    visit = VisitUse("series", "part", (("visits", 1),), usd(4500), taxed=False)
    assert not lowers(birthday, replace(line, visit=visit))
