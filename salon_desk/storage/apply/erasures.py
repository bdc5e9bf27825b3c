"""What an erasure does to projections: every row that describes the person goes, and none comes back.

Bodies in the journal, the anchor and the search index are `storage/erasing.py`'s. The one rule: a table that keeps something of a
member's description stands in `_DESCRIBING`; ids in facts that move units or money stay.
"""

from __future__ import annotations

from functools import partial

from sqlalchemy import BindParameter, ColumnElement, Delete, Table, bindparam, delete, or_, select

from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.envelope import Header
from salon_desk.operations.erasure import MemberErased
from salon_desk.operations.operation import Operation
from salon_desk.operations.personal import people_of
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.cards import gift_greetings
from salon_desk.storage.tables.carried import carried
from salon_desk.storage.tables.catalogue import planned_changes
from salon_desk.storage.tables.erasures import erased_bodies, erased_members
from salon_desk.storage.tables.follow_ups import follow_up_results, follow_ups
from salon_desk.storage.tables.members import (
    allergies,
    allergy_acknowledgements,
    consents,
    family_links,
    member_pins,
    members,
)
from salon_desk.storage.tables.messages import message_attempts, messages, messages_received
from salon_desk.storage.tables.sayings import sayings

_ERASED = Rows(erased_members, lambda _new: {})
_BODY = Rows(erased_bodies, lambda _new: {})
_IS_ERASED = Statement(
    lambda: select(erased_members.c.member).where(erased_members.c.member == bindparam("member"))
)
_WHO: BindParameter[str] = bindparam("who")


def _rows_of(table: Table, whose: ColumnElement[bool]) -> Delete:
    return delete(table).where(whose)


_DESCRIBING: tuple[tuple[Table, ColumnElement[bool]], ...] = (
    (members, members.c.id == _WHO),
    (allergies, allergies.c.member == _WHO),
    (allergy_acknowledgements, allergy_acknowledgements.c.member == _WHO),
    (consents, consents.c.member == _WHO),
    (member_pins, member_pins.c.member == _WHO),
    (sayings, sayings.c.member == _WHO),
    (family_links, or_(family_links.c.member == _WHO, family_links.c.other == _WHO)),
    (gift_greetings, gift_greetings.c.member == _WHO),
    (carried, (carried.c.member == _WHO) & (carried.c.asset == "")),
    (follow_ups, follow_ups.c.member == _WHO),
    (follow_up_results, follow_up_results.c.member == _WHO),
    (messages, messages.c.member == _WHO),
    (message_attempts, message_attempts.c.member == _WHO),
    (
        messages_received,
        messages_received.c.op_id.in_(
            select(messages_received.c.op_id).where(messages_received.c.member == _WHO)
        ),
    ),
    (
        planned_changes,
        (planned_changes.c.subject == MemberDescribed.KIND) & (planned_changes.c.id == _WHO),
    ),
)
"""Every table that keeps something of a description, and which of its rows are about whom."""

FORGETTING = tuple(table for table, _whose in _DESCRIBING)
_FORGET = tuple(Statement(partial(_rows_of, table, whose)) for table, whose in _DESCRIBING)


def member_erased(transaction: Transaction, _header: Header, operation: MemberErased) -> None:
    """Forget what describes these members, and remember that nothing of it is to be kept."""
    for member in operation.members:
        transaction.put(_ERASED, member=member)
        for forget in _FORGET:
            transaction.run(forget, who=member)
    transaction.put_many(_BODY, [{"op_id": op_id} for op_id in operation.op_ids])


def is_erased(transaction: Transaction, member: str) -> bool:
    """Whether this member was erased, as far as this node knows."""
    return transaction.one(_IS_ERASED, member=member) is not None


def describes_erased(transaction: Transaction, operation: Operation) -> bool:
    """Whether an operation describes somebody who was erased: it is applied nowhere."""
    return any(is_erased(transaction, one) for one in people_of(operation))
