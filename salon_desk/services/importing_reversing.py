"""Taking a wrong list back: what of it lies here unspent goes, its members leave the list of members, the rest is named.

Carrying over is `importing_carrying.py`'s. The one rule: nothing is taken from anybody who has it, so that what was spent, moved or
held is left and told; the same list can be taken over again afterwards, under another name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.access import Permission
from salon_desk.domain.card import card_assets
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.domain.series import visit_of
from salon_desk.operations.card import ValueCarriedOver
from salon_desk.operations.carried_over import AssetCarriedOver, CarryingReversed, ImportSigned, Owned
from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.envelope import Header
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.services import postings
from salon_desk.services.describe import described
from salon_desk.services.importing_carrying import command_of, done
from salon_desk.services.importing_errors import UnknownList
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, imports, persons


@dataclass(frozen=True, slots=True)
class ListTaken:
    """A list that the owner signed for. `carried`: how much was recorded; `reversed`: whether taking it back was begun."""

    signed: ImportSigned
    signed_by: str
    here: bool
    reversed: bool


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
        return tuple(
            ListTaken(
                signed=one.signed,
                signed_by=one.signed.signed_by,
                here=one.node == till.store.node,
                reversed=imports.is_reversed(transaction, one.node, one.signed.list_id),
            )
            for one in reversed(imports.signed_lists(transaction))
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
                if not persons.documents_of(self.transaction, operation.id):
                    yield described(self.transaction, MemberDescribed, operation.id, {"active": 0})
            case _:
                pass

    def _taken(self, header: Header, operation: ValueCarriedOver | AssetCarriedOver) -> CarryingReversed:
        changes, left, entries = list[PurseChange](), list[tuple[str, int]](), list[Posting]()
        store = self.till.store
        for change in operation.purse_changes:
            here = cards.units_here(self.transaction, change.asset, store.node, store.epoch)
            units = min(change.units, max(here, 0))
            if units:
                changes.append(PurseChange(change.asset, -units, Cause.UNDO))
                entries += _postings(operation, change.asset, units)
            if units < change.units:
                left.append((change.asset, change.units - units))
        return CarryingReversed(
            list_id=self.list_id,
            op=header.op_id,
            left=tuple(left),
            purse_changes=tuple(changes),
            postings=postings.balanced(entries),
        )


def _postings(operation: ValueCarriedOver | AssetCarriedOver, asset: str, units: int) -> list[Posting]:
    """What is not owed any more for so many units."""
    match operation:
        case ValueCarriedOver():
            funding = operation.funding
            paid = card_assets(funding.card, funding.paid.currency).paid
            account = ledger.STORED_VALUE_PAID if asset == paid else ledger.STORED_VALUE_BONUS
            amount = Money(units, funding.paid.currency)
        case AssetCarriedOver(owned_kind=Owned.GIFT):
            account, amount = ledger.GIFT_CARDS, Money(units, operation.worth.currency)
        case AssetCarriedOver(owned_kind=Owned.SERIES):
            visit = visit_of(asset)
            assert visit is not None
            account, amount = ledger.SERIES, visit.price * units
        case _:
            return []
    return [Posting(account, amount), Posting(ledger.VALUE_CARRIED_OVER, -amount)]


def _member_of(transaction: Transaction, asset: str) -> str:
    """Whose a card is; empty for what is nobody's."""
    card = cards.card(transaction, asset.split("/")[1]) if asset.startswith("card/") else None
    return card.member if card else ""
