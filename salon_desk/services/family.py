"""Family: who belongs to whom, linked and unlinked at the counter.

A link is one fact seen from both sides; what it is called from the other follows from it (`domain/member.Relation`).
"""

from __future__ import annotations

from salon_desk.domain.access import Permission
from salon_desk.domain.member import Relation
from salon_desk.operations.member import FamilyLinked, FamilyUnlinked
from salon_desk.services.errors import UnknownMember
from salon_desk.services.member_errors import OwnRelative, UnknownLink
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import members
from salon_desk.storage.queries.family import linked, relatives


def link(till: Till, command_id: str, actor: Actor, member: str, *, other: str, relation: Relation) -> None:
    """Say that `other` is the `relation` of a member; a second time it replaces what was said.

    Raises UnknownMember, OwnRelative, PermissionNeeded.
    """
    actor.require(Permission.EDIT_MEMBER)

    def decide(transaction: Transaction) -> list[FamilyLinked | FamilyUnlinked]:
        if member == other:
            raise OwnRelative(member)
        for one in (member, other):
            if members.member(transaction, one) is None:
                raise UnknownMember(one)
        before = [one for one in relatives(transaction, member) if one.member == other]
        if any(one.relation is relation for one in before):
            return []
        made = FamilyLinked(link=till.new_id(), member=member, other=other, relation=relation)
        return [*(FamilyUnlinked(link=one.link, member=member, other=other) for one in before), made]

    till.record(command_id, actor, decide)


def unlink(till: Till, command_id: str, actor: Actor, link: str) -> None:
    """Take a link back. Raises UnknownLink, PermissionNeeded."""
    actor.require(Permission.EDIT_MEMBER)

    def decide(transaction: Transaction) -> FamilyUnlinked:
        of = linked(transaction, link)
        if of is None:
            raise UnknownLink(link)
        return FamilyUnlinked(link=link, member=of[0], other=of[1])

    till.record(command_id, actor, decide)
