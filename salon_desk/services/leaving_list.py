"""Keeping who is about to leave, so that a screen and a campaign need not wait for the reckoning.

It is a local list of this machine and no fact: whoever else wants one reckons it (`leaving.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import msgspec

from salon_desk.domain.leaving import Ground, Method, Proof
from salon_desk.services.leaving import Leaver, Leaving
from salon_desk.storage import leaving as stored
from salon_desk.storage.engine import Transaction
from salon_desk.storage.store import Store

A_PAGE = 500
WORTH_DAYS = 7
_NONE = -1


@dataclass(frozen=True, slots=True)
class Kept:
    """The list that is kept: of which day, by which method and on what ground, its figures and how many are on it."""

    list_id: str
    day: str
    method: Method
    ground: Ground
    size: int
    proof: Proof | None


class _Head(msgspec.Struct, frozen=True):
    day: str
    method: Method
    ground: Ground
    size: int
    proof: Proof | None = None


def keep(
    store: Store, found: Leaving, run: Callable[[Callable[[], bool]], bool] = lambda work: work()
) -> None:
    """Put a list in the place of the one before, in slices of some milliseconds, each through `run`; the last makes it the list.

    `run` hands a slice to the thread that writes; without it this is that thread.
    """
    head = msgspec.json.encode(_Head(found.day, found.method, found.ground, len(found.people), found.proof))
    rows = [_row(one) for one in found.people]
    list_id = store.new_id()

    def add(start: int) -> bool:
        stored.add(store, list_id, start, rows[start : start + A_PAGE])
        return True

    def make_current() -> bool:
        stored.make_current(store, list_id, head.decode())
        return True

    for start in range(0, len(rows), A_PAGE):
        run(partial(add, start))
    run(make_current)
    while run(partial(stored.drop_others, store, list_id)):
        pass


def kept(transaction: Transaction) -> Kept | None:
    """The list that is kept, None before the first."""
    list_id, said = stored.head(transaction)
    if not list_id:
        return None
    head = msgspec.json.decode(said, type=_Head)
    return Kept(list_id, head.day, head.method, head.ground, head.size, head.proof)


def is_stale(transaction: Transaction, today: str) -> bool:
    """Whether there is no list, or one that is a week old by a day (ISO date)."""
    found = kept(transaction)
    return found is None or (date.fromisoformat(today) - date.fromisoformat(found.day)).days >= WORTH_DAYS


def people(transaction: Transaction, after: int = -1, most: int = A_PAGE) -> list[tuple[int, Leaver]]:
    """A page of the list that is kept, each with its number; who was erased or left since is not on it."""
    list_id, _said = stored.head(transaction)
    return [(row.number, _leaver(row)) for row in stored.page(transaction, list_id, after, most)]


def everybody(transaction: Transaction) -> Iterator[str]:
    """The members on the list that is kept, in its order: whom a campaign can be made for."""
    after = -1
    while found := people(transaction, after):
        yield from (one.member for _number, one in found)
        after = found[-1][0]


def _row(one: Leaver) -> dict[str, Any]:
    return {
        "member": one.member,
        "visits": one.visits,
        "last_day": one.last_day,
        "since_days": one.since_days,
        "usual_days": one.usual_days,
        "active_percent": _NONE if one.active_percent is None else one.active_percent,
        "expected_hundredths": _NONE if one.expected_hundredths is None else one.expected_hundredths,
    }


def _leaver(row: Any) -> Leaver:
    return Leaver(
        row.member,
        row.visits,
        row.last_day,
        row.since_days,
        row.usual_days,
        None if row.active_percent == _NONE else row.active_percent,
        None if row.expected_hundredths == _NONE else row.expected_hundredths,
    )
