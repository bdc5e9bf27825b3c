"""Projections of merged members: aliases, and the proposals that wait for a root.

A description is never touched: an edit of a merged-away member that comes later lands in its own row. Whoever reads goes
through `queries/merges.py`.
"""

from __future__ import annotations

from salon_desk.operations.envelope import Header
from salon_desk.operations.member import MembersMerged, MembersUnmerged, MergeProposed, MergeRefused
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.merges import member_merges, merge_proposals

_MERGE = Rows(
    member_merges,
    lambda new: {
        "member": new.member,
        "duplicate": new.duplicate,
        "at": new.at,
        "actor": new.actor,
    },
)
_UNDO = Rows(member_merges, lambda new: {"undone": new.undone})
_PROPOSE = Rows(
    merge_proposals,
    lambda new: {name: new[name] for name in ("member", "duplicate", "apart", "node", "actor", "at")},
)
_ANSWER = Rows(merge_proposals, lambda new: {"answer": new.answer})


def members_merged(transaction: Transaction, header: Header, operation: MembersMerged) -> None:
    """Add the alias, or fill the row that its early end left."""
    transaction.put(
        _MERGE,
        merge=operation.merge,
        member=operation.member,
        duplicate=operation.duplicate,
        at=header.at,
        actor=header.actor,
        undone=0,
    )
    _answered(transaction, operation.proposal, "merged")


def members_unmerged(transaction: Transaction, _header: Header, operation: MembersUnmerged) -> None:
    """Mark the alias as undone, even when it has not arrived yet."""
    transaction.put(_UNDO, merge=operation.merge, member="", duplicate="", at=0, actor="", undone=1)
    _answered(transaction, operation.proposal, "parted")


def merge_proposed(transaction: Transaction, header: Header, operation: MergeProposed) -> None:
    """A proposal waits, unless its answer was here first."""
    transaction.put(
        _PROPOSE,
        proposal=operation.proposal,
        member=operation.member,
        duplicate=operation.duplicate,
        apart=int(operation.apart),
        node=header.node,
        actor=header.actor,
        at=header.at,
        answer="",
    )


def merge_refused(transaction: Transaction, _header: Header, operation: MergeRefused) -> None:
    """A proposal waits no more."""
    _answered(transaction, operation.proposal, "refused")


def _answered(transaction: Transaction, proposal: str, answer: str) -> None:
    if proposal:
        transaction.put(
            _ANSWER,
            proposal=proposal,
            member="",
            duplicate="",
            apart=0,
            node="",
            actor="",
            at=0,
            answer=answer,
        )
