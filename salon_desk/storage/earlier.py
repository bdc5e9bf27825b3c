"""A node's earlier epochs: which there are here, and the anchors that were kept when they ended.

The present epoch's anchor is `anchor.py`. The tail of an old epoch is kept until the parent holds it (PROTOCOL 5); what
cannot be read of a kept anchor stays where it is, for whoever looks at it later.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from sqlalchemy import bindparam, select

from salon_desk.operations.envelope import GENESIS, Envelope
from salon_desk.storage.anchor import ASIDE, Anchor, AnchorDamaged, entries_from, require_magic
from salon_desk.storage.anchor_entries import Mark, read_entry
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries import openings
from salon_desk.storage.queries.feed import chain_end
from salon_desk.storage.store import Store
from salon_desk.storage.tables.chains import chains

_BEFORE = Statement(
    lambda: (
        select(chains.c.epoch, chains.c.seq)
        .where(chains.c.node == bindparam("node"), chains.c.epoch != bindparam("epoch"))
        .order_by(chains.c.at, chains.c.epoch)
    )
)

_log = logging.getLogger(__name__)


def epochs_before(transaction: Transaction, node: str, epoch: str) -> list[tuple[str, int]]:
    """Epoch and last seq of a node's chains other than this one."""
    return [(row.epoch, row.seq) for row in transaction.all(_BEFORE, node=node, epoch=epoch)]


def epochs_elsewhere(store: Store, transaction: Transaction) -> list[str]:
    """Epochs of this node in the anchors that were kept, or that a later one says it came after: of some the database may know
    nothing, for it was put back since.
    """
    return sorted((openings.left(transaction, store.node) | _epochs_kept(store)) - {store.epoch})


def _epochs_kept(store: Store) -> set[str]:
    found: set[tuple[str, str]] = set()
    for path in _kept(store):
        try:
            found |= _epochs_of(path, path.stat().st_size, path.stat().st_mtime_ns)
        except (AnchorDamaged, OSError) as error:
            _log.warning("%s cannot be read to its end: %s", path.name, error)
    return {epoch for node, epoch in found if node == store.node}


def not_following(transaction: Transaction, some: Sequence[Envelope]) -> set[str]:
    """Ids of operations of epochs that are over which do not follow what is here: known ones, and of a history that parted.

    What parted of this node's own is settled with the parent by itself (`services/own_chain.py`).
    """
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    passed: set[str] = set()
    for one in some:
        header = one.header
        chain = (header.node, header.epoch)
        seq, hash_ = ends.get(chain) or chain_end(transaction, *chain)
        if header.seq == seq + 1 and header.prev_hash == (hash_ or GENESIS):
            seq, hash_ = header.seq, one.hash
        else:
            passed.add(header.op_id)
        ends[chain] = seq, hash_
    return passed


def kept_entries(store: Store, epoch: str) -> list[Envelope]:
    """This node's operations of an earlier epoch in the anchors that were kept, in their order."""
    return [one for path in _kept(store) for one in _read(path, store.node, epoch)]


def forget_kept(store: Store, epoch: str) -> None:
    """The parent holds an epoch to its end: the anchors that hold nothing else of this node are not needed any more."""
    for path in _kept(store):
        try:
            if _epochs(path) == {(store.node, epoch)}:
                path.unlink()
        except (AnchorDamaged, OSError) as error:
            _log.info("%s is kept: %s", path.name, error)


def _kept(store: Store) -> list[Path]:
    anchor = store.anchor
    if not isinstance(anchor, Anchor):
        return []
    return sorted(anchor.path.parent.glob(f"{anchor.path.name}{ASIDE}*"))


def _read(path: Path, node: str, epoch: str) -> Iterator[Envelope]:
    try:
        with open(path, "rb") as file:
            require_magic(file)
            for _offset, payload in entries_from(file):
                entry = read_entry(payload)
                if not isinstance(entry, Mark):
                    yield from (one for one in entry if (one.header.node, one.header.epoch) == (node, epoch))
    except (AnchorDamaged, OSError) as error:
        _log.warning("%s cannot be read to its end: %s", path.name, error)


@lru_cache(maxsize=64)
def _epochs_of(path: Path, _size: int, _changed: int) -> frozenset[tuple[str, str]]:
    """Read once a file, as long as it is the same."""
    return frozenset(_epochs(path))


def _epochs(path: Path) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    with open(path, "rb") as file:
        require_magic(file)
        for _offset, payload in entries_from(file):
            entry = read_entry(payload)
            some = [entry] if isinstance(entry, Mark) else [one.header for one in entry]
            found |= {(one.node, one.epoch) for one in some}
    return found
