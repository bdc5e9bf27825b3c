"""Traces: what happens to the cards of a chain, and when its stores have no link to head office.

Reading and checking `events.csv` and `outages.csv` (PROTOCOL 9); making traces is in `making.py`. What cannot be meant is
refused with the line where it stands, before anything is simulated.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

EVENT_FIELDS = ("day", "kind", "card", "store", "cents", "for_day")
OUTAGE_FIELDS = ("store", "from_day", "to_day")
T = TypeVar("T")

MOST_TEXT = 80
MOST_CENTS = 100_000_000
MOST_DAYS = 100_000.0


class Kind(StrEnum):
    """What happens."""

    HOME = "home"
    FUND = "fund"
    BOOK = "book"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens to a card at a store on a day, a fraction. `for_day`: of a booking."""

    day: float
    kind: Kind
    card: str
    store: str
    cents: int = 0
    for_day: float = 0.0


@dataclass(frozen=True, slots=True)
class Outage:
    """A store without a link to head office, from a day to a day."""

    store: str
    from_day: float
    to_day: float


@dataclass(frozen=True, slots=True)
class Trace:
    """Events in the order of their days, outages in that of their beginnings."""

    events: Sequence[Event]
    outages: Sequence[Outage]
    stores: Sequence[str] = field(default=())

    @property
    def cards(self) -> tuple[str, ...]:
        """Every card that is named, in order."""
        return tuple(sorted({one.card for one in self.events}))

    @property
    def last_day(self) -> float:
        """The day of the last event, 0 when there is none."""
        return self.events[-1].day if self.events else 0.0


class Fault(StrEnum):
    """What is wrong with a line."""

    UNREADABLE = "unreadable"
    COLUMNS = "columns"
    VALUE = "value"
    ORDER = "order"
    OVERLAP = "overlap"
    EMPTY = "empty"


class BadTrace(Exception):
    """A file is no trace. `line` counts from 1, 0 for the whole file; `what`: the column or the text that is wrong."""

    def __init__(self, file: str, line: int, fault: Fault, what: str = "") -> None:
        super().__init__(f"{file}:{line}: {fault.value} {what}")
        self.file = file
        self.line = line
        self.fault = fault
        self.what = what


def read_trace(events: Path, outages: Path) -> Trace:
    """Both files. Raises BadTrace."""
    happened = list(_in_order(events, _rows(events, EVENT_FIELDS, _event)))
    if not happened:
        raise BadTrace(str(events), 0, Fault.EMPTY)
    cut_off = _apart(outages, _rows(outages, OUTAGE_FIELDS, _outage))
    return Trace(tuple(happened), tuple(cut_off), stores_of(happened, cut_off))


def stores_of(events: Iterable[Event], outages: Iterable[Outage]) -> tuple[str, ...]:
    """Every store that is named, in order."""
    return tuple(sorted({one.store for one in events} | {one.store for one in outages}))


def write_trace(trace: Trace, events: Path, outages: Path) -> None:
    """Write both files as they are read. Raises OSError."""
    with events.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(EVENT_FIELDS)
        for one in trace.events:
            money = one.cents if one.kind in (Kind.FUND, Kind.VISIT) else ""
            ahead = f"{one.for_day:.5f}" if one.kind is Kind.BOOK else ""
            rows.writerow((f"{one.day:.5f}", one.kind.value, one.card, one.store, money, ahead))
    with outages.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(OUTAGE_FIELDS)
        rows.writerows(
            (one.store, f"{one.from_day:.5f}", f"{one.to_day:.5f}")
            for one in sorted(trace.outages, key=lambda one: (one.store, one.from_day))
        )


class _Wrong(Exception):
    """A column of the present line."""


def _rows(
    file: Path, fields: tuple[str, ...], make: Callable[[dict[str, str]], T]
) -> Iterator[tuple[int, T]]:
    try:
        with file.open(newline="", encoding="utf-8-sig") as opened:
            rows = csv.reader(opened, strict=True)
            if tuple(next(rows, ())) != fields:
                raise BadTrace(str(file), 1, Fault.COLUMNS, ",".join(fields))
            for row in rows:
                if not row:
                    continue
                if len(row) != len(fields):
                    raise BadTrace(str(file), rows.line_num, Fault.COLUMNS, ",".join(fields))
                try:
                    yield rows.line_num, make(dict(zip(fields, row, strict=True)))
                except _Wrong as wrong:
                    raise BadTrace(str(file), rows.line_num, Fault.VALUE, str(wrong)) from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadTrace(str(file), 0, Fault.UNREADABLE, reason) from error


def _event(row: dict[str, str]) -> Event:
    day = _day(row, "day")
    try:
        kind = Kind(row["kind"])
    except ValueError:
        raise _Wrong("kind") from None
    cents = _cents(row) if kind in (Kind.FUND, Kind.VISIT) else 0
    ahead = _day(row, "for_day") if kind is Kind.BOOK else 0.0
    if kind is Kind.BOOK and ahead < day:
        raise _Wrong("for_day")
    return Event(day, kind, _name(row, "card"), _name(row, "store"), cents, ahead)


def _outage(row: dict[str, str]) -> Outage:
    found = Outage(_name(row, "store"), _day(row, "from_day"), _day(row, "to_day"))
    if found.to_day <= found.from_day:
        raise _Wrong("to_day")
    return found


def _name(row: dict[str, str], name: str) -> str:
    text = row[name]
    if not text or len(text) > MOST_TEXT or not text.isprintable() or "/" in text or text != text.strip():
        raise _Wrong(name)
    return text


def _day(row: dict[str, str], name: str) -> float:
    try:
        day = float(row[name])
    except ValueError:
        raise _Wrong(name) from None
    if not math.isfinite(day) or not 0 <= day <= MOST_DAYS:
        raise _Wrong(name)
    return day


def _cents(row: dict[str, str]) -> int:
    text = row["cents"]
    if not (text.isascii() and text.isdigit()) or len(text) > 12 or not 0 < int(text) <= MOST_CENTS:
        raise _Wrong("cents")
    return int(text)


def _in_order(file: Path, rows: Iterable[tuple[int, Event]]) -> Iterator[Event]:
    last = 0.0
    for line, one in rows:
        if one.day < last:
            raise BadTrace(str(file), line, Fault.ORDER, "day")
        last = one.day
        yield one


def _apart(file: Path, rows: Iterable[tuple[int, Outage]]) -> list[Outage]:
    """Outages by their beginning; those of one store may not overlap."""
    found = sorted(rows, key=lambda row: row[1].from_day)
    ends: dict[str, float] = {}
    for line, one in found:
        if one.from_day < ends.get(one.store, 0.0):
            raise BadTrace(str(file), line, Fault.OVERLAP, one.store)
        ends[one.store] = one.to_day
    return [one for _line, one in found]
