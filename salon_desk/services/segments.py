"""Segments for screens and campaigns: which there are, who belongs to one, with the figures behind it; the owner's own are described.

What a condition means is `domain/segment.py`. Everybody is looked at in slices of some ten milliseconds, so that no cashier's commit
waits; whoever asks says how a slice is run (`reads`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from salon_desk.domain.access import Permission
from salon_desk.domain.rule_pack import RulePack
from salon_desk.domain.segment import BUILT_IN, Condition, Figures, Segment, check, written
from salon_desk.domain.trigger_errors import BuiltInSegment, UnknownSegment
from salon_desk.operations.description import FieldValue
from salon_desk.operations.segment import SegmentDescribed
from salon_desk.services import trigger_rounds
from salon_desk.services.consents import IMPLIED_MONTHS
from salon_desk.services.describe import describe
from salon_desk.services.till import Actor, Till
from salon_desk.storage import leaving
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import segments, stores
from salon_desk.storage.queries.segment_terms import Question
from salon_desk.storage.queries.segments import Page
from salon_desk.storage.store import Store

T = TypeVar("T")

_BUILT_IN = frozenset(one.segment for one in BUILT_IN)


class Reads(Protocol):
    """Runs one slice of reading in a transaction of its own, on the thread that may, and waits for it."""

    def __call__(self, work: Callable[[Transaction], T], /) -> T:
        """What the slice read."""
        ...


@dataclass(frozen=True, slots=True)
class Count:
    """How many belong to a segment, and the first of them with their figures."""

    members: int
    first: tuple[Figures, ...]


def shown(till: Till) -> list[Segment]:
    """All segments, those that come with the program first. Database worker."""
    with till.read() as transaction:
        return segments.described(transaction, till.business_day(transaction))


def find(transaction: Transaction, segment: str, day: str) -> Segment:
    """One segment by its id, on a business day. Raises UnknownSegment."""
    for one in segments.described(transaction, day):
        if one.segment == segment:
            return one
    raise UnknownSegment(segment)


def keep(till: Till, command_id: str, actor: Actor, segment: Segment) -> None:
    """Keep the owner's segment, a new one or a changed one. Database worker.

    Raises SegmentInvalid, TextTooLong, BuiltInSegment, PermissionNeeded.
    """
    actor.require(Permission.EDIT_CATALOG)
    check(segment)
    _require_own(segment.segment)
    values: dict[str, FieldValue] = {
        "name_en": segment.names.en,
        "name_zh_cn": segment.names.zh_CN,
        "name_zh_tw": segment.names.zh_TW,
        "conditions": [written(one) for one in segment.conditions],
        "active": True,
    }
    describe(till, command_id, actor, [(SegmentDescribed, segment.segment, values)])


def drop(till: Till, command_id: str, actor: Actor, segment: str) -> None:
    """Show it no more. Database worker. Raises UnknownSegment, BuiltInSegment, PermissionNeeded."""
    actor.require(Permission.EDIT_CATALOG)
    _require_own(segment)
    with till.read() as transaction:
        find(transaction, segment, till.business_day(transaction))
    describe(till, command_id, actor, [(SegmentDescribed, segment, {"active": False})])


def question(
    store: Store, rules: RulePack, conditions: Sequence[Condition], *, of_store: str = ""
) -> Callable[[Transaction], Question]:
    """What reads, in a first slice, what conditions are asked with: the day and money of a store (else of the first there is), for how
    long an implied consent holds there, who is leaving as this machine knows it.
    """

    def asked(transaction: Transaction) -> Question:
        places = trigger_rounds.places(transaction, store.clock.now())
        place = places.get(of_store) or next(iter(places.values()))
        known = stores.place_of(transaction, place.store)
        day = max(trigger_rounds.iso(place.today), rules.issued)
        months = int(str(rules.lookup(known.jurisdiction, IMPLIED_MONTHS, day))) if known else 0
        return Question(tuple(conditions), place.today, place.currency, months, leaving.head(transaction)[0])

    return asked


def pages(
    read: Reads, asked: Callable[[Transaction], Question], stopped: Callable[[], bool] = lambda: False
) -> Iterator[Page]:
    """Who meets conditions, page by page, each in a slice of its own; ends early when it was stopped.

    The first member of one page comes behind the last of the page before. Whoever is described anew meanwhile may be in or not.
    """
    wanted, after = read(asked), ""
    while not stopped():
        found = read(lambda transaction, behind=after: segments.page(transaction, wanted, behind))  # type: ignore[misc]
        yield found
        if not found.after:
            return
        after = found.after


def members(
    read: Reads, asked: Callable[[Transaction], Question], stopped: Callable[[], bool] = lambda: False
) -> tuple[str, ...]:
    """Everybody who meets conditions, in the order of the ids. A second or two for 200,000 members, in slices."""
    return tuple(one for found in pages(read, asked, stopped) for one in found.members)


def count(
    read: Reads,
    asked: Callable[[Transaction], Question],
    *,
    first: int = 20,
    stopped: Callable[[], bool] = lambda: False,
) -> Count:
    """How many meet conditions, with the figures of the first few, so that it can be seen why."""
    found = members(read, asked, stopped)
    few = found[:first]
    return Count(len(found), read(lambda transaction: _figures(transaction, asked(transaction), few)))


@dataclass(frozen=True, slots=True)
class Look:
    """How far a screen is with looking who meets conditions: how many were found, the first of them with their figures."""

    question: Question
    found: int = 0
    first: tuple[Figures, ...] = ()
    after: str = ""
    over: bool = False


def begin(till: Till, conditions: Sequence[Condition]) -> Look:
    """Begin to look for a screen; nobody is found yet. Database worker."""
    with till.read() as transaction:
        return Look(question(till.store, till.rules, conditions)(transaction))


def go_on(till: Till, look: Look, first: int = 20) -> Look:
    """One slice more, until `over`. Database worker, each slice a task of its own, so that a sale comes between two."""
    with till.read() as transaction:
        page = segments.page(transaction, look.question, look.after)
        few = page.members[: max(0, first - len(look.first))]
        shown_first = (*look.first, *_figures(transaction, look.question, few))
    return Look(look.question, look.found + len(page.members), shown_first, page.after, over=not page.after)


def reads(store: Store) -> Reads:
    """Reading from a store on the thread that it belongs to; a till's screen hands each slice to the database worker instead."""

    def read(work: Callable[[Transaction], T]) -> T:
        with store.database.read() as transaction:
            return work(transaction)

    return read


def _figures(transaction: Transaction, wanted: Question, ids: Sequence[str]) -> tuple[Figures, ...]:
    found = (segments.figures(transaction, wanted, one) for one in ids)
    return tuple(one for one in found if one is not None)


def _require_own(segment: str) -> None:
    if segment in _BUILT_IN:
        raise BuiltInSegment(segment)
