"""Merging members that are one person, and undoing it: decided by a root, asked for by every other till.

Nothing moves and nothing is rewritten (`queries/merges.py`). A till on its own is its own root and decides at once; in a chain
head office does (`head_office/merging.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.member import Member
from salon_desk.operations.member import MembersMerged, MembersUnmerged, MergeProposed
from salon_desk.operations.operation import Operation
from salon_desk.services.errors import UnknownMember
from salon_desk.services.member_errors import AlreadyMerged, NotMerged
from salon_desk.services.till import Actor, Till
from salon_desk.storage import parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import duplicates, members, merges
from salon_desk.storage.queries.duplicates import Why


@dataclass(frozen=True, slots=True)
class MaybeOne:
    """Members that may be one person, and why; `asked`: a till asked for it and nobody has decided yet."""

    members: tuple[Member, ...]
    why: Why
    asked: bool = False


@dataclass(frozen=True, slots=True)
class MergedIn:
    """A description that another answers for, and since when (a hybrid clock reading)."""

    merge: str
    member: Member
    at: int


def merge(till: Till, command_id: str, actor: Actor, member: str, *, duplicate: str) -> bool:
    """Let `member` answer for `duplicate` from now on; whether it was decided at once and not only asked for.

    Raises UnknownMember, AlreadyMerged, PermissionNeeded.
    """
    actor.require(Permission.MERGE_MEMBERS)

    def decide(transaction: Transaction) -> Operation:
        for one in (member, duplicate):
            if members.member(transaction, one) is None:
                raise UnknownMember(one)
        if duplicate in merges.group(transaction, member):
            raise AlreadyMerged(member)
        if parent.read(transaction) is None:
            kept, other = (merges.canonical(transaction, one) for one in (member, duplicate))
            return MembersMerged(merge=till.new_id(), member=kept, duplicate=other)
        return MergeProposed(proposal=till.new_id(), member=member, duplicate=duplicate)

    return isinstance(till.record(command_id, actor, decide).operations[0], MembersMerged)


def unmerge(till: Till, command_id: str, actor: Actor, duplicate: str) -> bool:
    """Take a merged-away member apart again; whether it was decided at once. Raises NotMerged, PermissionNeeded."""
    actor.require(Permission.MERGE_MEMBERS)

    def decide(transaction: Transaction) -> list[Operation]:
        standing = [one for one in merges.merges_of(transaction, duplicate) if one.duplicate == duplicate]
        if not standing:
            raise NotMerged(duplicate)
        if parent.read(transaction) is None:
            return [MembersUnmerged(merge=one.merge) for one in standing]
        return [
            MergeProposed(proposal=till.new_id(), member=standing[-1].member, duplicate=duplicate, apart=True)
        ]

    return isinstance(till.record(command_id, actor, decide).operations[0], MembersUnmerged)


def maybe_one(till: Till, most: int = 50) -> tuple[MaybeOne, ...]:
    """Who may be the same person, by telephone first. Reads an index of all members: milliseconds, not microseconds."""
    with till.read() as transaction:
        day = till.business_day(transaction)
        asked = {
            frozenset((one.member, one.duplicate))
            for one in merges.open_proposals(transaction)
            if not one.apart
        }
        found = []
        for one in duplicates.alike(transaction, most):
            people = [members.member(transaction, member, day) for member in one.members]
            known = tuple(member for member in people if member is not None)
            found.append(MaybeOne(known, one.why, frozenset(one.members) in asked))
        return tuple(found)


def merged_into(transaction: Transaction, member: str, day: str = "") -> tuple[MergedIn, ...]:
    """The descriptions that a member answers for, directly or through another; oldest first."""
    found = []
    for one in merges.merges_of(transaction, member):
        other = members.member(transaction, one.duplicate, day)
        if other is not None and one.duplicate != member:
            found.append(MergedIn(one.merge, other, one.at))
    return tuple(found)
