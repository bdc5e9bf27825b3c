"""The link to head office as the screens see it (`ui/link_desk.py`), on top of a running till.

No screen and no network lives here. When sync has news on its own threads the UI thread looks what is true by then, for two
threads may tell in the wrong order; a future of the link's is answered there too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from salon_desk.bootstrap.till import RunningTill
from salon_desk.domain.clock import instant_text
from salon_desk.domain.errors import DomainError
from salon_desk.domain.names import Names
from salon_desk.services import cards, moves
from salon_desk.services.link_status import LinkState, LinkStatus
from salon_desk.services.ports import WantOutcome
from salon_desk.storage.queries.holders import names_of_store
from salon_desk.ui.link_desk import EnrolAsk, LinkNow, NewCode, Reach
from salon_desk.wire.messages import Holding, Part

T = TypeVar("T")
Rest = tuple[tuple[Names, str], ...]

_log = logging.getLogger(__name__)


class TillLink(QObject):
    """Fulfils `ui.link_desk.LinkDesk` and, by `value`, `ui.link_desk.ValueLine`. Made on the UI thread."""

    _heard = Signal()
    _ended = Signal(object)

    def __init__(self, running: RunningTill, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = running
        self._listeners: list[Callable[[], None]] = []
        self._now = LinkNow(running.link.status())
        self.value = TillValueLine(running, self)
        self._heard.connect(self._look, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._stop = running.link.on_change(self._tell)
        self._look()

    def now(self) -> LinkNow:
        """See `LinkDesk`."""
        return self._now

    def listen(self, listener: Callable[[], None]) -> None:
        """See `LinkDesk`."""
        self._listeners.append(listener)

    def enrol(self, ask: EnrolAsk, answered: Callable[[DomainError | None], None]) -> None:
        """See `LinkDesk`."""
        future = self._running.link.enroll(
            ask.address, ask.code, certificate=ask.certificate, proxy=ask.proxy
        )
        self.when_done(future, lambda _enrolled: answered(None), answered)

    def retry(self, answered: Callable[[int], None]) -> None:
        """See `LinkDesk`."""
        self.when_done(self._running.link.retry(), answered, lambda _refusal: answered(0))

    def make_code(
        self, till_name: str, made: Callable[[NewCode], None], refused: Callable[[DomainError], None]
    ) -> None:
        """See `LinkDesk`."""
        future = self._running.link.make_code(till_name)
        self.when_done(future, lambda answer: made(NewCode(answer.code, answer.lapses_at)), refused)

    def close(self) -> None:
        """Hear nothing any more."""
        self._stop()

    def when_done(
        self, future: Future[T], done: Callable[[T], None], failed: Callable[[DomainError], None]
    ) -> None:
        """Answer a future of the link's or the worker's on the UI thread; a bug in it goes to the excepthook there."""

        def answer() -> None:
            error = future.exception()
            if isinstance(error, DomainError):
                failed(error)
            else:
                done(future.result())

        future.add_done_callback(lambda _future: _hop(lambda: self._ended.emit(answer)))

    def on_worker(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[DomainError], None]
    ) -> None:
        """Run on the database worker and answer on the UI thread; nothing at all when the till is closing."""
        try:
            future = self._running.worker.submit(work)
        except RuntimeError:
            _log.info("the till is closing; nothing is looked up")
            return
        self.when_done(future, done, failed)

    def _tell(self, _status: LinkStatus) -> None:
        """On any thread."""
        _hop(self._heard.emit)

    def _look(self) -> None:
        status, since = self._running.link.status(), ""
        if status.state is LinkState.OFFLINE:
            # what the till heard last tells more than when it noticed
            since = self._now.offline_since or status.contact_at or self._instant()
        before, self._now = self._now, LinkNow(status, since)
        if before == self._now:
            return
        for listener in tuple(self._listeners):
            listener()
        self.value.line_changed(self._now)
        if (before.status.position, before.status.root_cut) != (status.position, status.root_cut):
            self.value.changed()

    def _answer(self, answer: Callable[[], None]) -> None:
        answer()

    def _instant(self) -> str:
        return instant_text(self._running.till.store.clock.now())


class TillValueLine:
    """How the counter asks for value that lies elsewhere; see `ui.link_desk.ValueLine`. UI thread."""

    def __init__(self, running: RunningTill, link: TillLink) -> None:
        self._running, self._link = running, link
        self._listeners: list[Callable[[], None]] = []
        self._line_since = ""
        self._away: dict[Names, str] = {}

    def want(self, cards_wanted: Sequence[str]) -> None:
        """See `ValueLine`: what to ask for is looked up on the database worker, which then goes on."""
        if self._running.link.status().state is not LinkState.ONLINE:
            return
        self._link.on_worker(lambda: self._parts(cards_wanted), self._ask, _let_be)

    def want_parts(self, parts: tuple[Part, ...]) -> None:
        """Ask for exactly this, without waiting for it."""
        if self._running.link.status().state is LinkState.ONLINE:
            self._ask(parts)

    def reach(self) -> Reach:
        """See `ValueLine`."""
        at = instant_text(self._running.till.store.clock.now())
        return Reach(at, self._line_since, tuple(self._away.items()))

    def listen(self, changed: Callable[[], None]) -> None:
        """See `ValueLine`."""
        self._listeners.append(changed)

    def line_changed(self, now: LinkNow) -> None:
        """The line went down or came back."""
        if now.offline_since != self._line_since:
            self._line_since = now.offline_since
            self.changed()

    def changed(self) -> None:
        """Tell the counter to look again."""
        for listener in tuple(self._listeners):
            listener()

    def _parts(self, wanted: Iterable[str]) -> tuple[Part, ...]:
        """On the database worker: all that lies elsewhere, for the guest stands here."""
        till = self._running.till
        views = [cards.by_id(till, one) for one in wanted]
        return tuple(part for view in views for part in moves.wanted(till, view.card, view.value.balance))

    def _ask(self, parts: tuple[Part, ...]) -> None:
        if parts:
            self._link.when_done(self._running.link.want(parts), self._came, _let_be)

    def _came(self, outcome: WantOutcome) -> None:
        if outcome.arrived:
            self.changed()
        if outcome.rest:
            self._link.on_worker(lambda: self._named(outcome.rest), self._note_away, _let_be)

    def _named(self, rest: Sequence[Holding]) -> Rest:
        """On the database worker: since when nobody has heard of each store."""
        with self._running.till.read() as transaction:
            return tuple((names_of_store(transaction, one.store), one.seen_at) for one in rest)

    def _note_away(self, rest: Rest) -> None:
        before = dict(self._away)
        for names, seen_at in rest:
            self._away.pop(names, None)
            if seen_at:
                self._away[names] = seen_at
        if self._away != before:
            self.changed()


def _hop(emit: Callable[[], None]) -> None:
    """Hand something over to the UI thread, unless the window is gone already."""
    try:
        emit()
    except RuntimeError:
        _log.info("something was heard of the link after the window was closed")


def _let_be(refusal: DomainError) -> None:
    """Nothing came: the till goes on with what it has."""
    _log.info("value was not asked for: %s", refusal)
