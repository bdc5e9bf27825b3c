"""Verifying a till's folder, against reading and hashing every byte of it once.

The floor is in `floors/whole_reading.py`. What is measured is the rebuilding of every projection and the comparing.
"""

from __future__ import annotations

import gc

from salon_desk.bench.floors.whole_reading import read_everything
from salon_desk.bench.measure import Result, compared, interleave, timed
from salon_desk.bench.shop import BenchShop
from salon_desk.bench.workplace import Workplace
from salon_desk.storage.opening import ANCHOR, DATABASE
from salon_desk.storage.verify import verify

SALES = 500


def run(place: Workplace) -> Result:
    """The folder of a day of five hundred sales, the till closed."""
    folder, sales = place.fresh() / "till", place.sized(SALES)
    shop = BenchShop(folder)
    try:
        shop.do(lambda: shop.open_up(visits=sales))
        for turn in range(sales):
            shop.do(lambda turn=turn: shop.pay(turn, shop.seat(turn)))  # type: ignore[misc]
    finally:
        shop.close()
    found = verify(folder)
    assert found.ok, found.problems
    ours, floor = interleave(
        timed(lambda _turn: verify(folder)),
        timed(lambda _turn: read_everything(folder / DATABASE, folder / ANCHOR)),
        turns=place.sized(8),
        between=gc.collect,
    )
    return compared("verify", ours, floor, more={"operations": found.operations, "sales": sales})
