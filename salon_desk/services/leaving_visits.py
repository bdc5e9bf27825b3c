"""The visits of everybody, read in slices of a few milliseconds, so that nobody at a counter waits.

Nothing is reckoned here (`leaving.py`). Each slice is a transaction of its own: a visit that is recorded or voided meanwhile may
be in or not, which a list of probabilities can bear.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import leaving as stored
from salon_desk.storage.queries.merges import merged_ids
from salon_desk.storage.queries.tiers import page
from salon_desk.storage.store import Store

A_SLICE_DAYS = 7
A_PAGE = 2_000

T = TypeVar("T")
Histories = Mapping[str, Sequence[int]]
"""By member the days of the visits, as ordinals in their order, each once."""


class Reads(Protocol):
    """Runs one slice of reading in a transaction of its own, on the thread that may, and waits for it."""

    def __call__(self, work: Callable[[Transaction], T], /) -> T:
        """What the slice read."""
        ...


class Stage(StrEnum):
    """What is being done."""

    READING = "reading"
    PROVING = "proving"
    CHOOSING = "choosing"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is, `done` of `of` steps of a stage."""

    stage: Stage
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Whoever waits: is told how far it is, and asked whether to stop. Both are called on the thread that reckons."""

    told: Callable[[Progress], None] = lambda _progress: None
    stopped: Callable[[], bool] = lambda: False


class Stopped(Exception):
    """Somebody stopped it."""


def reads(store: Store) -> Reads:
    """Reading from a store on the thread that it belongs to."""

    def read(work: Callable[[Transaction], T]) -> T:
        with store.database.read() as transaction:
            return work(transaction)

    return read


def step(watch: Watch, stage: Stage, done: int, of: int) -> None:
    """Say how far it is. Raises Stopped."""
    if watch.stopped():
        raise Stopped()
    watch.told(Progress(stage, done, of))


def histories(read: Reads, today: str, watch: Watch) -> Histories:
    """The visits up to a day (ISO date) of everybody who is a member still, merged ones together. Raises Stopped.

    Days are kept in arrays, which no search for garbage looks into, for there may be millions.
    """
    first, merged = read(lambda transaction: (stored.first_day(transaction), merged_ids(transaction)))
    end = date.fromisoformat(today).toordinal() + 1
    begin = date.fromisoformat(first).toordinal() if first else end
    came: dict[str, array[int]] = {}
    for day in range(begin, end, A_SLICE_DAYS):
        step(watch, Stage.READING, day - begin, end - begin)
        _add(came, merged, read(_slice(day, min(day + A_SLICE_DAYS, end))))
    return {one: array("l", sorted(set(came[one]))) for one in _members(read, watch) if one in came}


def _slice(day: int, upto: int) -> Callable[[Transaction], list[tuple[str, str]]]:
    days = date.fromordinal(day).isoformat(), date.fromordinal(upto).isoformat()
    return lambda transaction: stored.visited(transaction, *days)


def _add(came: dict[str, array[int]], merged: Mapping[str, str], rows: Sequence[tuple[str, str]]) -> None:
    ordinals = {day: date.fromisoformat(day).toordinal() for day in {day for _member, day in rows}}
    for member, day in rows:
        days = came.get(merged.get(member, member))
        if days is None:
            days = came[merged.get(member, member)] = array("l")
        days.append(ordinals[day])


def _members(read: Reads, watch: Watch) -> Iterator[str]:
    """Everybody who is a member still, in the order of their ids."""
    after = ""
    while True:
        if watch.stopped():
            raise Stopped()
        found = read(_page(after))
        yield from found
        if len(found) < A_PAGE:
            return
        after = found[-1]


def _page(after: str) -> Callable[[Transaction], list[str]]:
    return lambda transaction: page(transaction, after, A_PAGE)
