"""Bodies of operations that describe an erased person: taken out of the journal and the search index, and not let in again.

Projections are in `apply/erasures.py`; the anchor and the free pages of the database in `scrubbing.py`. Headers and hashes stay, so
that every chain is whole (PROTOCOL 2). Each function runs inside its caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import LargeBinary, Select, bindparam, func, null, select, update
from sqlalchemy.engine import Dialect

from salon_desk.operations.envelope import Envelope, Header
from salon_desk.operations.erasure import MemberErased
from salon_desk.operations.operation import Operation
from salon_desk.operations.personal import PERSONAL, people_of
from salon_desk.operations.registry import KINDS, MAY_BE_WITHHELD, decode_known
from salon_desk.storage import local, search
from salon_desk.storage.apply.erasures import describes_erased, is_erased
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.errors import PersonErased
from salon_desk.storage.putting import Rows
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.tables.erasures import bodies_gone, erased_bodies
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.network import forks

DUE = "erasure-due"
"""The setting of this machine that says what is left to do outside its tables (`scrubbing.py`)."""
ANCHOR = "anchor"

_STRIP = Statement(
    lambda: update(journal).where(journal.c.op_id == bindparam("of_op")).values(salt=null(), body=null())
)
_KIND_OF = Statement(lambda: select(journal.c.kind).where(journal.c.op_id == bindparam("op_id")))
_IS_NAMED = Statement(
    lambda: select(erased_bodies.c.op_id).where(erased_bodies.c.op_id == bindparam("op_id"))
)
_GONE = Rows(bodies_gone, lambda _new: {})
_FORKS = Statement(lambda: select(forks.c.node, forks.c.epoch, forks.c.seq, forks.c.hash, forks.c.envelope))
_CHANGE_FORK = Statement(
    lambda: (
        update(forks)
        .where(
            forks.c.node == bindparam("of_node"),
            forks.c.epoch == bindparam("of_epoch"),
            forks.c.seq == bindparam("of_seq"),
            forks.c.hash == bindparam("of_hash"),
        )
        .values(envelope=bindparam("bare"))
    )
)


class _Naming(Statement):
    """Operations in whose body something stands, of the personal kinds or of all others; each database has its own word for that."""

    def __init__(self, *, personal: bool) -> None:
        super().__init__(lambda: None)
        self._personal = personal

    def element(self, dialect: Dialect) -> Select[Any]:
        """The statement in the words of a database."""
        where = func.instr if dialect.name == "sqlite" else func.pg_catalog.position
        kinds = journal.c.kind.in_(sorted(PERSONAL))
        return select(journal).where(
            kinds if self._personal else ~kinds,
            journal.c.body.is_not(None),
            where(journal.c.body, bindparam("needle", type_=LargeBinary)) > 0,
        )


_NAMING, _SAYING = _Naming(personal=True), _Naming(personal=False)


def is_to_go(transaction: Transaction, one: Envelope) -> bool:
    """Whether the body of an operation must not be kept: an erasure names it, or it describes somebody who was erased.

    What this program knows to be no description stays, whoever names it.
    """
    return _is_to_go(transaction, one, lambda member: is_erased(transaction, member))


def bare(one: Envelope) -> Envelope:
    """An operation without its body."""
    return Envelope(header=one.header, hash=one.hash, salt=None, body=None)


def withheld(transaction: Transaction, coming: Sequence[Envelope]) -> list[Envelope]:
    """Operations as they may be kept: without the bodies that describe somebody who was erased, or is by one of them."""
    now: set[str] = set()
    for one in coming:
        if one.header.kind == MemberErased.KIND:
            operation = decode_known(one.header.kind, one.header.version, one.body)
            now |= set(operation.members) if isinstance(operation, MemberErased) else set()

    def gone(member: str) -> bool:
        return member in now or is_erased(transaction, member)

    return [bare(one) if one.body and _is_to_go(transaction, one, gone) else one for one in coming]


def note_bare(transaction: Transaction, kept: Iterable[Envelope]) -> None:
    """Remember which of these operations lack a body that only an erasure takes, for `verify`."""
    for one in kept:
        if one.body is None and one.header.kind in PERSONAL - MAY_BE_WITHHELD:
            transaction.put(_GONE, op_id=one.header.op_id)


def require_known(transaction: Transaction, operations: Iterable[Operation]) -> None:
    """Raise PersonErased where somebody is to be described who was erased, perhaps since the form was opened."""
    for operation in operations:
        if describes_erased(transaction, operation):
            raise PersonErased(*people_of(operation)[:1])


def follow(transaction: Transaction, header: Header, operation: Operation) -> None:
    """What every node does when an operation was applied: forget whom it erases; keep no body that came too late."""
    if isinstance(operation, MemberErased):
        _forget(transaction, operation)
    elif describes_erased(transaction, operation):
        _strip(transaction, header.op_id)
        transaction.put(_GONE, op_id=header.op_id)


def naming(transaction: Transaction, member: str) -> list[Envelope]:
    """The operations that describe a member, in the order of recording. A scan over what describes people."""
    found = []
    for row in sorted(transaction.all(_NAMING, needle=member.encode()), key=lambda one: int(one.position)):
        operation = decode_known(row.kind, row.version, row.body)
        if operation is not None and member in people_of(operation):
            found.append(envelope_of(row))
    return found


def saying(transaction: Transaction, words: Iterable[str]) -> int:
    """How many facts have one of these words in what somebody typed, a reason or a reference: they stay. A scan of everything."""
    return len({row.op_id for word in words for row in transaction.all(_SAYING, needle=word.encode())})


def _forget(transaction: Transaction, erasure: MemberErased) -> None:
    """Journal, evidence and search index; what lies outside the tables is left to be done."""
    for member in erasure.members:
        for one in naming(transaction, member):
            _strip(transaction, one.header.op_id)
            transaction.put(_GONE, op_id=one.header.op_id)
        search.forget_member(transaction, member)
    for op_id in erasure.op_ids:
        kind = transaction.value(_KIND_OF, op_id=op_id)
        if kind is not None and _may_go(kind):
            _strip(transaction, op_id)
    _bare_evidence(transaction)
    local.put_setting(transaction, DUE, ANCHOR)


def _strip(transaction: Transaction, op_id: str) -> None:
    transaction.run(_STRIP, of_op=op_id)


def _bare_evidence(transaction: Transaction) -> None:
    """Operations that were kept because their number is taken describe people as well."""
    for row in transaction.all(_FORKS):
        kept = msgspec.msgpack.decode(row.envelope, type=Envelope)
        if kept.body is not None and is_to_go(transaction, kept):
            key = {"of_node": row.node, "of_epoch": row.epoch, "of_seq": row.seq, "of_hash": row.hash}
            transaction.run(_CHANGE_FORK, **key, bare=msgspec.msgpack.encode(bare(kept)))


def _may_go(kind: str) -> bool:
    return kind in PERSONAL or kind not in KINDS


def _is_to_go(transaction: Transaction, one: Envelope, gone: Callable[[str], bool]) -> bool:
    header = one.header
    if not _may_go(header.kind):
        return False
    operation = decode_known(header.kind, header.version, one.body)
    if operation is not None and any(gone(member) for member in people_of(operation)):
        return True
    return transaction.one(_IS_NAMED, op_id=header.op_id) is not None
