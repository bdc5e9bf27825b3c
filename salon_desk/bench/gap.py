"""The worst gap on the UI thread while a day is traded in a large shop: sales, receipts being drawn, and typing.

The floor is the same window and the same heartbeat (`floors/heartbeat.py`) with nothing to do behind it. The day is
played as fast as the worker can, which is busier than any shop.
"""

from __future__ import annotations

import gc
import itertools
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from salon_desk.bench.floors.heartbeat import Hands, Heartbeat, turn_loop
from salon_desk.bench.measure import Figure, Result, compared, timed, timing
from salon_desk.bench.workplace import LargeShop, Workplace
from salon_desk.bootstrap.screen.collecting import Collecting
from salon_desk.bootstrap.screen.pictures import settle
from salon_desk.bootstrap.screen.run import SWITCH_INTERVAL_S, open_window
from salon_desk.bootstrap.screen.window import TillWindow
from salon_desk.bootstrap.till import RunningTill, open_till
from salon_desk.bootstrap.trading_day import play
from salon_desk.domain.access import Role
from salon_desk.services import demo_file, sign_in
from salon_desk.services.device_settings import DeviceChoice
from salon_desk.services.sign_in import SignedIn
from salon_desk.services.till import Actor, Till
from salon_desk.settings import demo_shop
from salon_desk.ui.app import make_application

SALES = 40
ROUNDS = 4
WORST_MS = 50.0
_KEY_MS = 60
SIZE = (1366, 768)


def run(place: Workplace) -> Result:
    """Rounds of a quiet till and of a busy one, in turns."""
    large = place.large_shop()
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application(sys.argv[:1])
    receipts = f"emulated:{place.fresh()}"
    running = open_till(large.folder, devices=DeviceChoice.printing(receipts))
    try:
        opened = open_window(running, "zh_CN")
        opened.window.resize(*SIZE)
        opened.window.show()
        opened.session.sign_in(running.worker.run(lambda: manager(running.till)))
        opened.window.go("checkout")
        settle(application, opened)
        collecting = Collecting(application)
        try:
            return _rounds(place, running, opened, large)
        finally:
            collecting.end()
            opened.close()
    finally:
        running.close()
        sys.setswitchinterval(before)


def _rounds(place: Workplace, running: RunningTill, opened: TillWindow, large: LargeShop) -> Result:
    busy, quiet, sales = [], [], place.sized(SALES, 2)
    hands = Hands(typing(opened, large.fragments), _KEY_MS)
    _trade(running, 1, 0)
    for number in range(ROUNDS):
        began = time.monotonic()
        busy.append(_day(running, hands, sales, number + 1))
        quiet.append(_quiet(time.monotonic() - began))
    worst = [max(gaps) for gaps in busy]
    more: dict[str, Figure] = {
        "worst_ms": round(max(worst), 1),
        "median_of_worst_ms": round(median(worst), 1),
        "beats": sum(map(len, busy)),
        "over_16_ms": sum(gap > 16 for gaps in busy for gap in gaps),
        "sales": ROUNDS * sales,
        "collection_ms": timing([timed(lambda _turn: gc.collect())(turn) for turn in range(3)]).p50,
    }
    aim = f"worst under {WORST_MS:g} ms"
    return compared("gap", [[one] for one in worst], [[max(gaps)] for gaps in quiet], aim=aim, more=more)


def _day(running: RunningTill, hands: Hands, sales: int, seed: int) -> list[float]:
    day = threading.Thread(target=_trade, args=(running, sales, seed), name="script")

    def begin() -> None:
        hands.start()
        day.start()

    gaps = _beaten(begin, lambda: not day.is_alive())
    hands.stop()
    day.join()
    return gaps


def _quiet(seconds: float) -> list[float]:
    end = time.monotonic() + seconds
    return _beaten(lambda: None, lambda: time.monotonic() > end)


def _beaten(begin: Callable[[], None], until: Callable[[], bool]) -> list[float]:
    heart = Heartbeat()
    begin()
    heart.start()
    turn_loop(until)
    return heart.stop()


def _trade(running: RunningTill, sales: int, seed: int) -> None:
    """Part of a day, up to its Z; on a thread of its own, or before anything is measured."""
    shop = demo_file.read(demo_shop())
    play(running, shop, sales=sales, seed=seed, announce=lambda _op_id, _cents: None)


def typing(opened: TillWindow, fragments: Sequence[str]) -> Iterator[Callable[[], None]]:
    """Keys into the search field, each fragment letter by letter, without end."""
    field = opened.places.checkout.search.field
    for fragment in itertools.cycle(fragments):
        for end in range(len(fragment) + 1):
            yield lambda text=fragment[:end]: field.setText(text)  # type: ignore[misc]


def manager(till: Till) -> SignedIn:
    """Whoever may do everything at the counter. Database worker."""
    person = next(one for one in sign_in.people(till) if one.role is Role.MANAGER)
    return SignedIn(person, Actor(person.staff, person.role))
