"""What the refund screen reads, each in one snapshot, on the database worker.

Nothing is recorded here. A receipt is found by its number, by the end of it, by its QR code, or by its member.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.domain.names import Names
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.shift import ShiftState
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.payment import TenderPart
from salon_desk.operations.sale import SaleCompleted
from salon_desk.operations.value_document import ValueDocument
from salon_desk.services import chargebacks, list_left, refunds, search, top_up_undo
from salon_desk.services.chargebacks import Dispute
from salon_desk.services.errors import NotRefundable, RightElsewhere, UnknownSale
from salon_desk.services.list_left import Gone
from salon_desk.services.refunds import UNDOABLE, Refundable
from salon_desk.services.till import Till
from salon_desk.services.top_up_undo import UndoPlan
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import cards, catalogue, members, sales, staff
from salon_desk.storage.queries.sales import Document
from salon_desk.storage.queries.shop import Shop
from salon_desk.wire.messages import Part

MOST_LISTED = 60
_MOST_MEMBERS = 5
_REFERENCE = "SD:"


@dataclass(frozen=True, slots=True)
class DocumentFound:
    """A document in the list, with whose it is."""

    document: Document
    member: Member | None


@dataclass(frozen=True, slots=True)
class Listed:
    """The list, and the shop in whose time it is read."""

    found: tuple[DocumentFound, ...]
    shop: Shop


@dataclass(frozen=True, slots=True)
class SaleOpened:
    """A document that is looked at. `refundable` where lines can be given back, else `why_not` says why.

    `tenders` as they were taken; `voidable`: the whole can be undone, because it is of the open shift and untouched. `undo`: what
    giving a top-up back comes to, `dispute`: what its bank taking the payment back does; `elsewhere`: the rights and the value to ask
    for, because they do not lie here.
    """

    found: DocumentFound
    shop: Shop
    cashier: Names
    refundable: Refundable | None
    why_not: DomainError | None
    tenders: tuple[TenderPart, ...]
    voidable: bool
    card_tails: Mapping[str, str]
    tender_names: Mapping[str, Names]
    undo: UndoPlan | None = None
    elsewhere: tuple[Part, ...] = ()
    dispute: Dispute | None = None
    nobodys: tuple[Gone, ...] = ()
    """What of a payment goes back to nobody: it came from a list of the old system that was taken back."""


def listed(till: Till, fragment: str) -> Listed:
    """Documents by receipt number or member; without a fragment the newest. Raises ShopMissing."""
    wanted = fragment.strip()
    owners = _owners(till, wanted)
    with till.read() as transaction:
        shop = till.shop(transaction)
        if not wanted:
            return Listed(
                _with_members(transaction, sales.recent(transaction, till.store.node, MOST_LISTED)), shop
            )
        documents: dict[str, Document] = {}
        for receipt in _receipts(wanted, shop):
            if (one := sales.by_receipt(transaction, receipt)) is not None:
                documents[one.op_id] = one
        for owner in owners:
            documents |= {one.op_id: one for one in sales.of_member(transaction, owner, MOST_LISTED)}
        return Listed(_with_members(transaction, list(documents.values())[:MOST_LISTED]), shop)


def open_sale(till: Till, document: str) -> SaleOpened:
    """A document by its operation's id or by what its receipt's codes say. Raises UnknownSale, ShopMissing."""
    with till.read() as transaction:
        row = _row(transaction, document)
        shop = till.shop(transaction)
        entry = operation_of(transaction, row.op_id)
        operation = entry[1] if entry else None
        undoable = SaleCompleted | CardToppedUp | ValueDocument
        tenders = operation.tenders if isinstance(operation, undoable) else ()
        shift = till.shift(transaction)
        voidable = (
            row.kind in UNDOABLE
            and not row.voided_by
            and not sales.undone(transaction, row.op_id)
            and shift is not None
            and shift.state is ShiftState.OPEN
            and shift.shift == row.shift
        )
        tails = {one.card: _tail(transaction, one.card) for one in tenders if one.card}
        customs = catalogue.custom_tenders(transaction, till.business_day(transaction))
        names = {one.tender_id: one.names for one in customs}
        found = DocumentFound(row, _member(transaction, row))
        cashier = _person(transaction, row.cashier)
    refundable, why_not = _refundable(till, row)
    undo, undo_not = _undo(till, row)
    return SaleOpened(
        found,
        shop,
        cashier,
        refundable,
        why_not or undo_not,
        tenders,
        voidable,
        tails,
        names,
        undo,
        _elsewhere(till, row, refundable),
        _dispute(till, row),
        list_left.preview(till, row.op_id) if refundable is not None else (),
    )


def name_of_card(till: Till, code: str) -> str:
    """The name of the member whose card has this code, empty when none has."""
    found = search.by_code(till, code)
    return (found.member.name or found.member.latin_name) if found and found.member else ""


def _refundable(till: Till, row: Document) -> tuple[Refundable | None, DomainError | None]:
    if row.kind != "sale":
        return None, None
    try:
        return refunds.look_up(till, row.op_id), None
    except NotRefundable as refusal:
        return None, refusal


def _undo(till: Till, row: Document) -> tuple[UndoPlan | None, DomainError | None]:
    if row.kind != "top_up":
        return None, None
    try:
        return top_up_undo.preview(till, row.op_id), None
    except (NotRefundable, RightElsewhere) as refusal:
        return None, refusal


def _dispute(till: Till, row: Document) -> Dispute | None:
    if row.kind != "top_up":
        return None
    try:
        return chargebacks.preview(till, row.op_id)
    except (NotRefundable, RightElsewhere):
        return None


def _elsewhere(till: Till, row: Document, refundable: Refundable | None) -> tuple[Part, ...]:
    try:
        if row.kind == "top_up":
            return top_up_undo.wanted(till, row.op_id)
        left = [RefundAsk(one.line_id) for one in refundable.lines if one.left] if refundable else []
        return refunds.wanted(till, row.op_id, tuple(left)) if left else ()
    except DomainError:
        return ()  # what cannot be given back needs nothing


def _row(transaction: Transaction, document: str) -> Document:
    wanted = document.strip()
    receipt = wanted.rsplit(":", 1)[-1] if wanted.startswith(_REFERENCE) else wanted
    row = sales.document(transaction, wanted) or sales.by_receipt(transaction, receipt)
    if row is None:
        raise UnknownSale(wanted)
    return row


def _receipts(wanted: str, shop: Shop) -> Iterable[str]:
    yield wanted.rsplit(":", 1)[-1] if wanted.startswith(_REFERENCE) else wanted
    if wanted.isascii() and wanted.isdigit() and len(wanted) <= 6:
        yield f"{shop.till_code}-{int(wanted):06d}"


def _owners(till: Till, wanted: str) -> tuple[str, ...]:
    found = search.search(till, wanted) if wanted else ()
    return tuple(one.member.member_id for one in found if one.member)[:_MOST_MEMBERS]


def _with_members(transaction: Transaction, documents: Iterable[Document]) -> tuple[DocumentFound, ...]:
    return tuple(DocumentFound(one, _member(transaction, one)) for one in documents)


def _member(transaction: Transaction, row: Document) -> Member | None:
    return members.member(transaction, row.member) if row.member else None


def _tail(transaction: Transaction, card_id: str) -> str:
    card = cards.card(transaction, card_id)
    return card.tail if card else ""


def _person(transaction: Transaction, staff_id: str) -> Names:
    found = staff.staff_member(transaction, staff_id) if staff_id else None
    return Names(found.called("en"), found.called("zh_CN")) if found else Names("")
