"""A till with its link, and a fake parent behind real HTTP: what the tests of the two threads stand on.

Nobody sleeps here: `until` waits for the link's own word, and a back-off draws no time.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar

from salon_desk.bootstrap.link import Link
from salon_desk.bootstrap.rules import load_rules
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.move import ValueSent, Why
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.services.link_status import LinkState, LinkStatus
from salon_desk.services.till import Till
from salon_desk.services.worker import Worker
from salon_desk.storage.opening import open_store
from salon_desk.storage.queries import cards
from salon_desk.storage.store import Store
from tests.integration.head_office.serving import Chain
from tests.integration.storage.tills import ASSET, TurnedClock, moving, new_id, no_sales
from tests.integration.sync.fake_parent import CODE, FakeParent
from tests.unit.sync.serving import Serving

T = TypeVar("T")

LONG = 30.0
"""Seconds after which a test says that something never happened."""


class NoWait(Random):
    """Draws no jitter, so that a back-off takes no time."""

    def uniform(self, a: float, b: float) -> float:
        return 0.0


@dataclass
class LinkedTill:
    """A till's folder opened with a worker and a link, as `bootstrap.till` does it."""

    till: Till
    worker: Worker
    link: Link

    @property
    def store(self) -> Store:
        return self.till.store

    def run(self, work: Callable[[Till], T]) -> T:
        return self.worker.run(lambda: work(self.till))

    def sell(self, number: int = 1) -> list[str]:
        """Small facts of its own."""
        return self.run(lambda till: no_sales(till.store, number))

    def here(self) -> int:
        """Units that this till may use now."""

        def units(till: Till) -> int:
            with till.read() as transaction:
                return cards.units_here(transaction, ASSET, till.store.node, till.store.epoch)

        return self.run(units)

    def join(self, url: str, code: str = CODE) -> None:
        self.link.enroll(url, code).result(LONG)

    def until(self, holds: Callable[[LinkStatus], bool]) -> LinkStatus:
        """Wait for a status of which something holds."""
        come = threading.Event()
        end = self.link.on_change(lambda status: come.set() if holds(status) else None)
        try:
            if not holds(self.link.status()):
                assert come.wait(LONG), self.link.status()
        finally:
            end()
        return self.link.status()

    def until_state(self, state: LinkState) -> LinkStatus:
        return self.until(lambda status: status.state is state)

    def synced(self) -> bool:
        return self.link.wait_until_synced(LONG)


def sent_to(till: LinkedTill, chain: Chain, move: str, units: int) -> list[Envelope]:
    """Units that another node made and sent to this till, as operations of its chain."""
    sent = ValueSent(
        move=move,
        to_node=till.store.node,
        to_epoch=till.store.epoch,
        why=Why.HOME,
        purse_changes=(PurseChange(ASSET, -units, Cause.SEND),),
    )
    return [*chain.record(1, moving(units)), *chain.record(1, sent)]


@contextlib.contextmanager
def opened(folder: Path, *, start: bool = True, at_home: bool = False) -> Iterator[LinkedTill]:
    """The folder's till, with its link started as at every start; with `at_home` this machine remembers the folder."""
    worker = Worker()
    store = worker.run(lambda: open_store(folder, TurnedClock(), new_id, at_home=at_home))
    till = Till(store, load_rules())
    made = LinkedTill(till, worker, Link(till, worker, random=NoWait()))
    till.store.wake = made.link.recorded
    try:
        if start:
            made.link.start()
        yield made
    finally:
        made.link.stop()
        worker.close()
        till.store.close()


@contextlib.contextmanager
def serving_fake(parent: FakeParent) -> Iterator[Serving]:
    """The fake parent behind HTTP."""
    served = Serving(parent)
    try:
        yield served
    finally:
        parent.close()
        served.close()
