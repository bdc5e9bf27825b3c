"""Tills that were restored beside a real head office: what they are made of, and waiting for value that comes back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import overview
from salon_desk.services import own_chain
from salon_desk.services.link_status import LinkState
from salon_desk.services.till import Till
from salon_desk.storage.digest import digest
from salon_desk.storage.queries.cards import units_here
from salon_desk.storage.queries.feed import chain_end
from salon_desk.storage.trimming import trim
from salon_desk.storage.verify import verify
from tests.integration.epochs.folders import restore, usable
from tests.integration.head_office.serving import HeadOffice
from tests.integration.storage.tills import ASSET
from tests.integration.sync.linked import LinkedTill, opened


@contextlib.contextmanager
def trimmed(folder: Path) -> Iterator[LinkedTill]:
    """The till, its anchor cut down to the mark and two operations that nobody else has."""
    with opened(folder, start=False) as till:
        assert till.run(lambda here: trim(here.store, 1))
        till.sell(2)
        yield till


@contextlib.contextmanager
def gone_on(kept: Path, folder: Path, *, start: bool = True) -> Iterator[LinkedTill]:
    """The till with its backup put back, whose person did not wait for what head office has: in a new epoch, which owns nothing."""
    with trimmed(folder):
        pass
    restore(kept, folder, "till.db")
    with opened(folder, start=False) as till:
        assert till.run(own_chain.go_on_without)
        assert till.run(lambda here: usable(here.store)) == 0
        if start:
            till.link.start()
        yield till


def until_usable(till: LinkedTill, units: int) -> None:
    """Rounds of the sync until the till may spend so many units."""
    for _round in range(20):
        if till.run(lambda here: usable(here.store)) == units:
            return
        assert till.synced()
    assert till.run(lambda here: usable(here.store)) == units


def till_digest(till: Till) -> str:
    """The digest of a till."""
    with till.read() as transaction:
        return digest(transaction)


def office_digest(office: HeadOffice) -> str:
    """The digest of a head office."""
    with office_at(office.place) as data, data.database.read() as transaction:
        return digest(transaction)


def held(office: HeadOffice, node: str, epoch: str) -> int:
    """How far head office holds a chain."""
    with office_at(office.place) as data, data.database.read() as transaction:
        return chain_end(transaction, node, epoch)[0]


def in_step(office: HeadOffice, till: LinkedTill, folder: Path) -> None:
    """Both have the same, and nothing contradicts it."""
    assert till.synced()
    till.until(lambda status: status.state is LinkState.ONLINE)
    for _ in range(100):
        if till.run(till_digest) == office_digest(office):
            break
        assert till.synced()
    assert till.run(till_digest) == office_digest(office)
    with office_at(office.place) as data:
        (device,) = overview.devices(data).devices
    assert device.epoch == till.store.epoch
    assert device.forks == ()
    assert verify(folder).problems == ()
    assert verify(office.place).problems == ()


def at_office(office: HeadOffice) -> int:
    """What lies at head office itself."""
    with office_at(office.place) as data, data.database.read() as transaction:
        return units_here(transaction, ASSET, data.node, data.epoch)
