"""All triggers of a day for very many members with very many visits, on one core; and a segment among them.

The floor is the same SQL by plain sqlite3 (`floors/traced_sql.py`), whose rows are fetched and forgotten. Ours is measured when all of
it was said before, so that both only look; recording it once is a figure of its own. SALON_DESK_TRIGGER_VISITS says how many visits.
"""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from salon_desk.bench import reminded
from salon_desk.bench.floors.traced_sql import Trace, open_raw
from salon_desk.bench.floors.traced_sql import run as run_raw
from salon_desk.bench.measure import Figure, Result, compared, interleave, timed, timing
from salon_desk.bench.visits import fill_visits
from salon_desk.bench.workplace import Workplace
from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.segment import Compare, Condition
from salon_desk.domain.segment import Figure as SegmentFigure
from salon_desk.services import segments, triggers
from salon_desk.storage.opening import DATABASE
from salon_desk.storage.queries import triggered
from salon_desk.storage.store import Store

VISITS = int(os.environ.get("SALON_DESK_TRIGGER_VISITS", "2000000"))
SALES = 2_000
"""Of a day."""
_AWAY = (
    Condition(SegmentFigure.BALANCE, Compare.AT_LEAST, "10000"),
    Condition(SegmentFigure.LAST_VISIT, Compare.AT_LEAST, "60"),
)


def run(place: Workplace) -> Iterator[Result]:
    """A day's round with that day's sales, then who has over $100 and was not here for two months."""
    folder, more = filled(place)
    store = reminded.opened(folder)
    try:
        reminded.switch_on(store)
        yield _a_day(store, folder / DATABASE, place, more)
        yield _a_segment(store, folder / DATABASE, more)
    finally:
        store.close()


@cache
def filled(place: Workplace) -> tuple[Path, dict[str, Figure]]:
    """A till's folder with everything that triggers look at, and how much that is; filled once a run, for whoever wants it next."""
    folder = place.fresh() / "till"
    shutil.copytree(place.large_shop().folder, folder)
    visits, sales = place.sized(VISITS, 200), place.sized(SALES, 20)
    members = fill_visits(folder, visits)
    reminded.fill(folder, sales)
    return folder, {
        "members": len(members),
        "visits": visits,
        "sales_of_the_day": sales,
        "database_megabytes": round((folder / DATABASE).stat().st_size / 1e6, 1),
    }


def seen_before(store: Store, sales: int) -> int:
    """The position of the journal before the sales of the day."""
    with store.database.read() as transaction:
        return triggered.last_position(transaction) - sales - 1


def _a_day(store: Store, database: Path, place: Workplace, more: dict[str, Figure]) -> Result:
    sales = place.sized(SALES, 20)
    seen = seen_before(store, sales)
    reminded.set_back(store, seen)
    began, spent, slices = time.perf_counter(), time.process_time(), _slices(store)
    recorded, spent = time.perf_counter() - began, time.process_time() - spent
    with store.database.read() as transaction:
        said = triggered.last_position(transaction) - seen - sales - 1
    store.idle()

    def ours(_turn: int) -> None:
        reminded.set_back(store, seen)
        _slices(store)

    trace = Trace(store.database.driver())
    trace.start()
    ours(0)
    steps = tuple(one for one in trace.stop() if not one.writes)
    raw = open_raw(database)
    cursor = raw.cursor()
    mine, least = interleave(timed(ours), timed(lambda _turn: run_raw(cursor, steps)), turns=2, rounds=2)
    raw.close()
    worst = timing(slices)
    figures: dict[str, Figure] = {
        **more,
        "said": said,
        "first_round_seconds": round(recorded, 1),
        "first_round_processor_seconds": round(spent, 1),
        "slices": len(slices),
        "slice_p50_processor_ms": worst.p50,
        "slice_p99_processor_ms": worst.p99,
        "slice_worst_processor_ms": worst.worst,
        "statements": sum(len(step.rows) for step in steps),
    }
    return compared(
        "triggers", mine, least, aim="our first round under 60 seconds, a slice under 50 ms", more=figures
    )


def _slices(store: Store) -> list[float]:
    """Everything that there is to look at; the milliseconds of processor of each slice, for a busy machine is not ours."""
    found = []
    more = True
    while more:
        began = time.thread_time_ns()
        more = triggers.rest(store)
        found.append((time.thread_time_ns() - began) / 1e6)
    return found


def _a_segment(store: Store, database: Path, more: dict[str, Figure]) -> Result:
    asked = segments.question(store, load_rules(), _AWAY)
    slices: list[float] = []

    def read(work: Callable[..., object]) -> object:
        began = time.thread_time_ns()
        found = segments.reads(store)(work)
        slices.append((time.thread_time_ns() - began) / 1e6)
        return found

    found = segments.members(read, asked)  # type: ignore[arg-type]
    trace = Trace(store.database.driver())
    trace.start()
    segments.members(segments.reads(store), asked)
    steps = trace.stop()
    raw = open_raw(database)
    cursor = raw.cursor()
    mine, least = interleave(
        timed(lambda _turn: segments.members(segments.reads(store), asked)),
        timed(lambda _turn: run_raw(cursor, steps)),
        turns=4,
        between=gc.collect,
    )
    raw.close()
    figures: dict[str, Figure] = {
        **more,
        "found": len(found),
        "processor_ms": round(sum(slices), 1),
        "slices": len(slices),
        "slice_worst_processor_ms": round(max(slices), 1),
    }
    return compared("segment", mine, least, aim="ours under 2 seconds, a slice under 50 ms", more=figures)
