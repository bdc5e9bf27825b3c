"""A head office put together: data, secrets, application, server, and its end by a signal.

No rule lives here. One process serves; on PostgreSQL several may (`workers.py` keeps them running).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

import uvicorn

from salon_desk import secrets, settings
from salon_desk.bootstrap.machine import SystemClock, Uuid7
from salon_desk.bootstrap.office_data import office_at
from salon_desk.bootstrap.office_messaging import office_outbound
from salon_desk.bootstrap.providers import providers_of
from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.clock import Clock
from salon_desk.head_office.above import Above
from salon_desk.head_office.access import Access, OfficeAt
from salon_desk.head_office.app import create_app
from salon_desk.head_office.attendance import Attendance
from salon_desk.head_office.context import Context, Identity
from salon_desk.head_office.growth import Growth
from salon_desk.head_office.intake import Intake
from salon_desk.head_office.known_devices import KnownDevices
from salon_desk.head_office.limits import CodeTries, InFlight
from salon_desk.head_office.logging import log_as_json
from salon_desk.head_office.providers import Providers
from salon_desk.head_office.recalling import RecallsTold
from salon_desk.head_office.tally import Tally
from salon_desk.services import message_inbound
from salon_desk.storage.office import Office, Place

SECONDS_TO_END = 5
MOST_CONNECTIONS = 2_000

SWITCH_INTERVAL_S = 1 / 2000
"""How long a thread may keep the interpreter: ten first copies at once must not keep a want from its 400 ms."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Where and how a head office serves. `certificate` and `key`: PEM files, none for plain HTTP."""

    host: str = "127.0.0.1"
    port: int = 8080
    certificate: Path | None = None
    key: Path | None = None
    metrics_for_all: bool = False


def open_context(place: Place, *, metrics_for_all: bool = False) -> Context:
    """One process of a head office, ready for `create_app`. Raises as `open_office`, and KeysUnreachable."""
    clock = SystemClock()
    access = Access(OfficeAt(place, clock, Uuid7()))
    try:
        context = context_of(access, clock, metrics_for_all=metrics_for_all)
        return replace(context, providers=_providers(access.office))
    except BaseException:
        access.close()
        raise


def context_of(
    access: Access,
    clock: Clock,
    *,
    metrics_for_all: bool = False,
    above: Above | None = None,
    growth: Growth | None = None,
    recorded: Callable[[], None] | None = None,
) -> Context:
    """What every endpoint gets, over data that is open. Raises KeysUnreachable."""
    return Context(
        access=access,
        identity=identity_of(access.office),
        clock=clock,
        growth=growth or Growth(),
        code_tries=CodeTries(),
        in_flight=InFlight(),
        tally=Tally(),
        attendance=Attendance(clock),
        known_devices=KnownDevices(),
        intake=Intake(access),
        recalls=RecallsTold(),
        metrics_for_all=metrics_for_all,
        above=above,
        recorded=recorded,
    )


def _providers(office: Office) -> Providers:
    """What follows when those who carry messages call. Raises RulePackDamaged."""
    rules = load_rules()
    return providers_of(
        office.node, lambda store, came: message_inbound.received(store, came, rules), message_inbound.status
    )


def identity_of(office: Office) -> Identity:
    """Who this head office is, with its secrets. Raises KeysUnreachable."""
    keys = secrets.node_keys(office.node)
    return Identity(
        node=office.node,
        epoch=office.epoch,
        public_key=keys.public_hex,
        token_secret=secrets.secret("tokens", office.node),
        keys=keys,
    )


def fill_demo(place: Place) -> None:
    """Fill an empty head office with the demo chain. Raises as `open_office`."""
    from salon_desk.services import demo_chain, demo_file

    shop, chain = demo_file.read(settings.demo_shop()), demo_file.read_chain(settings.demo_chain())
    with office_at(place) as office:
        demo_chain.load(office, shop, chain)


def serve(place: Place, serving: Serving, listener: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve until a signal ends it; `ready` is called with the address when requests are answered.

    Raises as `open_context`.
    """
    context = open_context(place, metrics_for_all=serving.metrics_for_all)
    log = log_as_json()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    server = Server(configured(context, serving), context, lambda: ready(address_of(serving, listener)))
    outbound = office_outbound(place, context.clock)
    with contextlib.closing(log), signals_ignored():
        outbound.start()
        try:
            server.run(sockets=[listener])
        finally:
            outbound.stop()


def configured(context: Context, serving: Serving) -> uvicorn.Config:
    """How uvicorn serves this process."""
    return uvicorn.Config(
        create_app(context),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        ws="none",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=SECONDS_TO_END,
        timeout_keep_alive=60,
        ssl_certfile=serving.certificate,
        ssl_keyfile=serving.key,
    )


def listen(serving: Serving) -> socket.socket:
    """A socket that listens where it was said. Raises OSError.

    The protocol is named, because asyncio sends small answers at once (TCP_NODELAY) only where it is.
    """
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((serving.host, serving.port))
        listener.listen(512)
    except BaseException:
        listener.close()
        raise
    return listener


def address_of(serving: Serving, listener: socket.socket) -> str:
    """The address under which it can be reached."""
    scheme = "https" if serving.certificate else "http"
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    return f"{scheme}://{host}:{listener.getsockname()[1]}"


class Server(uvicorn.Server):
    """A uvicorn that says when it is ready, and sends those who wait for news home when it ends."""

    def __init__(self, config: uvicorn.Config, context: Context, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._context = context
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what was asked, and end."""
        self._context.growth.close()
        await asyncio.sleep(0)
        await super().shutdown(sockets=sockets)


@contextlib.contextmanager
def signals_ignored() -> Iterator[None]:
    """uvicorn ends on a signal and raises it again afterwards: by then it has done its work."""

    def passed_over(_number: int, _frame: FrameType | None) -> None:
        logging.getLogger(__name__).debug("ended by a signal")

    before = {number: signal.signal(number, passed_over) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
