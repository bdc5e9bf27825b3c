"""The journal: the one place through which every fact of the product is written.

Deciding lives in `services`, applying in `apply/`. `record` runs decide, journal row, apply, local effects, anchor and
commit as one BEGIN IMMEDIATE transaction; `append` does the same for operations that already have their envelope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from salon_desk.operations import envelope as envelopes
from salon_desk.operations.envelope import SALT_BYTES, Envelope, Header
from salon_desk.operations.hybrid_clock import next_reading
from salon_desk.operations.operation import Operation
from salon_desk.operations.registry import decode, encode
from salon_desk.storage import erasing, scrubbing
from salon_desk.storage.anchor import AnchorUnsettled
from salon_desk.storage.apply import apply
from salon_desk.storage.apply.chains import followed
from salon_desk.storage.engine import CommitFailed, Statement, Transaction
from salon_desk.storage.errors import CannotRecord, PersonErased
from salon_desk.storage.queries.sayings import in_words
from salon_desk.storage.rows import envelope_of, write_rows
from salon_desk.storage.store import Store
from salon_desk.storage.tables.journal import journal

BY_COMMAND = Statement(
    lambda: select(journal).where(
        journal.c.node == bindparam("node"), journal.c.command_id == bindparam("command_id")
    )
)
BY_OP = Statement(lambda: select(journal).where(journal.c.op_id == bindparam("op_id")))
_AFTER = Statement(
    lambda: select(journal).where(journal.c.position > bindparam("position")).order_by(journal.c.position)
)


@dataclass(frozen=True, slots=True)
class Command:
    """Why something is recorded: the id made before the work started, who did it, on which business day.

    The day is an ISO date, or a function that reads it inside the recording transaction.
    """

    command_id: str
    actor: str
    business_day: str | Callable[[Transaction], str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What `record` made durable. `repeated` says that the command had been carried out before."""

    envelopes: tuple[Envelope, ...]
    operations: tuple[Operation, ...]
    repeated: bool = False

    @property
    def op_id(self) -> str:
        """The id of the first operation."""
        return self.envelopes[0].header.op_id


Decide = Callable[[Transaction], Operation | Sequence[Operation]]


def record(store: Store, command: Command, decide: Decide) -> Recorded:
    """Decide and record in one transaction; durable (anchor flushed, commit fsynced) when it returns.

    `decide` reads through the transaction and returns one operation or several; a DomainError from it leaves
    nothing behind. The same `command_id` again gives back what it recorded the first time. Raises PersonErased, CannotRecord
    when the disk refuses (nothing was recorded), StoreStopped when even that cannot be made sure, OwnRecordsMissing and
    TillClosed when nothing may be recorded here. Runs on the database worker.
    """
    store.require_recording()
    made: list[Recorded] = []

    def work(transaction: Transaction) -> list[Envelope]:
        before = _carried_out(transaction, store.node, command.command_id)
        if before is not None:
            made.append(before)
            return []
        decided = decide(transaction)
        operations = [decided] if isinstance(decided, Operation) else list(decided)
        erasing.require_known(transaction, operations)
        day = command.business_day
        sealed = _seal(store, command, operations, day if isinstance(day, str) else day(transaction))
        made.append(Recorded(tuple(sealed), tuple(operations)))
        return sealed

    _commit(store, work)
    return made[0]


def append(
    store: Store, sealed: Sequence[Envelope], also: Callable[[Transaction], None] | None = None
) -> None:
    """Record operations that have their envelopes already (replay from the anchor), as record would.

    `also` writes local rows in the same transaction.
    """

    def work(transaction: Transaction) -> list[Envelope]:
        if also is not None:
            also(transaction)
        return list(sealed)

    _commit(store, work, in_anchor=True)


def _commit(store: Store, work: Callable[[Transaction], list[Envelope]], *, in_anchor: bool = False) -> None:
    sealed: list[Envelope] = []
    before = store.anchor.end

    def anchor() -> None:
        if sealed and not in_anchor:
            store.anchor.append(envelopes.pack(sealed))

    try:
        with store.database.write(before_commit=anchor) as transaction:
            store.refresh(transaction)
            sealed = work(transaction)
            if sealed:
                if in_anchor:
                    sealed = erasing.withheld(transaction, sealed)
                write_rows(transaction, sealed, store.head.position)
                followed(transaction, sealed)
                erasing.note_bare(transaction, sealed)
                for one in sealed:
                    _apply(store, transaction, one)
    except AnchorUnsettled as error:
        store.stop(error)
    except BaseException as error:
        if not _stands_after(store, error, sealed, anchored=store.anchor.end != before):
            raise
    if sealed:
        store.advance(sealed)
        scrubbing.after(store, sealed)


def _stands_after(store: Store, error: BaseException, sealed: list[Envelope], *, anchored: bool) -> bool:
    """Whether the commit stands although an error came out of it. Raises CannotRecord, StoreStopped.

    False: the error is a refusal or a bug and goes on upwards. So does an interrupt, even one after the commit; but
    then the store knows what it recorded.
    """
    trouble = store.database.trouble(error)
    if not anchored and trouble is None:
        return False
    may_stand = isinstance(error, CommitFailed) and error.may_stand
    stands = store.settle_failed_commit(sealed, anchored=anchored, may_stand=may_stand)
    if trouble is None:
        if stands:
            store.advance(sealed)
        return False
    if not stands:
        raise CannotRecord(reason=trouble) from error
    return True


def _apply(store: Store, transaction: Transaction, sealed: Envelope) -> None:
    if sealed.body is None:
        return  # of a person who was erased
    operation = decode(sealed.header.kind, sealed.header.version, sealed.body)
    apply(transaction, sealed.header, operation)
    store.effects(transaction, sealed.header, operation)


def _seal(
    store: Store, command: Command, operations: Sequence[Operation], business_day: str
) -> list[Envelope]:
    sealed: list[Envelope] = []
    seq, previous, at = store.head.seq, store.head.hash, store.head.at
    now = store.clock.now()
    salts = store.salt(SALT_BYTES * len(operations))
    for index, operation in enumerate(operations):
        seq, at = seq + 1, next_reading(at, now)
        body = encode(operation)
        salt = salts[index * SALT_BYTES : (index + 1) * SALT_BYTES]
        header = Header(
            op_id=store.new_id(),
            kind=operation.KIND,
            version=operation.VERSION,
            node=store.node,
            epoch=store.epoch,
            seq=seq,
            at=at,
            business_day=getattr(operation, "business_day", business_day),
            actor=command.actor,
            command_id=command.command_id if index == 0 else f"{command.command_id}/{index}",
            body_hash=envelopes.body_hash(salt, body),
            prev_hash=previous,
        )
        sealed.append(envelopes.seal(header, salt, body))
        previous = sealed[-1].hash
    return sealed


def after(transaction: Transaction, position: int) -> Iterator[tuple[int, Envelope]]:
    """Positions and envelopes behind a position, one by one; nothing else may run on the transaction meanwhile."""
    for row in transaction.stream(_AFTER, position=position):
        yield row.position, envelope_of(row)


def operation_of(transaction: Transaction, op_id: str) -> tuple[Header, Operation] | None:
    """The header and the operation recorded under this id, with the words of its reason; or None."""
    row = transaction.one(BY_OP, op_id=op_id)
    if row is None or row.body is None:
        return None
    return envelope_of(row).header, in_words(transaction, decode(row.kind, row.version, row.body))


def _carried_out(transaction: Transaction, node: str, command_id: str) -> Recorded | None:
    row = transaction.one(BY_COMMAND, node=node, command_id=command_id)
    if row is None:
        return None
    found = [row]
    while (
        row := transaction.one(BY_COMMAND, node=node, command_id=f"{command_id}/{len(found)}")
    ) is not None:
        found.append(row)
    sealed = tuple(envelope_of(one) for one in found)
    if any(one.body is None for one in found):
        raise PersonErased("")
    bodies = tuple(decode(one.kind, one.version, one.body) for one in found)
    return Recorded(sealed, bodies, repeated=True)
