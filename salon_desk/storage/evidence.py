"""What contradicts a chain: operations that carry a number which is taken, and how far neighbours have seen others.

Local rows, outside `verify`; nothing here is ever applied. Each function runs inside its caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import bindparam, delete, func, insert, select

from salon_desk.operations.envelope import Envelope
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.heads import HASH_AT
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.network import forks, witnesses

MOST_FORKS = 100
"""Pieces of evidence that are kept of one chain: enough to know, too few to fill a disk."""

_KNOWN_FORK = Statement(
    lambda: select(forks.c.seq).where(
        forks.c.node == bindparam("node"),
        forks.c.epoch == bindparam("epoch"),
        forks.c.seq == bindparam("seq"),
        forks.c.hash == bindparam("hash"),
    )
)
_FORKS_OF = Statement(
    lambda: (
        select(func.count())
        .select_from(forks)
        .where(forks.c.node == bindparam("node"), forks.c.epoch == bindparam("epoch"))
    )
)
_ADD_FORK = Statement(lambda: insert(forks))
_FORKS = Statement(
    lambda: select(forks.c.node, forks.c.epoch, forks.c.seq, forks.c.hash, forks.c.noticed_at).order_by(
        forks.c.node, forks.c.epoch, forks.c.seq, forks.c.hash
    )
)
_EVIDENCE = Statement(
    lambda: select(forks.c.noticed_at, forks.c.envelope).order_by(
        forks.c.node, forks.c.epoch, forks.c.seq, forks.c.hash
    )
)
_ROW_AT = Statement(
    lambda: select(journal).where(
        journal.c.node == bindparam("node"),
        journal.c.epoch == bindparam("epoch"),
        journal.c.seq == bindparam("seq"),
    )
)
_FORGET_WITNESS = Statement(
    lambda: delete(witnesses).where(
        witnesses.c.witness == bindparam("by"),
        witnesses.c.node == bindparam("of_node"),
        witnesses.c.epoch == bindparam("of_epoch"),
    )
)
_ADD_WITNESS = Statement(lambda: insert(witnesses))


@dataclass(frozen=True, slots=True)
class Fork:
    """An operation whose number another one has here."""

    node: str
    epoch: str
    seq: int
    hash: str
    noticed_at: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """An operation that was kept because its number is taken."""

    noticed_at: str
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Sighting:
    """The last operation of a chain that a neighbour has seen."""

    node: str
    epoch: str
    seq: int
    hash: str


def keep_fork(transaction: Transaction, envelope: Envelope, noticed_at: str) -> None:
    """Keep an operation as evidence, once."""
    header = envelope.header
    key = {"node": header.node, "epoch": header.epoch, "seq": header.seq, "hash": envelope.hash}
    if transaction.one(_KNOWN_FORK, **key) is not None:
        return
    if transaction.value(_FORKS_OF, node=header.node, epoch=header.epoch) >= MOST_FORKS:
        return
    transaction.run(_ADD_FORK, **key, noticed_at=noticed_at, envelope=msgspec.msgpack.encode(envelope))


def all_forks(transaction: Transaction) -> Sequence[Fork]:
    """All evidence, by chain."""
    return [Fork(**row._asdict()) for row in transaction.all(_FORKS)]


def all_evidence(transaction: Transaction) -> Sequence[Evidence]:
    """The operations themselves, by chain and number."""
    rows = transaction.all(_EVIDENCE)
    return [Evidence(row.noticed_at, msgspec.msgpack.decode(row.envelope, type=Envelope)) for row in rows]


def envelope_at(transaction: Transaction, node: str, epoch: str, seq: int) -> Envelope | None:
    """The operation that stands here under a number of a chain."""
    row = transaction.one(_ROW_AT, node=node, epoch=epoch, seq=seq)
    return None if row is None else envelope_of(row)


def hash_at(transaction: Transaction, node: str, epoch: str, seq: int) -> str:
    """The hash that stands here under a number of a chain, empty when there is none."""
    return str(transaction.value(HASH_AT, node=node, epoch=epoch, seq=seq) or "")


def note_sightings(
    transaction: Transaction, witness: str, sightings: Sequence[Sighting], told_at: str
) -> None:
    """What a neighbour has seen; its newer word replaces its older one."""
    for one in sightings:
        transaction.run(_FORGET_WITNESS, by=witness, of_node=one.node, of_epoch=one.epoch)
        transaction.run(
            _ADD_WITNESS,
            witness=witness,
            node=one.node,
            epoch=one.epoch,
            seq=one.seq,
            hash=one.hash,
            told_at=told_at,
        )
