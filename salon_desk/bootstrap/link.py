"""The link to head office put together: two threads, their clients, and what screens and commands ask of it.

No rule lives here. A till without a parent has a link that starts no thread until somebody enrols. Whoever made it stops it
before the database worker is closed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from random import Random
from typing import Any, TypeVar

from salon_desk import secrets
from salon_desk.services import link as link_service
from salon_desk.services import outbox, parent
from salon_desk.services.link_status import (
    CodeRefused,
    Enrolled,
    HeadOfficeOutOfReach,
    LinkReason,
    LinkState,
    LinkStatus,
)
from salon_desk.services.parent import ParentLink
from salon_desk.services.ports import WantOutcome
from salon_desk.services.till import Till
from salon_desk.services.worker import Worker
from salon_desk.sync import feed, send
from salon_desk.sync.calm import Calm
from salon_desk.sync.client import Address, Client
from salon_desk.sync.context import Context, Line, WorkerGone
from salon_desk.sync.enrol import Application, enrol
from salon_desk.sync.feed import Feed
from salon_desk.sync.outcome import Answer, Denied
from salon_desk.sync.send import Send
from salon_desk.sync.status import StatusBoard
from salon_desk.sync.want import Wants
from salon_desk.wire.address import is_safe
from salon_desk.wire.messages import CodeAnswer, CodeAsk, Part

T = TypeVar("T")

STOPS_WITHIN = 5.0
"""Seconds that `stop` waits for a thread; one that hangs in the system's name look-up ends by itself later."""
GOODBYE_WITHIN = 0.4
"""Seconds that a goodbye may take: nobody waits for it to shut a till down."""
_NUDGE_EVERY = 2.0
"""Seconds between two nudges while somebody waits for calm: a back-off is not waited for."""


class Link:
    """A till's link; see `services.ports.HeadOfficeLink`. Any thread but the database worker, except where said."""

    def __init__(self, till: Till, worker: Worker, *, random: Random | None = None) -> None:
        self._till = till
        self._worker = worker
        self._board = StatusBoard(till.store.clock)
        self._calm = Calm()
        self._context = Context(
            database=self._on_worker,
            board=self._board,
            clock=till.store.clock,
            random=random or Random(),
            on_line=self._look,
            relays=till.store.relays,
        )
        self._feed = Feed(self._context, self._calm)
        self._send = Send(self._context)
        self._context.on_behind = self._send.wake
        self._wants = Wants(self._context, self._send, till.store.new_id)
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._owed: set[Future[Any]] = set()
        self._knocking: Client | None = None
        self._leaving: Address | None = None

    def start(self) -> None:
        """Speak to the parent if this till has one."""
        known = self._on_worker(parent.link)
        if known is None:
            return
        self._board.linked()
        self._board.counted(self._on_worker(outbox.standing))
        self._start_threads()
        self._send.run_errand(lambda: self._connect(known))

    def stop(self) -> None:
        """Say goodbye and end both threads, even inside a long poll. Harmless the second time."""
        online = self._board.now().state is LinkState.ONLINE and not self._context.stopping.is_set()
        self._context.stopping.set()
        line, knocking = self._context.line, self._knocking
        for client in (*((line.feed, line.send) if line else ()), *((knocking,) if knocking else ())):
            client.interrupt(for_good=True)
        self._look()
        with self._lock:
            threads, self._threads = self._threads, []
            owed, self._owed = self._owed, set()
        for thread in threads:
            thread.join(STOPS_WITHIN)
        if online and self._leaving is not None:
            client = Client(self._leaving)
            client.goodbye("", GOODBYE_WITHIN)
            client.close()
        for one in owed:
            _fail(one, HeadOfficeOutOfReach(LinkReason.INTERRUPTED))

    def recorded(self) -> None:
        """Something was recorded. Database worker, after its commit; never blocks."""
        linked = self._board.now().state is not LinkState.NOT_LINKED
        if linked and (self._board.recorded(self._till.store.head.seq) or self._context.relays):
            self._send.wake()

    def status(self) -> LinkStatus:
        """How it stands."""
        return self._board.now()

    def on_change(self, listener: Callable[[LinkStatus], None]) -> Callable[[], None]:
        """Be told of every change, on whatever thread it happens; what is returned ends that."""
        return self._board.listen(listener)

    def enroll(self, url: str, code: str, *, certificate: str = "", proxy: str = "") -> Future[Enrolled]:
        """Join a head office; a code that was used here already changes nothing. Errors as in the Protocol."""
        asked = Application(url.strip(), code.strip(), certificate.strip(), proxy.strip())
        return self._errand(lambda: self._enrol(asked))

    def use_address(self, url: str, *, certificate: str = "", proxy: str = "") -> Future[None]:
        """Reach the same head office by another way from now on. The future may raise HeadOfficeOutOfReach (not secured)."""
        asked = Application(url.strip(), "", certificate.strip(), proxy.strip())
        return self._errand(lambda: self._move(asked))

    def make_code(self, till_name: str) -> Future[CodeAnswer]:
        """A one-time code for a further till of this store. Errors as in the Protocol."""
        return self._errand(lambda: self._make_code(till_name))

    def want(self, parts: Sequence[Part], reason: str = "now") -> Future[WantOutcome]:
        """Ask for units; the future has its result within 400 ms. Any thread, the database worker's too."""
        return self._wants.ask(parts, reason)

    def retry(self) -> Future[int]:
        """Connect again at once and try again what was set aside; how many operations of it landed."""
        self._send.run_errand(self._send.look_again)
        self._feed.wake()
        try:
            return self._worker.submit(lambda: self._retried(link_service.retry(self._till)))
        except RuntimeError as error:
            gone: Future[int] = Future()
            gone.set_exception(error)
            return gone

    def wait_until_synced(self, seconds: float) -> bool:
        """Wait until nothing is pending either way, as told by a round that began after this call. Blocks."""
        ends, after = time.monotonic() + seconds, self._calm.enter()
        try:
            while (left := ends - time.monotonic()) > 0 and not self._context.stopping.is_set():
                self._send.hurry()
                self._feed.hurry()
                calm = self._calm.wait(after, min(left, _NUDGE_EVERY))
                if calm is None:
                    continue
                if self._on_worker(lambda till: till.store.head.seq) == calm.seq:
                    return True
                after = calm.round
        except WorkerGone:
            return False
        finally:
            self._calm.leave()
        return False

    def _errand(self, work: Callable[[], T]) -> Future[T]:
        """Run on the send thread, which is started for it; what it gives or raises is the future's."""
        done: Future[T] = Future()

        def errand() -> None:
            try:
                _settle(done, work())
            except Exception as error:
                _fail(done, error)

        self._start_threads()
        with self._lock:
            self._owed.add(done)
        done.add_done_callback(self._paid)
        if self._context.stopping.is_set() or not self._send.run_errand(errand):
            _fail(done, HeadOfficeOutOfReach(LinkReason.INTERRUPTED))
        return done

    def _paid(self, done: Future[Any]) -> None:
        with self._lock:
            self._owed.discard(done)

    def _enrol(self, asked: Application) -> Enrolled:
        """On the send thread."""
        if self._on_worker(lambda till: parent.code_used(till, asked.code)):
            shown = self._on_worker(lambda till: link_service.view(till, most=0))
            return Enrolled(shown.store, shown.fingerprint, shown.confirmed)

        def connect(address: Address) -> Client:
            self._knocking = Client(address)
            return self._knocking

        try:
            link, enrolled = enrol(self._context, asked, self._pause, connect=connect)
        finally:
            self._knocking = None
        self._board.linked()
        self._board.counted(self._on_worker(outbox.standing))
        self._connect(link)
        return enrolled

    def _move(self, asked: Application) -> None:
        """On the send thread."""
        if not is_safe(asked.url):
            raise HeadOfficeOutOfReach(LinkReason.NOT_SECURED)
        before = self._on_worker(parent.link)
        now = self._on_worker(
            lambda till: parent.moved_to(till, asked.url, certificate=asked.certificate, proxy=asked.proxy)
        )
        if now is not None and (now != before or self._context.line is None):
            self._connect(now)

    def _make_code(self, till_name: str) -> CodeAnswer:
        """On the send thread."""
        line = self._context.line
        if line is None:
            raise HeadOfficeOutOfReach(LinkReason.NO_CONNECTION)
        match line.send.make_code(CodeAsk(till_name=till_name)):
            case Answer(message=answer):
                return answer
            case Denied(refused=refused):
                raise CodeRefused(refused.error, till_name)
            case trouble:
                raise HeadOfficeOutOfReach(trouble.reason)

    def _connect(self, link: ParentLink) -> None:
        """On the send thread: the token may lie in a keyring that takes its time."""
        try:
            token = secrets.token(self._till.store.node, link.node)
        except secrets.KeysUnreachable:
            self._board.hold("keys", LinkState.ATTENTION, LinkReason.KEYS_UNREACHABLE)
            return
        address = Address(link.url, link.certificate, link.proxy, token)
        self._leaving = address
        self._context.use(Line(link, Client(address), Client(address)))

    def _retried(self, landed: int) -> int:
        """On the database worker."""
        self._board.counted(outbox.standing(self._till))
        return landed

    def _start_threads(self) -> None:
        with self._lock:
            if self._threads or self._context.stopping.is_set():
                return
            bodies = ((feed.THREAD, self._feed.run), (send.THREAD, self._send.run))
            self._threads = [threading.Thread(target=run, name=name, daemon=True) for name, run in bodies]
            for thread in self._threads:
                thread.start()

    def _look(self) -> None:
        self._send.hurry()
        self._feed.wake()

    def _pause(self, seconds: float) -> None:
        self._context.stopping.wait(seconds)

    def _on_worker(self, work: Callable[[Till], T]) -> T:
        try:
            future = self._worker.submit(lambda: work(self._till))
        except RuntimeError as error:
            raise WorkerGone from error
        return future.result()


def _settle(done: Future[T], result: T) -> None:
    try:
        done.set_result(result)
    except InvalidStateError:
        return


def _fail(done: Future[Any], error: BaseException) -> None:
    try:
        done.set_exception(error)
    except InvalidStateError:
        return
