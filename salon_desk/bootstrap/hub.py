"""A hub put together: the folder of a node with an anchor, head office's endpoints over it, and a till's link above.

A process of its own beside the till on one counter PC: the till's process stays free of servers, either can be restarted alone,
and another machine becomes hub by starting one. It is a node of its own and no till; it joins head office before it serves.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from salon_desk.bootstrap.head_office import (
    Server,
    Serving,
    address_of,
    configured,
    context_of,
    listen,
    signals_ignored,
)
from salon_desk.bootstrap.hub_certificate import fingerprint_of, own_certificate
from salon_desk.bootstrap.hub_link import HubLink
from salon_desk.bootstrap.machine import SystemClock, Uuid7
from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.clock import Clock
from salon_desk.domain.ids import NewId
from salon_desk.head_office import enrolment, onward
from salon_desk.head_office.access import Access
from salon_desk.head_office.context import Context
from salon_desk.head_office.growth import Growth
from salon_desk.head_office.logging import log_as_json
from salon_desk.services import parent
from salon_desk.services.errors import ShopMissing
from salon_desk.services.joining import AddressMissing, CodeMissing, ShopNotHere
from salon_desk.services.till import Till
from salon_desk.storage import home, hub, trimming
from salon_desk.storage.engine import Database
from salon_desk.storage.office import Office
from salon_desk.storage.queries import stores
from salon_desk.sync import nearby
from salon_desk.sync.nearby import Nearby
from salon_desk.wire.messages import CodeAnswer

PATIENCE = 60.0
"""Seconds that head office has to say where a new hub stands."""
LOOK_EVERY = 0.1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Joining:
    """What was said about head office; a hub that has joined needs none of it."""

    url: str = ""
    code: str = ""
    certificate: str = ""
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class HubAt:
    """A hub's folder as `head_office.access` opens it."""

    folder: Path
    clock: Clock
    new_id: NewId

    def office(self) -> Office:
        """See `Opening`. Raises as `storage.hub.open_hub`."""
        return hub.open_hub(self.folder, self.clock, self.new_id)

    def reader(self) -> Database:
        """See `Opening`."""
        return hub.open_for_reading(self.folder)

    def rest(self, office: Office) -> None:
        """Fold the log, trim the anchor to what the root holds, remember how far the folder has come."""
        trimming.rest(office)
        home.remember(office, home.EVERY)


class Hub:
    """An open hub. Whoever makes it closes it, unless its server does."""

    def __init__(self, folder: Path, *, random: Random | None = None) -> None:
        """Raises as `storage.hub.open_hub`, KeysUnreachable."""
        clock = SystemClock()
        self.access = Access(HubAt(folder, clock, Uuid7()))
        self._closed = False
        try:
            growth = Growth()
            self.till = Till(self.access.office, load_rules())
            self.link = HubLink(self.till, self.access.worker, stir=growth.stir_from_thread, random=random)
            self.context: Context = context_of(
                self.access, clock, above=self.link, growth=growth, recorded=self._recorded
            )
        except BaseException:
            self.access.close()
            raise
        self._settling = threading.Event()
        self.access.office.wake = self.context.woken
        self.on_new_epoch: Callable[[], None] = _nothing
        """Called on the writer thread when this hub has opened a new epoch: its children have to hear of it."""

    def join(self, asked: Joining) -> None:
        """Belong to head office, and know where this hub stands. Blocks; not on the writer thread.

        Raises CodeMissing, AddressMissing, EnrolmentRefused, HeadOfficeOutOfReach, ShopNotHere, KeysUnreachable.
        """
        known = self.access.run(lambda _office: parent.link(self.till))
        self.link.start()
        if known is None:
            if not asked.code:
                raise CodeMissing(asked.url)
            if not asked.url:
                raise AddressMissing
            self.link.enroll(asked.url, asked.code, certificate=asked.certificate, proxy=asked.proxy).result()
        elif asked.url and asked.url != known.url:
            self.link.use_address(asked.url, certificate=asked.certificate, proxy=asked.proxy).result()
        self._wait_for_store()

    def with_own_tls(self, serving: Serving) -> Serving:
        """The same with a certificate of this hub's own making. Raises OSError."""
        certificate, key = own_certificate(self.access.office.node)
        self.context = replace(self.context, own_certificate=fingerprint_of(certificate))
        self.access.office.wake = self.context.woken
        return replace(serving, certificate=certificate, key=key)

    def nearby(self, url: str) -> Nearby:
        """What others on the network are told of it."""
        return Nearby(self.access.run(_store_of), self.access.office.node, url)

    def close(self) -> None:
        """End everything of a hub that does not serve. Harmless the second time."""
        if not self._closed:
            self._closed = True
            self.link.stop()
            self.access.close()

    async def leave(self) -> None:
        """Before its server ends: the link uses the same writer thread."""
        self._closed = True
        await asyncio.to_thread(self.link.stop)
        self.access.later(home.remember)

    def _wait_for_store(self) -> None:
        """Until head office has said which store this hub stands in; at a later start it is known."""
        ends = time.monotonic() + PATIENCE
        while not self.access.run(_stands_somewhere):
            if time.monotonic() > ends:
                raise ShopNotHere(round(PATIENCE))
            time.sleep(LOOK_EVERY)
        self.access.run(lambda _office: self._recorded())

    def _recorded(self) -> None:
        """Something was recorded: the link looks, and what came here goes on. Writer thread; never blocks."""
        self.link.recorded()
        if not self._settling.is_set():
            self._settling.set()
            self.access.later(self._settle)

    def _settle(self, office: Office) -> None:
        self._settling.clear()
        try:
            onward.settle(office)
        except Exception:
            _log.exception("what came here is left for the next time")
        if office.epoch != self.context.identity.epoch:
            self.on_new_epoch()


class HubServer(Server):
    """A server that ends its hub's link first, and says whether it is to be started again."""

    def __init__(self, hub: Hub, serving: Serving, ready: Callable[[], None]) -> None:
        super().__init__(configured(hub.context, serving), hub.context, ready)
        self._hub = hub
        self.again = False
        hub.on_new_epoch = self._start_again

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say goodbye above, answer what was asked, and end."""
        await self._hub.leave()
        await super().shutdown(sockets=sockets)

    def _start_again(self) -> None:
        self.again = self.should_exit = True


def serve(
    folder: Path,
    asked: Joining,
    serving: Serving,
    listener: socket.socket,
    ready: Callable[[str], None],
    *,
    own_tls: bool = False,
) -> None:
    """Join, then serve until a signal ends it; `ready` is called with the address when requests are answered.

    `own_tls`: with a certificate of its own making. A hub that has to open a new epoch while it serves starts anew by itself.
    Raises as `Hub` and `Hub.join`.
    """
    served = replace(serving, port=listener.getsockname()[1])
    tell: Callable[[str], None] = ready
    with contextlib.closing(log_as_json()), signals_ignored():
        while True:
            with opened(folder, asked) as running:
                if own_tls:
                    served = running.with_own_tls(served)
                said = address_of(served, listener)
                server = HubServer(running, served, partial(tell, said))
                with nearby.announced(running.nearby(said), _interfaces(served)):
                    server.run(sockets=[listener])
            if not server.again:
                return
            tell, listener = _told_already, listen(served)


@contextlib.contextmanager
def opened(folder: Path, asked: Joining) -> Iterator[Hub]:
    """A hub that has joined; closed at the end unless its server has done so."""
    made = Hub(folder)
    try:
        made.join(asked)
        yield made
    finally:
        made.close()


@contextlib.contextmanager
def beside(folder: Path) -> Iterator[Office]:
    """A hub's data for a command that writes local rows alone, also while it serves. Raises StoreMissing."""
    office = hub.open_beside(folder, SystemClock(), Uuid7())
    try:
        yield office
    finally:
        office.close()


def new_code(office: Office, till_name: str) -> CodeAnswer:
    """A one-time code for a till of the hub's store; one that the chain knows is let in at once, another waits for the owner.

    Raises ShopMissing before head office has said where the hub stands.
    """
    store = _store_of(office)
    if not store:
        raise ShopMissing(office.node)
    return enrolment.new_code(office, store=store, till_name=till_name, made_by=office.node, confirmed=False)


def _stands_somewhere(office: Office) -> bool:
    return bool(_store_of(office))


def _store_of(office: Office) -> str:
    with office.database.read() as transaction:
        device = stores.device(transaction, office.node)
    return device.store if device else ""


def _interfaces(serving: Serving) -> list[str]:
    """Where it is announced: where it serves, which may be everywhere."""
    try:
        address = ipaddress.IPv4Address(serving.host)
    except ValueError:
        return []
    return [] if address.is_unspecified else [str(address)]


def _nothing() -> None:
    """Nobody is told."""


def _told_already(_address: str) -> None:
    """The address has not changed."""
