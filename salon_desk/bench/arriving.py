"""The worst gap on the UI thread, and the longest wait of a cashier, while ten thousand operations arrive at a till.

A real head office in a process of its own has them already; the till's own sync threads take them in behind its open window,
and somebody types. The floor is the same window, the same till and the same typing while nothing arrives. On a machine that
is busy with others, `worst_own_ms` says more than `worst_ms`: what of a gap this process may have spent itself.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median

from salon_desk.bench.chains import as_of, new_till, traded
from salon_desk.bench.floors.heartbeat import Hands, Heartbeat, turn_loop
from salon_desk.bench.gap import SIZE, WORST_MS, manager, typing
from salon_desk.bench.measure import Figure, Result, compared
from salon_desk.bench.offices import STORE, OfficeServer, keys_in
from salon_desk.bench.people import made_items, made_members, typed
from salon_desk.bench.shop import BenchShop
from salon_desk.bench.workplace import Workplace
from salon_desk.bootstrap.office_data import office_at
from salon_desk.bootstrap.screen.collecting import Collecting
from salon_desk.bootstrap.screen.pictures import settle
from salon_desk.bootstrap.screen.run import SWITCH_INTERVAL_S, open_window
from salon_desk.bootstrap.till import RunningTill, open_till
from salon_desk.head_office import enrolment
from salon_desk.services.worker import Worker
from salon_desk.storage.place import Place
from salon_desk.storage.receiving import receive
from salon_desk.ui.app import make_application

OPERATIONS = 10_000
TILLS = 8
VISITS, MEMBERS = 60, 100
"""Of the day that arrives from each till, again and again: every fifth operation or so describes a member."""
QUARTERS = 4
_PATIENCE_S = 120.0
_KEY_MS, _TAP_MS = 60, 25
_AT_ONCE = 500


def run(place: Workplace) -> Result:
    """Quiet, arriving, quiet again; the arrival is judged by its quarters."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_application(sys.argv[:1])
    try:
        with keys_in(place.fresh()):
            return _run(place, Place(folder=place.fresh()), place.fresh() / "till")
    finally:
        sys.setswitchinterval(before)


def _run(place: Workplace, office: Place, folder: Path) -> Result:
    with OfficeServer(office) as server:
        _join(server, office, folder)
    number = _fill(place, office)
    running = open_till(folder)
    try:
        with OfficeServer(office) as server:
            return _with_window(running, server.address, number)
    finally:
        running.close()


def _join(server: OfficeServer, office: Place, folder: Path) -> None:
    """A till with a shop of its own that has told head office everything."""
    shop = BenchShop(folder)
    try:
        shop.do(lambda: shop.open_up(visits=1))
        with office_at(office) as data:
            made = enrolment.new_code(data, store=STORE, till_name="bench", made_by="", confirmed=True)
        shop.running.link.enroll(server.address, made.code).result()
        assert shop.running.wait_until_synced(_PATIENCE_S)
    finally:
        shop.close()


def _fill(place: Workplace, office: Place) -> int:
    """What other tills did while this one was shut, as head office would have recorded it; how many operations."""
    day = traded(place.fresh() / "other", place.sized(VISITS), members=place.sized(MEMBERS))
    each = place.sized(OPERATIONS, QUARTERS * TILLS) // TILLS
    with office_at(office) as data:
        for number in range(TILLS):
            chain = as_of(new_till(number), day, again=1 + each // (len(day) - 1))
            rest = islice(chain, each)
            while some := list(islice(rest, _AT_ONCE)):
                receive(data, some)
    return each * TILLS


def _with_window(running: RunningTill, address: str, number: int) -> Result:
    application = make_application(sys.argv[:1])
    opened = open_window(running, "zh_CN")
    opened.window.resize(*SIZE)
    opened.window.show()
    opened.session.sign_in(running.worker.run(lambda: manager(running.till)))
    opened.window.go("checkout")
    settle(application, opened)
    typist, cashier = Hands(typing(opened, _fragments()), _KEY_MS), Cashier(running.worker)
    collecting = Collecting(application)
    try:
        return _measured(running, address, number, typist, cashier)
    finally:
        collecting.end()
        opened.close()


def _measured(running: RunningTill, address: str, number: int, typist: Hands, cashier: Cashier) -> Result:
    last = running.till.store.head.position + number

    def arrived() -> bool:
        assert time.monotonic() < ends, f"{running.link.status()} of {last}"
        return running.till.store.head.position >= last

    quiet = [_beaten(typist, cashier, _nothing, _over(1.0))[0]]
    calm_waits, cashier.waits = cashier.waits, []
    ends = time.monotonic() + _PATIENCE_S
    began = time.perf_counter()
    gaps, own = _beaten(typist, cashier, lambda: running.link.use_address(address), arrived)
    seconds = time.perf_counter() - began
    waits = cashier.waits
    rest = max(0.5, seconds / QUARTERS)
    quiet += [_beaten(typist, cashier, _nothing, _over(rest))[0] for _ in range(QUARTERS - 1)]
    worst = [max(part) for part in _parts(gaps)]
    more: dict[str, Figure] = {
        "worst_ms": round(max(worst), 1),
        "median_of_worst_ms": round(median(worst), 1),
        "worst_own_ms": round(max(own), 1),
        "beats": len(gaps),
        "over_16_ms": sum(gap > 16 for gap in gaps),
        "operations": number,
        "operations_a_second": round(number / seconds),
        "cashier_waited_worst_ms": round(max(waits), 1),
        "cashier_waited_median_ms": round(median(waits), 2),
        "cashier_waited_when_quiet_ms": round(max(calm_waits), 1),
        "cashier_asked": len(waits),
    }
    aim = f"worst under {WORST_MS:g} ms"
    return compared("arriving", [[one] for one in worst], [[max(one)] for one in quiet], aim=aim, more=more)


@dataclass
class Cashier:
    """Asks the database worker for something again and again, from the UI thread; how long each had to wait."""

    worker: Worker
    waits: list[float] = field(default_factory=list)

    def taps(self) -> Iterator[Callable[[], None]]:
        """One question after the other, without end."""
        return itertools.repeat(self._tap)

    def _tap(self) -> None:
        asked, waits = time.perf_counter_ns(), self.waits

        def note(_done: Future[None]) -> None:
            waits.append((time.perf_counter_ns() - asked) / 1e6)

        self.worker.submit(_nothing).add_done_callback(note)


def _beaten(
    typist: Hands, cashier: Cashier, begin: Callable[[], object], until: Callable[[], bool]
) -> tuple[list[float], list[float]]:
    """The gaps while somebody types and taps, until something is so; and the part of each that is this process's own."""
    tapping, heart = Hands(cashier.taps(), _TAP_MS), Heartbeat()
    typist.start()
    tapping.start()
    begin()
    heart.start()
    turn_loop(until)
    tapping.stop()
    typist.stop()
    return heart.stop(), heart.own


def _over(seconds: float) -> Callable[[], bool]:
    ends: list[float] = []

    def over() -> bool:
        if not ends:
            ends.append(time.monotonic() + seconds)
        return time.monotonic() > ends[0]

    return over


def _parts(gaps: list[float]) -> list[list[float]]:
    """The gaps of each quarter of the time."""
    whole, upto = sum(gaps), 0.0
    parts: list[list[float]] = [[] for _ in range(QUARTERS)]
    for gap in gaps:
        parts[min(QUARTERS - 1, int(upto / whole * QUARTERS))].append(gap)
        upto += gap
    return [part for part in parts if part]


def _fragments() -> list[str]:
    chance = random.Random(7)
    both = zip(made_members(MEMBERS), made_items(MEMBERS), strict=True)
    return [typed(chance, member, item) for member, item in both]


def _nothing() -> None:
    """Done at once."""
