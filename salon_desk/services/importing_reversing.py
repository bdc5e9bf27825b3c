"""Taking a wrong list back: what of it lies here unspent goes, its members leave the list of members, the rest is named.

Carrying over is `importing_carrying.py`'s. The one rule: nothing is taken from anybody who has it, so that what was spent, moved or
held is left and told; the same list can be taken over again afterwards, under another name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.ledger import Posting
from salon_desk.domain.list_left import left_asset
from salon_desk.operations.card import ValueCarriedOver
from salon_desk.operations.carried_over import AssetCarriedOver, CarryingReversed, ImportSigned
from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.envelope import Header
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.services import postings
from salon_desk.services.describe import described
from salon_desk.services.importing_carrying import command_of, done
from salon_desk.services.importing_errors import UnknownList
from salon_desk.services.list_left import owed_no_more
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, imports, persons
from salon_desk.storage.queries.imports import SignedList
from salon_desk.storage.queries.imports_twice import Twice, is_carried_besides, taken_twice, with_list


@dataclass(frozen=True, slots=True)
class ListTaken:
    """A list that the owner signed for. `reversed`: whether all of it was taken back. `twice`: what is owed twice by it, because it
    was taken over at another till as well that had not heard of it.
    """

    signed: ImportSigned
    signed_by: str
    here: bool
    reversed: bool
    twice: Twice | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What could not be taken back of one thing: units that were spent, or lie elsewhere."""

    member: str
    asset: str
    units: int


def lists(till: Till, actor: Actor) -> tuple[ListTaken, ...]:
    """Every list, newest first. Raises PermissionNeeded."""
    actor.require(Permission.IMPORT)
    with till.read() as transaction:
        twice = taken_twice(transaction)
        return tuple(
            _taken_over(till, transaction, one, with_list(twice, one.node, one.signed.list_id))
            for one in reversed(imports.signed_lists(transaction))
        )


def _taken_over(till: Till, transaction: Transaction, one: SignedList, twice: Twice | None) -> ListTaken:
    return ListTaken(
        signed=one.signed,
        signed_by=one.signed.signed_by,
        here=one.node == till.store.node,
        reversed=imports.is_reversed(transaction, one.node, one.signed.list_id),
        twice=twice,
    )


def steps(till: Till, list_id: str) -> int:
    """In how many commits a list is taken back. Raises UnknownList."""
    found = done(till, list_id)
    if not found:
        raise UnknownList(list_id)
    return max(found) + 1


def take_back(till: Till, actor: Actor, list_id: str, step: int) -> tuple[Left, ...]:
    """Take back one step of a list, in one commit; the second time it changes nothing and says the same.

    Raises PermissionNeeded, CannotRecord.
    """
    actor.require(Permission.IMPORT)

    def decide(transaction: Transaction) -> list[Operation]:
        command = f"{command_of(list_id)}/batch/{step}"
        back = _Back(till, transaction, list_id)
        found = imports.recorded_for(transaction, till.store.node, command)
        return [one for header, operation in list(found) for one in back.undone(header, operation)]

    recorded = till.record(f"unimport/{list_id}/{step}", actor, decide)
    with till.read() as transaction:
        return tuple(
            Left(_member_of(transaction, asset), asset, units)
            for operation in recorded.operations
            if isinstance(operation, CarryingReversed)
            for asset, units in operation.left
        )


@dataclass(frozen=True, slots=True)
class _Back:
    """Makes the operations that undo others, inside one recording transaction."""

    till: Till
    transaction: Transaction
    list_id: str

    def undone(self, header: Header, operation: Operation) -> Iterator[Operation]:
        """What takes an operation back; nothing for what stays, such as a card without value."""
        match operation:
            case ValueCarriedOver() | AssetCarriedOver():
                yield self._taken(header, operation)
            case MemberDescribed():
                if not self._stays(operation.id):
                    yield described(self.transaction, MemberDescribed, operation.id, {"active": 0})
            case _:
                pass

    def _stays(self, member: str) -> bool:
        """Whether somebody was here since, or stands on another list that was taken over."""
        return bool(persons.documents_of(self.transaction, member)) or is_carried_besides(
            self.transaction, member, self.till.store.node, self.list_id
        )

    def _taken(self, header: Header, operation: ValueCarriedOver | AssetCarriedOver) -> CarryingReversed:
        changes, left, entries = list[PurseChange](), list[tuple[str, int]](), list[Posting]()
        store = self.till.store
        for change in operation.purse_changes:
            here = cards.units_here(self.transaction, change.asset, store.node, store.epoch)
            units = min(change.units, max(here, 0))
            if units:
                changes.append(PurseChange(change.asset, -units, Cause.UNDO))
                entries += owed_no_more(change.asset, units)
            if units < change.units:
                rest = change.units - units
                left.append((change.asset, rest))
                changes.append(PurseChange(left_asset(change.asset, self.list_id), rest, Cause.ISSUE))
        return CarryingReversed(
            list_id=self.list_id,
            op=header.op_id,
            left=tuple(left),
            purse_changes=tuple(changes),
            postings=postings.balanced(entries),
        )


def _member_of(transaction: Transaction, asset: str) -> str:
    """Whose a card is; empty for what is nobody's."""
    card = cards.card(transaction, asset.split("/")[1]) if asset.startswith("card/") else None
    return card.member if card else ""
