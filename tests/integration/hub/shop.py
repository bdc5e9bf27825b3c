"""A shop with a hub in one process: head office and hub behind real HTTP, tills with their links, a line that can be cut.

Nobody sleeps here: a line that is cut is a head office that does not serve, and what is waited for is said by the links.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeVar

from salon_desk.bootstrap import hub as hubs
from salon_desk.bootstrap.head_office import Serving, address_of, listen
from salon_desk.bootstrap.hub import Hub, HubServer, Joining
from salon_desk.storage import journal
from salon_desk.storage.digest import digest
from salon_desk.storage.office import Office
from salon_desk.storage.place import Place
from salon_desk.storage.queries import cards
from salon_desk.storage.store import Store
from salon_desk.wire.messages import Part
from tests.integration.head_office.serving import HeadOffice
from tests.integration.storage.tills import ASSET, command, moving
from tests.integration.sync.linked import LONG, LinkedTill, opened

T = TypeVar("T")


class ShortWait(Random):
    """Draws a wait that a hub without a line does not spend running in circles."""

    def uniform(self, a: float, b: float) -> float:
        return min(b, 0.05)


@dataclass
class ServedHub:
    """A hub that serves in threads of this process, started again on the same port as often as one likes."""

    folder: Path
    port: int = 0
    url: str = ""
    own_tls: bool = False
    running: Hub | None = None
    _thread: threading.Thread | None = None
    _server: HubServer | None = None

    def start(self, asked: Joining | None = None) -> None:
        """Join and serve."""
        self.running = Hub(self.folder, random=ShortWait())
        self.running.join(asked or Joining())
        serving = Serving(port=self.port)
        listener = listen(serving)
        if self.own_tls:
            serving = self.running.with_own_tls(serving)
        self.port, self.url = listener.getsockname()[1], address_of(serving, listener)
        ready: Future[bool] = Future()
        self._server = HubServer(self.running, serving, lambda: ready.set_result(True))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]})
        self._thread.start()
        assert ready.result(30)

    def stop(self) -> None:
        """End as after a signal. Harmless the second time."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(30)
            assert not self._thread.is_alive()
        elif self.running is not None:
            self.running.close()
        self.running = self._server = self._thread = None

    @property
    def store(self) -> Office:
        """Its data."""
        assert self.running is not None
        return self.running.access.office

    def run(self, work: Callable[[Office], T]) -> T:
        """On its writer thread."""
        assert self.running is not None
        return self.running.access.run(work)

    def code(self, till: str = "till") -> str:
        """A code that this hub makes, as its command line does."""
        with hubs.beside(self.folder) as office:
            return hubs.new_code(office, till).code

    def synced(self) -> bool:
        """Until nothing of its own is pending; its children's is asked of them."""
        assert self.running is not None
        return self.running.link.wait_until_synced(LONG)


@dataclass
class Shop:
    """Head office, a hub of S1, and whatever tills a test adds."""

    folder: Path
    office: HeadOffice
    hub: ServedHub
    tills: dict[str, LinkedTill] = field(default_factory=dict)
    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def till(self, name: str, *, through: str = "hub", store: str = "S1", code: str = "") -> LinkedTill:
        """A till that joins through the hub, or head office itself, with a code that head office has made."""
        till = self.stack.enter_context(opened(self.folder / name))
        url = self.hub.url if through == "hub" else self.office.url
        till.join(url, code or self.office.code(store, name))
        self.tills[name] = till
        return till

    def cut(self) -> None:
        """The line to head office is gone."""
        self.office.close()

    def mend(self) -> None:
        """It is back, at another port."""
        self.office = HeadOffice(self.office.place)
        assert self.hub.running is not None
        self.hub.running.link.use_address(self.office.url).result(LONG)

    def settle(self, *tills: LinkedTill) -> None:
        """Everything everywhere: up, down, and whatever that caused."""
        asked = tills or tuple(self.tills.values())
        for _round in range(3):
            for one in asked:
                assert one.synced(), one.link.status()
            assert self.hub.synced()

    def digests(self, *tills: LinkedTill) -> set[str]:
        """What every node prints."""
        asked = tills or tuple(self.tills.values())
        found = {one.run(lambda till: _digest(till.store)) for one in asked}
        found.add(self.hub.run(_digest))
        found.add(self.office.context.access.run(_digest))
        return found


def issue(till: LinkedTill, units: int) -> None:
    """Put units where a till stands, and wait until its parent knows."""
    till.run(lambda of: journal.record(of.store, command(), lambda _t: moving(units)))
    till.until(lambda status: status.pending_parent == 0)


def here(till: LinkedTill, asset: str = ASSET) -> int:
    """What a till may spend of an asset."""
    return till.run(lambda of: units_at(of.store, asset))


def units_at(store: Store, asset: str = ASSET) -> int:
    """The same of any node, on its own thread."""
    with store.database.read() as transaction:
        return cards.units_here(transaction, asset, store.node, store.epoch)


def ask_until(till: LinkedTill, units: int, asset: str = ASSET) -> None:
    """Ask for units until they are here."""
    for _try in range(50):
        if here(till, asset) >= units:
            return
        till.link.want([Part(asset, units - here(till, asset))]).result(LONG)
    raise AssertionError(f"{here(till, asset)} of {units} came: {till.link.status()}")


def _digest(store: Store) -> str:
    with store.database.read() as transaction:
        return digest(transaction)


@contextlib.contextmanager
def shop(folder: Path) -> Iterator[Shop]:
    """A head office, and a hub of S1 that has joined it."""
    office = HeadOffice(Place(folder=folder / "head-office"))
    hub = ServedHub(folder / "hub")
    made = Shop(folder, office, hub)
    try:
        hub.start(Joining(office.url, office.code("S1", "hub")))
        with made.stack:
            yield made
    finally:
        for one in {id(each): each for each in (hub, made.hub)}.values():
            one.stop()
        made.office.close()
