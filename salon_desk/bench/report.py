"""The report of a day with very many sales, against its own SQL alone.

The floor runs the traced statements (`floors/traced_sql.py`) and fetches their rows; what the service makes of them is
what is measured.
"""

from __future__ import annotations

import gc
from pathlib import Path

from salon_desk.bench.floors.traced_sql import Trace, open_raw
from salon_desk.bench.floors.traced_sql import run as run_steps
from salon_desk.bench.measure import Figure, Result, compared, interleave, timed
from salon_desk.bench.shop import BenchShop
from salon_desk.bench.workplace import Workplace
from salon_desk.documents.day_report import DayReport
from salon_desk.services.reports import daily_report
from salon_desk.storage.opening import DATABASE

SALES = 1_000


def run(place: Workplace) -> Result:
    """A business day of a thousand sales."""
    folder = place.fresh() / "till"
    shop = BenchShop(folder)
    try:
        return shop.do(lambda: _run(shop, folder / DATABASE, place))
    finally:
        shop.close()


def _run(shop: BenchShop, database: Path, place: Workplace) -> Result:
    sales = place.sized(SALES)
    shop.open_up(visits=sales)
    for turn in range(sales):
        shop.pay(turn, shop.seat(turn), print_language="")
    shop.till.store.idle()
    trace = Trace(shop.till.store.database.driver())
    trace.start()
    report(shop)
    steps = trace.stop()
    raw = open_raw(database)
    cursor = raw.cursor()
    ours, floor = interleave(
        timed(lambda _turn: report(shop)),
        timed(lambda _turn: run_steps(cursor, steps)),
        turns=place.sized(100),
        between=gc.collect,
    )
    raw.close()
    more: dict[str, Figure] = {"sales": sales, "statements": sum(len(step.rows) for step in steps)}
    return compared("report", ours, floor, more=more)


def report(shop: BenchShop) -> DayReport:
    """The newest business day's report, in one snapshot."""
    with shop.till.read() as transaction:
        return daily_report(transaction)
