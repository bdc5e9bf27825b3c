"""What happens to a till's folder in the tests of the guard: copies, restored files, a parent that holds what it was sent.

There is no network here: what head office holds is a list of envelopes. Every till is opened through the product's own way.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from salon_desk.operations.envelope import Envelope
from salon_desk.operations.node import EpochOpened
from salon_desk.operations.operation import Cause
from salon_desk.operations.registry import decode
from salon_desk.storage import journal, parent
from salon_desk.storage.anchor import entries_from
from salon_desk.storage.anchor_entries import Entry, read_entry
from salon_desk.storage.parent import ParentLink
from salon_desk.storage.queries.cards import units_here
from salon_desk.storage.store import Store
from tests.integration.storage.tills import ASSET, command, moving

FILES = ("till.db", "till.anchor")
LINK = ParentLink(
    url="https://office.example", node="office", epoch="first", public_key="", code_hash="", confirmed=True
)


def join(store: Store) -> None:
    """This till has a parent from now on."""
    with store.local() as transaction:
        parent.write(transaction, LINK)


def acknowledge(store: Store, upto: int | None = None) -> list[Envelope]:
    """The root holds the present epoch up to a number, or as far as it goes; what it holds."""
    seq = store.head.seq if upto is None else upto
    with store.local() as transaction:
        parent.held(transaction, seq, seq)
    return own(store)[:seq]


def own(store: Store, epoch: str = "") -> list[Envelope]:
    """A node's own chain in one epoch."""
    with store.database.read() as transaction:
        return list(parent.own_after(transaction, store.node, epoch or store.epoch, 0, most=1_000_000))


def issue(store: Store, units: int) -> None:
    """Units come into this till's purse."""
    journal.record(store, command(), lambda _t: moving(units))


def spend(store: Store, units: int) -> None:
    """Units leave it; IntegrityError when they are not there."""
    journal.record(store, command(), lambda _t: moving(-units, cause=Cause.REDEEM))


def usable(store: Store) -> int:
    """What this till may spend now."""
    with store.database.read() as transaction:
        return units_here(transaction, ASSET, store.node, store.epoch)


def opening(store: Store) -> EpochOpened:
    """The first operation of the present epoch."""
    first = own(store)[0]
    operation = decode(first.header.kind, first.header.version, first.body or b"")
    assert isinstance(operation, EpochOpened)
    return operation


def entries(folder: Path, name: str = "till.anchor") -> list[Entry]:
    """What stands in an anchor."""
    with open(folder / name, "rb") as file:
        return [read_entry(payload) for _offset, payload in entries_from(file)]


def keep(folder: Path, where: Path) -> Path:
    """A backup of a folder whose till is closed."""
    return Path(shutil.copytree(folder, where))


def restore(kept: Path, folder: Path, *names: str) -> None:
    """Put back these files of a backup, both when none is named; the till is closed."""
    for log in ("till.db-wal", "till.db-shm"):
        (folder / log).unlink(missing_ok=True)
    for name in names or FILES:
        shutil.copyfile(kept / name, folder / name)
