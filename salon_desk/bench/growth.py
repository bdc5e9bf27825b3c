"""What it costs to take in an operation of another till, in a journal of ten thousand and in one that is far longer.

The floor is the same `receive` with the same operations at the short journal, so the ratio should be near 1. With
SALON_DESK_GROWTH=1000000 the long one has a million.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterable, Iterator
from itertools import chain, count, islice
from pathlib import Path

from salon_desk.bench.chains import as_of, new_till, traded
from salon_desk.bench.measure import Figure, Result, compared, interleave, metered, timed, timing
from salon_desk.bench.workplace import Workplace
from salon_desk.bootstrap.machine import SystemClock, Uuid7
from salon_desk.operations.envelope import Envelope
from salon_desk.storage.opening import open_store
from salon_desk.storage.receiving import receive
from salon_desk.storage.store import Store

SHORT, LONG = 10_000, 100_000
A_TILL = 5_000
"""Operations of one till before the next one's begin."""
A_BATCH, TURNS, VISITS = 100, 24, 60
_AT_ONCE = 500
_MEASURED = -1


def run(place: Workplace) -> Result:
    """The same batches into a copy of the journal as it was when it was short, and into it as it has become."""
    folder = place.fresh()
    day = traded(folder / "day", place.sized(VISITS))
    short, long = place.sized(SHORT, 40), place.sized(int(os.environ.get("SALON_DESK_GROWTH", LONG)), 80)
    others = _others(day)
    store = _open(folder / "short")
    _fill(store, islice(others, short))
    store.close()
    shutil.copytree(folder / "short", folder / "long")
    least, grown = _open(folder / "short"), _open(folder / "long")
    try:
        _fill(grown, islice(others, long - short))
        return _measured(place, day, least, grown)
    finally:
        least.close()
        grown.close()


def _measured(place: Workplace, day: list[Envelope], least: Store, grown: Store) -> Result:
    turns, here = place.sized(TURNS), (least.head.position, grown.head.position)
    again = 1 + turns * A_BATCH // (len(day) - 1)
    arriving = as_of(new_till(_MEASURED), day, again=again, days_later=here[1])
    batches = [list(islice(arriving, A_BATCH)) for _turn in range(turns)]
    ours_cpu: list[float] = []
    floor_cpu: list[float] = []

    def between() -> None:
        least.idle()
        grown.idle()
        gc.collect()

    ours, floor = interleave(
        timed(metered(lambda turn: receive(grown, batches[turn]), ours_cpu)),
        timed(metered(lambda turn: receive(least, batches[turn]), floor_cpu)),
        turns=turns,
        between=between,
    )
    more: dict[str, Figure] = {
        "batch": A_BATCH,
        "short_journal": here[0],
        "long_journal": here[1],
        "our_processor_ms": timing(ours_cpu).p50,
        "floor_processor_ms": timing(floor_cpu).p50,
        "our_ms_each": round(timing([time for one in ours for time in one]).p50 / A_BATCH, 3),
        "floor_ms_each": round(timing([time for one in floor for time in one]).p50 / A_BATCH, 3),
    }
    return compared("growth", ours, floor, aim="ratio near 1", more=more)


def _others(day: list[Envelope]) -> Iterator[Envelope]:
    """Operations of one till after the other, without end."""
    again = 1 + A_TILL // (len(day) - 1)
    return chain.from_iterable(
        islice(as_of(new_till(1_000 + number), day, again=again, days_later=number * again), A_TILL)
        for number in count()
    )


def _fill(store: Store, envelopes: Iterable[Envelope]) -> None:
    rest = iter(envelopes)
    while some := list(islice(rest, _AT_ONCE)):
        receive(store, some)
        store.idle()


def _open(folder: Path) -> Store:
    return open_store(folder, SystemClock(), Uuid7())
