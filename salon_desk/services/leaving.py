"""Who is about to leave: the rule's list, the model's and their combination, proven on the shop's own held-out history.

Orders and proof are `domain/leaving.py`, reading is `leaving_visits.py`, the model is `leaving_model.py`, which is imported only
when it is wanted, for numpy and scipy come with it. What is reckoned blocks its thread for seconds, and no transaction.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from salon_desk.domain.leaving import (
    LEAST_NAMED,
    Candidate,
    Ground,
    Method,
    Proof,
    came_back,
    can_be_judged,
    may_be_leaving,
    named,
    prove,
)
from salon_desk.domain.overdue import is_overdue, rhythm
from salon_desk.services.leaving_visits import Histories, Reads, Stage, Stopped, Watch, histories, step

if TYPE_CHECKING:
    from salon_desk.services import leaving_model
    from salon_desk.services.leaving_model import Parameters

HELD_OUT_DAYS = 90
"""Of the history, the last days that the lists are proven on; visits to expect are those within as many days to come."""
WATCHED_BY_NOBODY = Watch()


@dataclass(frozen=True, slots=True)
class Leaver:
    """A member on the list. Where there is a model: the chance of still being a customer, and the visits to expect."""

    member: str
    visits: int
    last_day: str
    since_days: int
    usual_days: int
    active_percent: int | None = None
    expected_hundredths: int | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """The list as of a day, who is most likely leaving first; by which method, on what ground, and the figures behind it."""

    day: str
    method: Method
    ground: Ground
    people: tuple[Leaver, ...]
    proof: Proof | None = None


def reckon(
    read: Reads, today: str, *, held_out_days: int = HELD_OUT_DAYS, watch: Watch = WATCHED_BY_NOBODY
) -> Leaving | None:
    """Who is about to leave on a business day (ISO date); None when it was stopped.

    Tens of seconds for 200,000 members on a thread of its own, the outbound one; only the slices of `read` touch the database.
    Nothing is written: `leaving_list.py` keeps it.
    """
    try:
        return from_histories(histories(read, today, watch), today, held_out_days=held_out_days, watch=watch)
    except Stopped:
        return None


def from_histories(
    known: Histories,
    today: str,
    *,
    held_out_days: int = HELD_OUT_DAYS,
    only: Method | None = None,
    watch: Watch = WATCHED_BY_NOBODY,
) -> Leaving:
    """The list that follows from visits up to a day, in memory. `only`: by this method if there is a model, whatever proved best.

    Raises Stopped.
    """
    day = date.fromisoformat(today).toordinal()
    step(watch, Stage.PROVING, 0, 1)
    proven = _proven(known, day, held_out_days)
    step(watch, Stage.CHOOSING, 0, 1)
    made = _chosen(known, day, held_out_days, proven, only)
    step(watch, Stage.CHOOSING, 1, 1)
    return made


@dataclass(frozen=True, slots=True)
class _Proven:
    """What the held-out history said, and the model that was fitted to what came before it."""

    ground: Ground
    proof: Proof | None = None
    parameters: Parameters | None = None


def _proven(known: Histories, today: int, held_out_days: int) -> _Proven:
    """Stand on the day before the held-out ones, make all lists from what was known then, and see who came back."""
    from salon_desk.services.leaving_model import NoModel, fit

    cut = today - held_out_days
    past = {one: _until(days, cut) for one, days in known.items() if days[0] <= cut}
    if min((days[0] for days in past.values()), default=cut) > cut - 2 * held_out_days:
        return _Proven(Ground.TOO_LITTLE_HISTORY)
    judged = [
        replace(
            one,
            returned=came_back(one.rhythm, _next(known[one.member], past[one.member]), cut, held_out_days),
        )
        for one in _candidates(past, cut)
        if can_be_judged(one.rhythm, held_out_days)
    ]
    if sum(is_overdue(one.rhythm, cut) for one in judged) < LEAST_NAMED:
        return _Proven(Ground.TOO_FEW_MEMBERS)
    try:
        parameters = fit(_rows(past, past, cut))
    except NoModel:
        return _Proven(Ground.NO_MODEL)
    proof = prove(_with_chances(judged, past, cut, parameters), cut, held_out_days)
    return _Proven(Ground.PROVEN, proof, parameters)


def _chosen(
    known: Histories, today: int, held_out_days: int, proven: _Proven, only: Method | None
) -> Leaving:
    """The list of today by what proved best, by the rule where nothing could be proven; as long as the rule's in any case."""
    from salon_desk.services import leaving_model

    day = date.fromordinal(today).isoformat()
    candidates = _candidates(known, today)
    if proven.proof is None or proven.parameters is None:
        people = named(candidates, Method.RULE, today)
        return Leaving(day, Method.RULE, proven.ground, tuple(_leaver(one, today) for one in people))
    parameters = _again(known, today, proven.parameters)
    method = only or proven.proof.best
    people = named(_with_chances(candidates, known, today, parameters), method, today)
    rows = _rows(known, [one.member for one in people], today)
    visits = leaving_model.in_hundredths(leaving_model.expected(parameters, rows, held_out_days))
    leavers = tuple(
        replace(_leaver(one, today), active_percent=one.active // _A_PERCENT, expected_hundredths=expected)
        for one, expected in zip(people, visits, strict=True)
    )
    return Leaving(day, method, proven.ground, leavers, proven.proof)


_A_PERCENT = 10_000


def _again(known: Histories, today: int, before: Parameters) -> Parameters:
    """The model of today, sought from the one of the cut; that one where there is no better."""
    from salon_desk.services.leaving_model import NoModel, fit

    try:
        return fit(_rows(known, known, today), before)
    except NoModel:
        return before


def _candidates(known: Histories, day: int) -> list[Candidate]:
    """Everybody with a rhythm who is not gone for good, by id."""
    rhythms = ((member, rhythm(days)) for member, days in known.items())
    return [
        Candidate(member, found)
        for member, found in rhythms
        if found is not None and may_be_leaving(found, day)
    ]


def _with_chances(
    candidates: Sequence[Candidate], known: Histories, day: int, parameters: Parameters
) -> list[Candidate]:
    from salon_desk.services import leaving_model

    rows = _rows(known, [one.member for one in candidates], day)
    chances = leaving_model.in_millionths(leaving_model.active(parameters, rows))
    return [replace(one, active=chance) for one, chance in zip(candidates, chances, strict=True)]


def _rows(known: Histories, members: Iterable[str], day: int) -> leaving_model.Histories:
    from salon_desk.services.leaving_model import histories as model_rows

    return model_rows(
        [(len(days) - 1, days[-1] - days[0], day - days[0]) for days in (known[one] for one in members)]
    )


def _until(days: Sequence[int], cut: int) -> Sequence[int]:
    return days[: bisect_right(days, cut)]


def _next(days: Sequence[int], past: Sequence[int]) -> int | None:
    return days[len(past)] if len(days) > len(past) else None


def _leaver(one: Candidate, today: int) -> Leaver:
    found = one.rhythm
    last = date.fromordinal(found.last).isoformat()
    return Leaver(one.member, found.visits, last, today - found.last, found.usual)
