"""The last sale as it stands in the books now, in one snapshot, on the database worker.

What became of paper and drawer is in `services/recovery.Recovery`; nothing is recorded here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salon_desk.domain.member import Member
from salon_desk.domain.names import Names
from salon_desk.domain.shift import ShiftState
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.payment import TenderPart
from salon_desk.operations.sale import SaleCompleted, SaleRefunded, SaleVoided
from salon_desk.operations.value_document import ValueDocument
from salon_desk.services.errors import UnknownSale
from salon_desk.services.refunds import UNDOABLE
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import cards, catalogue, members, sales
from salon_desk.storage.queries.sales import Document


@dataclass(frozen=True, slots=True)
class LastSale:
    """A document with whose it is and how it was paid. `voidable`: of the open shift, and nothing was undone of it."""

    document: Document
    member: Member | None
    tenders: tuple[TenderPart, ...]
    card_tails: Mapping[str, str]
    tender_names: Mapping[str, Names]
    print_language: str
    time_zone: str
    voidable: bool


def last_sale(till: Till, op_id: str) -> LastSale:
    """The document of an operation. Raises UnknownSale, ShopMissing."""
    with till.read() as transaction:
        document = sales.document(transaction, op_id)
        entry = operation_of(transaction, op_id)
        if document is None or entry is None:
            raise UnknownSale(op_id)
        operation = entry[1]
        assert isinstance(operation, SaleCompleted | CardToppedUp | SaleRefunded | SaleVoided | ValueDocument)
        customs = catalogue.custom_tenders(transaction, till.business_day(transaction))
        return LastSale(
            document=document,
            member=members.member(transaction, document.member) if document.member else None,
            tenders=operation.tenders,
            card_tails={one.card: _tail(transaction, one.card) for one in operation.tenders if one.card},
            tender_names={one.tender_id: one.names for one in customs},
            print_language=operation.print_language,
            time_zone=till.shop(transaction).time_zone,
            voidable=_voidable(till, transaction, document),
        )


def _voidable(till: Till, transaction: Transaction, document: Document) -> bool:
    shift = till.shift(transaction)
    return (
        document.kind in UNDOABLE
        and not document.voided_by
        and not sales.undone(transaction, document.op_id)
        and shift is not None
        and shift.state is ShiftState.OPEN
        and shift.shift == document.shift
    )


def _tail(transaction: Transaction, card_id: str) -> str:
    card = cards.card(transaction, card_id)
    return card.tail if card else ""
