"""Who is about to leave: three ways to put the same members in an order, and which of them proves best on held-out history.

Visits are read in `services/leaving_visits.py`, chances reckoned in `services/leaving_model.py`. All three are judged at equal size,
on the same members; the simple rule is shown where the history says nothing better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from salon_desk.domain.overdue import Rhythm, is_overdue, lateness

CERTAIN = 1_000_000
"""A chance is a whole number of millionths."""
LEAST_NAMED = 20
"""Below so many that the rule named, a share says nothing."""
GONE_AFTER_DAYS = 180
"""Who stays away longer, and over four times the usual interval, is not about to leave but gone."""


class Method(StrEnum):
    """How members are put in order: by the rule, by the model, or by both ranks together."""

    RULE = "rule"
    MODEL = "model"
    BOTH = "both"


class Ground(StrEnum):
    """Why a list is made the way it is."""

    PROVEN = "proven"
    TOO_LITTLE_HISTORY = "too_little_history"
    TOO_FEW_MEMBERS = "too_few_members"
    NO_MODEL = "no_model"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who may be leaving on a day. `active`: the chance (millionths) of still being a customer.

    `returned`: of a day that has passed, whether she came back in time.
    """

    member: str
    rhythm: Rhythm
    active: int = CERTAIN
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of it: of `judged` members `stayed_away` did not come back; each method named `named` of them, so many rightly."""

    held_out_days: int
    judged: int
    stayed_away: int
    named: int
    right: tuple[tuple[Method, int], ...]

    @property
    def best(self) -> Method:
        """The method with the most right; of equals both together, which errs least elsewhere, then the simpler one."""
        steadier = (Method.MODEL, Method.RULE, Method.BOTH)
        return max(self.right, key=lambda one: (one[1], steadier.index(one[0])))[0]


def may_be_leaving(found: Rhythm, day: int) -> bool:
    """Whether somebody is worth naming on a day: not gone for so long that it is over."""
    return day - found.last <= max(GONE_AFTER_DAYS, 2 * found.twice_usual)


def can_be_judged(found: Rhythm, held_out_days: int) -> bool:
    """Whether the held-out days are long enough for at least one usual interval."""
    return found.twice_usual <= 2 * held_out_days


def came_back(found: Rhythm, next_visit: int | None, cut: int, held_out_days: int) -> bool:
    """Whether the visit after the cut came in time: within twice the usual interval from the cut, in the held-out days at most."""
    return next_visit is not None and next_visit - cut <= min(found.twice_usual, held_out_days)


def in_order(candidates: Sequence[Candidate], method: Method, day: int) -> list[Candidate]:
    """The candidates, who is most likely leaving first."""
    by_rule = _ranked(candidates, {one.member: -lateness(one.rhythm, day) for one in candidates})
    by_model = _ranked(candidates, {one.member: one.active for one in candidates})
    match method:
        case Method.RULE:
            ranks = by_rule
        case Method.MODEL:
            ranks = by_model
        case Method.BOTH:
            ranks = {member: rank + by_model[member] for member, rank in by_rule.items()}
        case _:
            assert_never(method)
    return sorted(candidates, key=lambda one: (ranks[one.member], by_rule[one.member]))


def prove(candidates: Sequence[Candidate], cut: int, held_out_days: int) -> Proof:
    """Judge all three on a day that has passed, each naming as many as the rule does."""
    named = sum(is_overdue(one.rhythm, cut) for one in candidates)
    stayed_away = sum(not one.returned for one in candidates)
    right = tuple(
        (method, sum(not one.returned for one in in_order(candidates, method, cut)[:named]))
        for method in Method
    )
    return Proof(held_out_days, len(candidates), stayed_away, named, right)


def named(candidates: Sequence[Candidate], method: Method, day: int) -> list[Candidate]:
    """Who is shown: as many as the rule names, in the order of a method."""
    size = sum(is_overdue(one.rhythm, day) for one in candidates)
    return in_order(candidates, method, day)[:size]


def _ranked(candidates: Sequence[Candidate], score: Mapping[str, int]) -> dict[str, int]:
    """By member its rank, the lowest score first; equals share the rank, so that order decides nothing."""
    ranks: dict[int, int] = {}
    for place, value in enumerate(sorted(score.values())):
        ranks.setdefault(value, place)
    return {one.member: ranks[score[one.member]] for one in candidates}
