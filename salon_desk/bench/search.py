"""Searching among very many members and items: what a cashier types, answered within a frame.

The floor is in `floors/index_lookup.py`: the same look-ups in the index by plain sqlite3. Filling goes the way of an
import, so how long that takes and what the index weighs are figures too.
"""

from __future__ import annotations

import contextlib
import gc
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from salon_desk.bench.floors.index_lookup import RawIndex, lookups
from salon_desk.bench.floors.traced_sql import Step, Trace
from salon_desk.bench.measure import Figure, Result, compared, interleave, timed
from salon_desk.bench.shop import BenchShop
from salon_desk.bench.workplace import LargeShop, Workplace
from salon_desk.services.search import search
from salon_desk.storage.opening import DATABASE

FRAME_MS = 16.0


def run(place: Workplace) -> Result:
    """Random fragments of names, pinyin, initials, telephones and codes; also one letter that fits thousands."""
    large = place.large_shop()
    shop = BenchShop(large.folder)
    try:
        return shop.do(lambda: _run(shop, large))
    finally:
        shop.close()


def _run(shop: BenchShop, large: LargeShop) -> Result:
    fragments = large.fragments
    index = RawIndex(large.folder / DATABASE)
    asked, answered = _traced(shop, fragments)
    ours, floor = interleave(
        timed(lambda turn: search(shop.till, fragments[turn])),
        timed(lambda turn: index.find(asked[turn])),
        turns=len(fragments),
        between=gc.collect,
    )
    index.close()
    more = {**large.figures, **_index_figures(shop, large.folder / DATABASE), "answered": answered}
    return compared("search", ours, floor, aim=f"our p99 under {FRAME_MS:g} ms", more=more)


def _traced(shop: BenchShop, fragments: Sequence[str]) -> tuple[list[tuple[Step, ...]], float]:
    """The look-ups behind each fragment, and which part of the fragments was answered at all."""
    trace = Trace(shop.till.store.database.driver())
    asked, answered = [], 0
    for fragment in fragments:
        trace.start()
        answered += bool(search(shop.till, fragment))
        asked.append(lookups(trace.stop()))
    return asked, round(answered / len(fragments), 3)


def _index_figures(shop: BenchShop, database: Path) -> dict[str, Figure]:
    """Rows of the index, and its size where this SQLite can tell."""
    driver = shop.till.store.database.driver()
    figures: dict[str, Figure] = {
        "database_megabytes": round(database.stat().st_size / 1e6, 1),
        "terms": driver.execute("SELECT count(*) FROM local_search_terms").fetchone()[0],
    }
    with contextlib.suppress(sqlite3.OperationalError):
        size = "SELECT sum(pgsize) FROM dbstat WHERE name = 'local_search_terms'"
        figures["index_megabytes"] = round(driver.execute(size).fetchone()[0] / 1e6, 1)
    return figures
