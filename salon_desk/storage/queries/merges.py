"""Who is one person: the ids that were merged, the one that stands for all, what waits for a decision.

Purses, documents and descriptions keep the id they have; whoever reads for a person asks for the whole group. What might be
the same person is found in `queries/duplicates.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, or_, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.merges import member_merges, merge_proposals

_OF = Statement(
    lambda: (
        select(member_merges)
        .where(
            or_(
                member_merges.c.member == bindparam("member"),
                member_merges.c.duplicate == bindparam("duplicate"),
            ),
            member_merges.c.undone == 0,
        )
        .order_by(member_merges.c.at, member_merges.c.merge)
    )
)
_STANDING = Statement(
    lambda: select(member_merges.c.member, member_merges.c.duplicate).where(member_merges.c.undone == 0)
)
_BETWEEN = Statement(
    lambda: select(member_merges.c.member, member_merges.c.duplicate).where(
        member_merges.c.undone == 0,
        or_(
            member_merges.c.member.between(bindparam("first"), bindparam("last")),
            member_merges.c.duplicate.between(bindparam("from_"), bindparam("upto")),
        ),
    )
)
_OPEN = Statement(
    lambda: (
        select(merge_proposals)
        .where(merge_proposals.c.answer == "", merge_proposals.c.member != "")
        .order_by(merge_proposals.c.at, merge_proposals.c.proposal)
    )
)


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge that stands: `duplicate` is answered for by `member`. `at`: a hybrid clock reading."""

    merge: str
    member: str
    duplicate: str
    at: int
    actor: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a till asked its root: to merge two members, or to take them `apart`."""

    proposal: str
    member: str
    duplicate: str
    apart: bool
    node: str
    actor: str
    at: int


def merges_of(transaction: Transaction, member: str) -> list[Merge]:
    """Every merge that holds a person together, whichever of the ids is asked for; oldest first."""
    found: dict[str, Merge] = {}
    seen: set[str] = set()
    ask = [member]
    while ask:
        one = ask.pop()
        seen.add(one)
        for merge in _direct(transaction, one):
            found[merge.merge] = merge
            ask += [other for other in (merge.member, merge.duplicate) if other not in seen]
    return sorted(found.values(), key=lambda merge: (merge.at, merge.merge))


def group(transaction: Transaction, member: str) -> tuple[str, ...]:
    """All ids of a person, the one that stands for them first; most people have one."""
    merges = merges_of(transaction, member)
    if not merges:
        return (member,)
    ids = {one for merge in merges for one in (merge.member, merge.duplicate)}
    first = _first(merges, ids)
    return (first, *sorted(ids - {first}))


def canonical(transaction: Transaction, member: str) -> str:
    """The id that stands for a person."""
    return group(transaction, member)[0]


def merged_ids(transaction: Transaction) -> dict[str, str]:
    """By every id that another answers for, the id that does. Reads all merges."""
    ids = {one for row in transaction.all(_STANDING) for one in (row.member, row.duplicate)}
    found = {one: canonical(transaction, one) for one in sorted(ids)}
    return {one: first for one, first in found.items() if one != first}


def merged_between(transaction: Transaction, first: str, last: str) -> set[str]:
    """The ids from one to another that are not a person's only one."""
    rows = transaction.all(_BETWEEN, first=first, last=last, from_=first, upto=last)
    return {one for row in rows for one in (row.member, row.duplicate) if first <= one <= last}


def open_proposals(transaction: Transaction) -> list[Proposal]:
    """What waits for a decision, oldest first."""
    return [
        Proposal(row.proposal, row.member, row.duplicate, bool(row.apart), row.node, row.actor, row.at)
        for row in transaction.all(_OPEN)
    ]


def _first(merges: list[Merge], ids: set[str]) -> str:
    """Whoever is nobody's duplicate; where merges run in a circle, by whom the newest was meant to be answered."""
    free = sorted(ids - {merge.duplicate for merge in merges})
    return free[0] if free else merges[-1].member


def _direct(transaction: Transaction, member: str) -> list[Merge]:
    return [_merge(row) for row in transaction.all(_OF, member=member, duplicate=member)]


def _merge(row: Any) -> Merge:
    return Merge(row.merge, row.member, row.duplicate, row.at, row.actor)
