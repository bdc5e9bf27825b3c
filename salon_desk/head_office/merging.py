"""What tills asked about members who may be one person: decided here when it is plain, else by the owner.

Plain is: the same telephone, a name in common, nothing that contradicts. To take members apart again is always granted, for it loses nothing.
The one rule: a proposal is answered once, under a command that names it, so that a crash answers it the same again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salon_desk.domain.member import Member, birthday_on
from salon_desk.head_office.recording import business_day, once
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.member import MembersMerged, MembersUnmerged, MergeProposed, MergeRefused
from salon_desk.operations.operation import Operation
from salon_desk.services.member_errors import UnknownProposal
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import members, merges
from salon_desk.storage.queries.merges import Proposal
from salon_desk.storage.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for the owner, with both members as far as they are known here."""

    proposal: Proposal
    member: Member | None
    duplicate: Member | None


def after_push(office: Store, recorded: Sequence[Envelope]) -> None:
    """Answer what is plain of what tills ask. The thread that writes; opens no transaction when nothing was asked."""
    if any(one.header.kind == MergeProposed.KIND for one in recorded):
        catch_up(office)


def catch_up(office: Store) -> int:
    """Answer everything that waits and is plain; how many. The thread that writes."""
    with office.database.read() as transaction:
        plain = [one for one in merges.open_proposals(transaction) if _is_plain(transaction, one)]
    for one in plain:
        _answer(office, one)
    return len(plain)


def waiting(transaction: Transaction) -> list[Waiting]:
    """What waits for the owner, oldest first. Any thread; a read transaction will do."""
    return [
        Waiting(one, members.member(transaction, one.member), members.member(transaction, one.duplicate))
        for one in merges.open_proposals(transaction)
    ]


def accept(office: Store, proposal: str) -> None:
    """The owner says that they are one person (or two). Raises UnknownProposal. The thread that writes."""
    _answer(office, _open(office, proposal))


def refuse(office: Store, proposal: str, reason: str = "") -> None:
    """The owner decides against it. Raises UnknownProposal. The thread that writes."""
    _record(office, _open(office, proposal), [MergeRefused(proposal=proposal, reason=reason)])


def _open(office: Store, proposal: str) -> Proposal:
    with office.database.read() as transaction:
        for one in merges.open_proposals(transaction):
            if one.proposal == proposal:
                return one
    raise UnknownProposal(proposal)


def _is_plain(transaction: Transaction, asked: Proposal) -> bool:
    if asked.apart:
        return True
    one, other = (members.member(transaction, member) for member in (asked.member, asked.duplicate))
    if one is None or other is None:
        return False
    return (
        bool(one.phone)
        and one.phone == other.phone
        and _agree(birthday_on(one), birthday_on(other))
        and _one_name(one, other)
    )


def _one_name(one: Member, other: Member) -> bool:
    """Whether they share a name, and none contradicts another: mother and daughter may share a telephone."""
    pairs = ((one.name, other.name), (one.latin_name, other.latin_name))
    shared = any(first and first.casefold() == second.casefold() for first, second in pairs)
    return shared and all(_agree(first, second) for first, second in pairs)


def _agree(one: str, other: str) -> bool:
    """Whether two texts do not contradict each other: the same, or one is missing."""
    return not one or not other or one.casefold() == other.casefold()


def _answer(office: Store, asked: Proposal) -> None:
    def decide(transaction: Transaction) -> list[Operation]:
        return _apart(transaction, asked) if asked.apart else _together(office, transaction, asked)

    command = once(office, f"merge/{asked.proposal}", business_day(office))
    journal.record(office, command, decide)


def _record(office: Store, asked: Proposal, operations: Sequence[Operation]) -> None:
    command = once(office, f"merge/{asked.proposal}", business_day(office))
    journal.record(office, command, lambda _transaction: operations)


def _together(office: Store, transaction: Transaction, asked: Proposal) -> list[Operation]:
    kept, other = (merges.canonical(transaction, one) for one in (asked.member, asked.duplicate))
    if kept == other:  # another till asked for the same first
        return [MergeRefused(proposal=asked.proposal, reason="merged-already")]
    return [MembersMerged(merge=office.new_id(), member=kept, duplicate=other, proposal=asked.proposal)]


def _apart(transaction: Transaction, asked: Proposal) -> list[Operation]:
    standing = [
        one for one in merges.merges_of(transaction, asked.duplicate) if one.duplicate == asked.duplicate
    ]
    if not standing:
        return [MergeRefused(proposal=asked.proposal, reason="not-merged")]
    return [MembersUnmerged(merge=one.merge, proposal=asked.proposal) for one in standing]
