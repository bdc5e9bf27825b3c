"""What it costs to record: a whole sale (`checkout`), and one tap that puts a line on a ticket (`tap`).

The floor is in `floors/recording_sql.py`. One copy of a till's folder is traced, one runs the services, one takes the
traced rows raw: all three begin with the same bytes and end with the same number of rows, which is checked.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from salon_desk.bench.floors.recording_sql import RawRecorder
from salon_desk.bench.floors.traced_sql import Step, Trace, open_raw
from salon_desk.bench.measure import Figure, Result, compared, interleave, metered, timed, timing
from salon_desk.bench.shop import CASHIER, LINES, BenchShop, Customer
from salon_desk.bench.workplace import Workplace
from salon_desk.services import tickets
from salon_desk.storage.anchor import entries_from
from salon_desk.storage.opening import ANCHOR, DATABASE

TURNS = 400
_FRAME = 8
"""Bytes of length and check before an entry of the anchor."""


@dataclass(frozen=True, slots=True)
class Seated:
    """What has been prepared: whose cards pay, and a ticket for each turn."""

    customers: tuple[Customer, ...]
    tickets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: `act` is done in a shop, for the turn of a number, on a ticket."""

    name: str
    act: Callable[[BenchShop, int, str], object]
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the product ran for each turn: all its statements, and the bytes that went to the anchor."""

    steps: tuple[tuple[Step, ...], ...]
    frames: tuple[bytes, ...]


def checkout(place: Workplace) -> Result:
    """Three lines, two technicians, stored value and cash, tips, refund rights, ledger, receipt and drawer."""
    pay = Subject("checkout", lambda shop, turn, ticket: shop.pay(turn, ticket), "ratio at most 3, aim 2")
    return _against_rows(pay, place)


def tap(place: Workplace) -> Result:
    """One more line on a ticket of three, and the ticket as the screen paints it."""

    def add(shop: BenchShop, _turn: int, ticket: str) -> object:
        return tickets.add_line(shop.till, shop.new_id(), CASHIER, ticket, LINES[0])

    return _against_rows(Subject("tap", add), place)


def _against_rows(subject: Subject, place: Workplace) -> Result:
    folder = place.fresh()
    seated = _prepare(folder / "traced", place.sized(TURNS))
    _forget_home(folder / "traced" / DATABASE)
    for copy in ("ours", "floor"):
        shutil.copytree(folder / "traced", folder / copy)
    recorded = _traced(folder / "traced", subject, seated)
    return _measured(subject, folder, seated, recorded)


def _forget_home(database: Path) -> None:
    """So that none of the three is a copy of another, which would own nothing."""
    raw = open_raw(database)
    raw.execute("DELETE FROM local_settings WHERE name = 'home'")
    raw.close()


def _prepare(folder: Path, turns: int) -> Seated:
    """A shop with as many tickets waiting as there will be turns."""
    shop = BenchShop(folder)
    try:
        shop.do(lambda: shop.open_up(visits=turns))
        found = [shop.do(lambda turn=turn: shop.seat(turn)) for turn in range(turns)]  # type: ignore[misc]
        return Seated(tuple(shop.customers), tuple(found))
    finally:
        shop.close()


def _traced(folder: Path, subject: Subject, seated: Seated) -> Recorded:
    """Do everything once with SQLite telling what it runs."""
    shop = BenchShop(folder, customers=seated.customers)
    seen: list[tuple[Step, ...]] = []
    trace = Trace(shop.till.store.database.driver())

    def one(turn: int) -> None:
        trace.start()
        subject.act(shop, turn, seated.tickets[turn])
        seen.append(trace.stop())

    try:
        for turn in range(len(seated.tickets)):
            shop.do(lambda turn=turn: one(turn))  # type: ignore[misc]
    finally:
        shop.close()
    with (folder / ANCHOR).open("rb") as file:
        frames = [bytes(_FRAME) + entry for _offset, entry in entries_from(file)][-len(seen) :]
    return Recorded(tuple(seen), tuple(frames))


def _measured(subject: Subject, folder: Path, seated: Seated, recorded: Recorded) -> Result:
    shop = BenchShop(folder / "ours", customers=seated.customers)
    room = sum(map(len, recorded.frames)) * 2
    raw = RawRecorder(folder / "floor" / DATABASE, folder / "floor" / "raw.anchor", room=room)
    writes = [tuple(step for step in steps if step.writes) for steps in recorded.steps]

    def floor(turn: int) -> None:
        raw.record(writes[turn], recorded.frames[turn])

    fold = timed(lambda _turn: shop.till.store.idle())
    folds: list[float] = []

    def between() -> None:
        folds.append(fold(0))
        raw.idle()
        gc.collect()

    def measure() -> Result:
        ours_cpu: list[float] = []
        floor_cpu: list[float] = []
        mine, least = interleave(
            timed(metered(lambda turn: subject.act(shop, turn, seated.tickets[turn]), ours_cpu)),
            timed(metered(floor, floor_cpu)),
            turns=len(seated.tickets),
            between=between,
        )
        _check_same_rows(shop, raw, writes)
        cpu: dict[str, Figure] = {
            "our_processor_ms": timing(ours_cpu).p50,
            "floor_processor_ms": timing(floor_cpu).p50,
            "log_folded_ms": timing(folds[1:] or folds).p50,
        }
        return compared(
            subject.name, mine, least, aim=subject.aim, more={**cpu, **_parts(raw, recorded, writes)}
        )

    try:
        return shop.do(measure)
    finally:
        raw.close()
        shop.close()


def _parts(raw: RawRecorder, recorded: Recorded, writes: Sequence[Sequence[Step]]) -> dict[str, Figure]:
    """How much is recorded in a turn, and what a commit and a flush alone cost here."""
    turns = range(len(writes))
    commit = timing([timed(lambda _turn: raw.commit_alone())(turn) for turn in turns])
    flush = timing([timed(lambda turn: raw.flush(recorded.frames[turn]))(turn) for turn in turns])
    middle = len(writes) // 2
    return {
        "rows_written": sum(len(step.rows) for step in writes[middle]),
        "statements_written": len(writes[middle]),
        "statements_read": sum(not step.writes for step in recorded.steps[middle]),
        "anchor_bytes": len(recorded.frames[middle]),
        "commit_alone_ms": commit.p50,
        "anchor_alone_ms": flush.p50,
    }


def _check_same_rows(shop: BenchShop, raw: RawRecorder, writes: Sequence[Sequence[Step]]) -> None:
    """Both sides must have written the same: else the ratio says nothing."""
    tables = {step.text.split()[2] for steps in writes for step in steps if step.text.startswith("INSERT")}
    for table in sorted(tables):
        ours = shop.till.store.database.driver().execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        assert ours == raw.rows(table), f"{table}: {ours} rows here, {raw.rows(table)} on the floor"
