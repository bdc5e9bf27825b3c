"""Taking in operations of other nodes: checked, chained, recorded as they came, applied or set aside.

Own operations are recorded in `journal.py`. All of a call is one transaction; what this node has already is passed over, so
that the same message may come twice, and what does not chain is refused as a whole (PROTOCOL 3).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update

from salon_desk.domain.errors import DomainError
from salon_desk.operations.envelope import GENESIS, Envelope, body_hash, faults
from salon_desk.operations.personal import PERSONAL
from salon_desk.operations.registry import KINDS, MAY_BE_WITHHELD
from salon_desk.storage import ended, erasing, scrubbing, set_aside
from salon_desk.storage.apply.chains import FIND, followed
from salon_desk.storage.engine import CommitFailed, Statement, Transaction
from salon_desk.storage.errors import CannotRecord, ChainBroken, EnvelopeDamaged
from salon_desk.storage.heads import HASH_AT
from salon_desk.storage.rebuild import rebuild, settle
from salon_desk.storage.rows import envelope_of, write_rows
from salon_desk.storage.set_aside import Shelf
from salon_desk.storage.store import Store
from salon_desk.storage.tables.journal import journal

MOST_TEXT = 400
HIGHEST = 1 << 62

_log = logging.getLogger(__name__)

_IS_THERE = Statement(
    lambda: select(journal.c.op_id).where(
        (journal.c.op_id == bindparam("op_id"))
        | ((journal.c.node == bindparam("node")) & (journal.c.command_id == bindparam("command_id")))
    )
)
_WITHOUT_BODY = Statement(
    lambda: select(journal).where(journal.c.op_id == bindparam("op_id"), journal.c.body.is_(None))
)
_FILL = Statement(
    lambda: (
        update(journal)
        .where(journal.c.op_id == bindparam("of_op"))
        .values(salt=bindparam("salt"), body=bindparam("body"))
    )
)


@dataclass(frozen=True, slots=True)
class Received:
    """What a call did. `recorded`: the operations that were new here, in their order."""

    recorded: tuple[Envelope, ...]
    set_aside: int


@dataclass(frozen=True, slots=True)
class Body:
    """A body that was withheld before, with its salt."""

    op_id: str
    salt: bytes
    body: bytes


def receive(
    store: Store,
    envelopes: Sequence[Envelope],
    *,
    bodies: Sequence[Body] = (),
    also: Callable[[Transaction, Received], None] | None = None,
) -> Received:
    """Record operations of other nodes and apply them. `also` runs last in the same transaction (a cursor, an answer).

    Database worker. Raises ChainBroken, EnvelopeDamaged, CannotRecord, StoreStopped; then nothing of it is there.
    """
    store.require_running()
    done = Received((), 0)
    try:
        with store.database.write() as transaction:
            store.refresh(transaction)
            fresh = erasing.withheld(transaction, _fresh(store, transaction, envelopes))
            done = Received(tuple(fresh), _record(store, transaction, fresh))
            for one in bodies:
                _fill(store, transaction, one)
            if also is not None:
                also(transaction, done)
    except store.database.failures as error:
        _settle(store, error)
    if done.recorded:
        store.observe(done.recorded)
        scrubbing.after(store, done.recorded)
    return done


def retry(store: Store) -> int:
    """Try again what was set aside, because something may have been mended; how many operations landed."""
    with store.local() as transaction:
        store.refresh(transaction)
        return settle(transaction, Shelf(transaction, store.effects), store.effects)


def retry_at_start(store: Store) -> None:
    """When a store is opened: a program that was brought up to date may know what it did not know before.

    Database worker. Does nothing where nothing is set aside; a full disk does not keep anybody from starting.
    """
    with store.database.read() as transaction:
        if not set_aside.count(transaction):
            return
    try:
        retry(store)
    except CannotRecord:
        _log.exception("what was set aside could not be tried again")


def _record(store: Store, transaction: Transaction, fresh: Sequence[Envelope]) -> int:
    """Rows, chains, projections; how many more operations are set aside now."""
    if not fresh:
        return 0
    _write(store, transaction, fresh)
    erasing.note_bare(transaction, fresh)
    followed(transaction, fresh)
    if ended.goes_on(transaction, ended.ends_in(fresh)):
        return rebuild(transaction, fresh, store.effects)
    shelf = Shelf(transaction, store.effects)
    shelf.take_all(fresh)
    return shelf.more


def _write(store: Store, transaction: Transaction, fresh: Sequence[Envelope]) -> None:
    """The journal's rows. Raises EnvelopeDamaged for an id or a command that is another operation's."""
    try:
        with transaction.savepoint():
            write_rows(transaction, fresh, store.head.position)
    except store.database.repeats:
        for one in fresh:
            header = one.header
            names = {"op_id": header.op_id, "node": header.node, "command_id": header.command_id}
            if transaction.one(_IS_THERE, **names) is not None:
                raise _doubled(one) from None
        raise


def _doubled(one: Envelope) -> EnvelopeDamaged:
    return EnvelopeDamaged(f"{one.header.op_id}: its id or command stands here already")


def _fresh(store: Store, transaction: Transaction, envelopes: Sequence[Envelope]) -> list[Envelope]:
    """Those that this node lacks. Raises ChainBroken, EnvelopeDamaged."""
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    fresh: list[Envelope] = []
    ids: set[tuple[str, ...]] = set()
    for one in envelopes:
        check(one)
        header = one.header
        chain = (header.node, header.epoch)
        if chain not in ends:
            known = transaction.one(FIND, node=header.node, epoch=header.epoch)
            ends[chain] = (known.seq, known.hash) if known else (0, GENESIS)
        seq, end = ends[chain]
        if header.seq <= seq:
            if (here := _hash_at(transaction, fresh, one)) != one.hash:
                raise ChainBroken(one, wanted=seq + 1, known=here)
            continue
        if header.seq != seq + 1:
            raise ChainBroken(one, wanted=seq + 1)
        if header.prev_hash != end:
            raise ChainBroken(one, wanted=seq + 1, known=end)
        if chain == (store.node, store.epoch):
            raise EnvelopeDamaged(f"{header.op_id}: of this node's own chain, which has no such number")
        its = {(header.op_id,), (header.node, header.command_id)}
        if its & ids:
            raise _doubled(one)
        ids |= its
        ends[chain] = (header.seq, one.hash)
        fresh.append(one)
    return fresh


def _hash_at(transaction: Transaction, fresh: Sequence[Envelope], one: Envelope) -> str:
    header = one.header
    for other in fresh:
        if (other.header.node, other.header.epoch, other.header.seq) == (
            header.node,
            header.epoch,
            header.seq,
        ):
            return other.hash
    return str(transaction.value(HASH_AT, node=header.node, epoch=header.epoch, seq=header.seq))


def check(envelope: Envelope) -> None:
    """Refuse what is not what was hashed, and a header that no database could keep. Raises EnvelopeDamaged."""
    header = envelope.header
    if wrong := faults(envelope):
        raise EnvelopeDamaged(f"{header.op_id}: {', '.join(wrong)}")
    if envelope.body is None and header.kind in KINDS and header.kind not in MAY_BE_WITHHELD | PERSONAL:
        raise EnvelopeDamaged(f"{header.op_id}: the body is missing")
    for text in (
        header.op_id,
        header.kind,
        header.node,
        header.epoch,
        header.command_id,
        header.business_day,
        header.actor,
    ):
        if len(text) > MOST_TEXT or "\0" in text:
            raise EnvelopeDamaged("a header's text is too long or holds U+0000")
    if not (header.op_id and header.kind and header.node and header.epoch and header.command_id):
        raise EnvelopeDamaged("a header without an id")
    if not (0 < header.seq < HIGHEST and 0 <= header.at < 2 * HIGHEST and 0 < header.version < HIGHEST):
        raise EnvelopeDamaged("a header's number is out of its range")


def _fill(store: Store, transaction: Transaction, given: Body) -> None:
    """Put a body where it was withheld, and apply it."""
    row = transaction.one(_WITHOUT_BODY, op_id=given.op_id)
    if row is None:
        return
    if body_hash(given.salt, given.body) != row.body_hash:
        raise EnvelopeDamaged(f"{given.op_id}: the body is not the one that was hashed")
    bare = envelope_of(row)
    whole = Envelope(bare.header, bare.hash, given.salt, given.body)
    if erasing.is_to_go(transaction, whole):
        return
    transaction.run(_FILL, of_op=given.op_id, salt=given.salt, body=given.body)
    if set_aside.is_waiting(transaction, given.op_id):
        return  # of a kind that this program does not know, whether its body may be withheld or not
    Shelf(transaction, store.effects).take(whole)


def _settle(store: Store, error: Exception) -> None:
    """After trouble of the disk: read again where this node stands; what the sender has, it sends again."""
    trouble = store.database.trouble(error)
    if trouble is None:
        raise error
    if isinstance(error, CommitFailed):
        try:
            store.database.reopen()
            store.load()
        except DomainError:
            raise
        except Exception as again:
            store.stop(again)
    raise CannotRecord(reason=trouble) from error
