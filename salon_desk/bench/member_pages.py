"""The members screen among very many members with very many visits: the list, a profile, a statement, each within a frame or two.

The floor is the same SQL by plain sqlite3 (`floors/traced_sql.py`); finding somebody is measured in `search.py`. SALON_DESK_VISITS says
how many visits there are, 2000000 for the full size.
"""

from __future__ import annotations

import gc
import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from salon_desk.bench.floors.traced_sql import Step, Trace, open_raw
from salon_desk.bench.floors.traced_sql import run as run_raw
from salon_desk.bench.measure import Figure, Result, compared, interleave, timed
from salon_desk.bench.shop import LANGUAGE, BenchShop
from salon_desk.bench.visits import fill_visits
from salon_desk.bench.workplace import Workplace
from salon_desk.services import owned
from salon_desk.storage.opening import DATABASE
from salon_desk.storage.queries import cards
from salon_desk.ui.screens.members import reading

VISITS = int(os.environ.get("SALON_DESK_VISITS", "100000"))
_ASKED = 400
_AIM = "our p99 under 33 ms, two frames"

Ask = Callable[[int], object]


def run(place: Workplace) -> Iterator[Result]:
    """Members at random, each asked for once by either side."""
    large = place.large_shop()
    folder = place.fresh() / "till"
    shutil.copytree(large.folder, folder)
    visits = place.sized(VISITS, 200)
    members = fill_visits(folder, visits)
    chosen = random.Random(11).choices(members, k=place.sized(_ASKED, 4))
    more: dict[str, Figure] = {
        "members": len(members),
        "visits": visits,
        "database_megabytes": round((folder / DATABASE).stat().st_size / 1e6, 1),
    }
    shop = BenchShop(folder)
    try:
        for one in _asks(shop, chosen):
            yield shop.do(lambda one=one: _held(shop, folder / DATABASE, one, turns=len(chosen), more=more))  # type: ignore[misc]
    finally:
        shop.close()


def _asks(shop: BenchShop, chosen: Sequence[str]) -> Iterator[tuple[str, Ask]]:
    till = shop.till
    with till.read() as transaction:
        first = {one: cards.cards_of(transaction, one)[0].assets.paid for one in set(chosen)}
    yield "member-list", lambda _turn: reading.find(till, "")
    yield "member-profile", lambda turn: reading.open_page(till, chosen[turn])
    yield (
        "member-statement",
        lambda turn: owned.read(till, chosen[turn], first[chosen[turn]], LANGUAGE),
    )


def _held(
    shop: BenchShop, database: Path, asked_for: tuple[str, Ask], *, turns: int, more: dict[str, Figure]
) -> Result:
    """One question against its own SQL. Database worker."""
    name, ask = asked_for
    asked = _traced(shop, ask, turns)
    connection = open_raw(database)
    cursor = connection.cursor()

    def least(turn: int) -> None:
        cursor.execute("BEGIN")
        run_raw(cursor, asked[turn])
        cursor.execute("COMMIT")

    ours, floor = interleave(timed(ask), timed(least), turns=turns, between=gc.collect)
    connection.close()
    statements = sum(len(step.rows) for step in asked[0])
    return compared(name, ours, floor, aim=_AIM, more={**more, "statements": statements})


def _traced(shop: BenchShop, ask: Ask, turns: int) -> list[tuple[Step, ...]]:
    trace = Trace(shop.till.store.database.driver())
    found = []
    for turn in range(turns):
        trace.start()
        ask(turn)
        found.append(trace.stop())
    return found
