"""Which bodies a store gets to see of those that may be withheld: allergies and PINs of members it serves, PINs of who works there.

No transport lives here. Headers go everywhere, byte for byte; only salt and body are left out. What a store newly may see
head office discloses by an operation of its own, which every copy of the journal carries (PROTOCOL 2, RULES 22).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.description import (
    AllergyNoted,
    AllergyRemoved,
    ChangePlanned,
    MemberDescribed,
    PinSet,
    StaffDescribed,
    TillDescribed,
)
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.node import BodyDisclosed
from salon_desk.operations.operation import Operation
from salon_desk.operations.proof import MemberPinSet
from salon_desk.operations.registry import MAY_BE_WITHHELD
from salon_desk.operations.sale import SaleCompleted
from salon_desk.operations.series import SeriesSold
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import withheld
from salon_desk.storage.queries.stores import store_of_till
from salon_desk.storage.queries.withheld import Withheld
from salon_desk.storage.store import Store
from salon_desk.wire.messages import Disclosed

MOST_IN_ONE = 100
"""Bodies named in one disclosure, so that the page that carries it stays a page."""


class Reason(StrEnum):
    """Why a store gets to see bodies."""

    SERVES = "serves-the-member"
    WORKS = "works-there"


def visible(transaction: Transaction, envelopes: Iterable[Envelope], store: str) -> list[Envelope]:
    """The envelopes as a till of `store` may see them, in their order. Any thread; a read transaction will do.

    Salt and body stay where the operation was recorded in that store, or was disclosed to it; a till that belongs to no
    store sees none of them.
    """
    stores: dict[str, str] = {}
    shown = []
    for one in envelopes:
        if one.body is not None and one.header.kind in MAY_BE_WITHHELD:
            node = one.header.node
            if node not in stores:
                stores[node] = store_of_till(transaction, node)
            if not _may_see(transaction, one, store, stores[node]):
                one = Envelope(header=one.header, hash=one.hash, salt=None, body=None)
        shown.append(one)
    return shown


def bodies_for(transaction: Transaction, envelopes: Iterable[Envelope], store: str) -> list[Disclosed]:
    """The bodies that the disclosures to `store` among these envelopes name, once each. Any thread, read transaction."""
    named: dict[str, None] = {}
    for one in envelopes:
        if one.header.kind == BodyDisclosed.KIND:
            operation = withheld.operation_of(one)
            if store and isinstance(operation, BodyDisclosed) and operation.store == store:
                named.update(dict.fromkeys(operation.op_ids))
    found = []
    for op_id in named:
        kept = withheld.envelope(transaction, op_id)
        if kept is not None and kept.salt is not None and kept.body is not None:
            found.append(Disclosed(op_id=op_id, salt=kept.salt, body=kept.body))
    return found


def disclose_where_needed(office: Store, recorded: Sequence[Envelope]) -> None:
    """Record what stores newly may see after these operations were recorded here. The thread that writes.

    Opens no writing transaction when nothing concerns it. What a crash cut off, `catch_up` finds at the next start.
    """
    told = [(one, operation) for one in recorded if (operation := _concerning(one)) is not None]
    if not told:
        return
    with office.database.read() as transaction:
        touched = _touched(transaction, told)
    if touched:
        _record(office, touched)


def catch_up(office: Store) -> None:
    """Record every disclosure that is due and missing, at a start. The thread that writes; two scans."""
    with office.database.read() as transaction:
        touched = Touched(
            members=set(withheld.member_operations(transaction)),
            staff=set(withheld.newest_pins(transaction)),
        )
    if touched:
        _record(office, touched)


@dataclass(slots=True)
class Touched:
    """Whom and what a push concerns. `moved`: stores that got a till which was another store's before."""

    members: set[str] = field(default_factory=set)
    staff: set[str] = field(default_factory=set)
    stores: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.members or self.staff or self.stores)


def _may_see(transaction: Transaction, one: Envelope, store: str, recorded_in: str) -> bool:
    if not store:
        return False
    return recorded_in == store or withheld.is_disclosed(transaction, one.header.op_id, store)


_CONCERNING = frozenset(
    one.KIND
    for one in (
        SaleCompleted,
        CardToppedUp,
        SeriesSold,
        MemberDescribed,
        StaffDescribed,
        TillDescribed,
        ChangePlanned,
        AllergyNoted,
        AllergyRemoved,
        PinSet,
        MemberPinSet,
    )
)
_WHERE_STAFF_WORK = frozenset(("stores", "active"))


def _concerning(one: Envelope) -> Operation | None:
    return withheld.operation_of(one) if one.header.kind in _CONCERNING else None


def _touched(transaction: Transaction, told: Iterable[tuple[Envelope, Operation]]) -> Touched:
    touched = Touched()
    for one, operation in told:
        match operation:
            case SaleCompleted() | CardToppedUp() | SeriesSold():
                if _begins_to_serve(transaction, one.header.op_id, operation):
                    touched.members.add(operation.member)
            case MemberDescribed():
                if "home_store" in operation.fields and withheld.is_told_of(transaction, operation.id):
                    touched.members.add(operation.id)
            case AllergyNoted() | MemberPinSet():
                touched.members.add(operation.member)
            case AllergyRemoved():
                touched.members.add(withheld.member_of_allergy(transaction, operation.allergy_id))
            case PinSet():
                touched.staff.add(operation.staff)
            case StaffDescribed():
                if operation.fields.keys() & _WHERE_STAFF_WORK:
                    touched.staff.add(operation.id)
            case ChangePlanned(subject=StaffDescribed.KIND):
                if operation.fields.keys() & _WHERE_STAFF_WORK:
                    touched.staff.add(operation.id)
            case TillDescribed():
                _till(transaction, operation, touched)
            case _:
                pass
    touched.members.discard("")
    return touched


def _begins_to_serve(
    transaction: Transaction, op_id: str, document: SaleCompleted | CardToppedUp | SeriesSold
) -> bool:
    """Whether this is the first visit to a store by a member of whom there is something to know."""
    member, store = document.member, document.store
    return (
        bool(member)
        and withheld.is_told_of(transaction, member)
        and withheld.is_first_visit(transaction, op_id, member, store)
    )


def _till(transaction: Transaction, operation: TillDescribed, touched: Touched) -> None:
    """A till came to a store: the store may be new, and a till of another store before has passed over its bodies."""
    said = operation.fields.get("store")
    store = store_of_till(transaction, operation.id)
    if said is not None and store:
        touched.stores.add(store)
        if said.n > 1:
            touched.moved.add(store)


def _record(office: Store, touched: Touched) -> None:
    command = journal.Command(f"disclose/{office.new_id()}", actor="", business_day="")
    journal.record(office, command, lambda transaction: _due(transaction, touched))


def _due(transaction: Transaction, touched: Touched) -> list[BodyDisclosed]:
    """What is to be disclosed, reckoned anew inside the writing transaction, so that nobody discloses it twice."""
    by_store: dict[tuple[str, Reason], list[str]] = {}

    def offer(stores: Iterable[str], operations: Iterable[Withheld], reason: Reason) -> None:
        for store in stores:
            for one in operations:
                if store in touched.moved or not _there_already(transaction, one, store):
                    by_store.setdefault((store, reason), []).append(one.op_id)

    if touched.members or touched.moved:
        for member, notes in withheld.member_operations(transaction).items():
            whole = member in touched.members
            if whole or touched.moved:
                stores = withheld.stores_serving(transaction, member)
                offer([one for one in stores if whole or one in touched.moved], notes, Reason.SERVES)
    if touched.staff or touched.stores:
        for who, pin in withheld.newest_pins(transaction).items():
            whole = who in touched.staff
            if whole or touched.stores:
                stores = withheld.stores_of_staff(transaction, who)
                offer([one for one in stores if whole or one in touched.stores], [pin], Reason.WORKS)
    return [
        BodyDisclosed(op_ids=tuple(op_ids[start : start + MOST_IN_ONE]), store=store, reason=reason.value)
        for (store, reason), op_ids in sorted(by_store.items())
        for start in range(0, len(op_ids), MOST_IN_ONE)
    ]


def _there_already(transaction: Transaction, one: Withheld, store: str) -> bool:
    return store_of_till(transaction, one.node) == store or withheld.is_disclosed(
        transaction, one.op_id, store
    )
