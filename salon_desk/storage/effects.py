"""What an operation causes on this machine besides the projections: print jobs, the search index, bodies that go.

No fact lives here: all of it is local, and follows from the operation alone, so that an operation replayed from the
anchor prints its receipt as well. `verify` does not run it.
"""

from __future__ import annotations

from salon_desk.operations.card import CardIssued, CardRecoded, CardToppedUp
from salon_desk.operations.carried_over import AssetCarriedOver, Owned
from salon_desk.operations.description import ItemDescribed, MemberDescribed
from salon_desk.operations.envelope import Header
from salon_desk.operations.gift import GiftSold
from salon_desk.operations.operation import Operation
from salon_desk.operations.proof import SpendSigned
from salon_desk.operations.sale import SaleCompleted, SaleRefunded, SaleVoided
from salon_desk.operations.shift import (
    CashDropped,
    CashPaidIn,
    CashPaidOut,
    DrawerOpened,
    ShiftClosed,
    TipsPaidOut,
)
from salon_desk.operations.value_document import ValueDocument
from salon_desk.storage import erasing, print_jobs, search
from salon_desk.storage.engine import Transaction
from salon_desk.storage.store import Effects


def effects_of(node: str) -> Effects:
    """What happens on the machine of this node: its own operations print, and everybody's can be searched for."""

    def effects(transaction: Transaction, header: Header, operation: Operation) -> None:
        if header.node == node:
            _print(transaction, header, operation)
        _index(transaction, operation)
        erasing.follow(transaction, header, operation)

    return effects


def _print(transaction: Transaction, header: Header, operation: Operation) -> None:
    """Queue what is to be printed, inside the recording transaction."""
    match operation:
        case SaleCompleted() | CardToppedUp() | SaleRefunded() | SaleVoided() | ValueDocument():
            if print_jobs.opens_drawer(transaction, header.business_day, operation):
                print_jobs.queue(transaction, header, "drawer", "")
            if operation.print_language:
                print_jobs.queue(transaction, header, "receipt", operation.print_language)
        case SpendSigned():
            if operation.print_language:
                print_jobs.queue(transaction, header, "signed", operation.print_language)
        case ShiftClosed():
            if operation.print_language:
                print_jobs.queue(transaction, header, "z", operation.print_language)
        case DrawerOpened() | CashPaidIn() | CashPaidOut() | CashDropped() | TipsPaidOut():
            print_jobs.queue(transaction, header, "drawer", "")
        case _:
            pass


def _index(transaction: Transaction, operation: Operation) -> None:
    """Keep the search index in step."""
    match operation:
        case MemberDescribed():
            search.index_member(transaction, operation.id)
        case ItemDescribed():
            search.index_item(transaction, operation.id)
        case CardIssued() | CardRecoded():
            search.index_card(transaction, operation.card)
        case GiftSold():
            search.index_card(transaction, operation.gift)
        case AssetCarriedOver(owned_kind=Owned.GIFT):
            search.index_card(transaction, operation.owned)
        case _:
            pass
