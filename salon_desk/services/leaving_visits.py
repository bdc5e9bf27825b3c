"""The visits of everybody, read in slices of a few milliseconds, so that nobody at a counter waits.

Nothing is reckoned here (`leaving.py`). Each slice is a transaction of its own: a visit that is recorded or voided meanwhile may
be in or not, which a list of probabilities can bear.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import leaving as stored
from salon_desk.storage.queries.merges import merged_ids
from salon_desk.storage.queries.tiers import page
from salon_desk.storage.store import Store

A_PAGE = 500
"""Members in a slice."""
_BEHIND_ALL = "\U0010ffff"

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
    everybody, merged = read(lambda transaction: (stored.members_now(transaction), merged_ids(transaction)))
    came: dict[str, array[int]] = {}
    ordinals: dict[str, int] = {}
    known: list[str] = []
    while not known or known[-1]:
        step(watch, Stage.READING, min(len(known), everybody), everybody)
        ids, rows = read(_slice(known[-1] if known else "", today))
        for member, day in rows:
            if day not in ordinals:
                ordinals[day] = date.fromisoformat(day).toordinal()
            who = merged.get(member, member)
            if who not in came:
                came[who] = array("l")
            came[who].append(ordinals[day])
        known += ids
    return {one: array("l", sorted(set(came[one]))) for one in known if one in came}


def _slice(after: str, today: str) -> Callable[[Transaction], tuple[list[str], list[tuple[str, str]]]]:
    """The next members, an empty one behind the last, and the visits of all ids up to there."""

    def work(transaction: Transaction) -> tuple[list[str], list[tuple[str, str]]]:
        ids = page(transaction, after, A_PAGE)
        is_last = len(ids) < A_PAGE
        rows = stored.visited(transaction, after, _BEHIND_ALL if is_last else ids[-1], today)
        return ([*ids, ""] if is_last else ids), rows

    return work
