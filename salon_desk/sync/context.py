"""What both sync threads are handed: time, chance, the way to the database worker, the board; and their common loop.

No message and no decision lives here. Tests hand in their own time and step the loops' bodies without a thread.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Protocol, TypeVar

from salon_desk.domain.clock import Clock
from salon_desk.services.link_status import LinkReason, LinkState
from salon_desk.services.parent import ParentLink
from salon_desk.services.till import Till
from salon_desk.storage.errors import CannotRecord, StoreStopped
from salon_desk.sync.backoff import Backoff
from salon_desk.sync.client import Client
from salon_desk.sync.status import StatusBoard
from salon_desk.wire.messages import Recall

T = TypeVar("T")

FOREVER = float("inf")
"""Until somebody wakes the thread."""

_log = logging.getLogger(__name__)


class WorkerGone(Exception):
    """The database worker takes no work: the till is closing, or far too much waits."""


class Database(Protocol):
    """The way to the database worker: runs the work there and waits for it. Raises WorkerGone, and what the work raises."""

    def __call__(self, work: Callable[[Till], T]) -> T:
        """What the work gives back."""
        ...


def wait_for(event: threading.Event, seconds: float) -> None:
    """Sleep until the event or for so long, whichever comes first, and take the event."""
    event.wait(None if seconds == FOREVER else seconds)
    event.clear()


@dataclass(frozen=True, slots=True)
class Line:
    """The parent that this till is linked to, with a client for each thread."""

    link: ParentLink
    feed: Client
    send: Client


def _nothing() -> None:
    """Nobody is told."""


def _unheard(_recalls: Sequence[Recall]) -> None:
    """A till has no children."""


def _alone(_till: Till) -> Sequence[str]:
    """A till has no children."""
    return ()


@dataclass(slots=True)
class Context:
    """What both threads share. `line` is replaced as a whole, by the send thread or before the threads start."""

    database: Database
    board: StatusBoard
    clock: Clock
    random: Random
    monotonic: Callable[[], float] = time.monotonic
    wait: Callable[[threading.Event, float], None] = wait_for
    line: Line | None = None
    stopping: threading.Event = field(default_factory=threading.Event)
    on_line: Callable[[], None] = _nothing
    """Called when `line` became another one, or the epoch did, so that both threads look."""
    on_behind: Callable[[], None] = _nothing
    """Called when the parent was heard to hold more of this till's epoch than the till has."""
    relays: bool = False
    """Whether this node is a hub, and the rest is there for it."""
    on_relayed: Callable[[], None] = _nothing
    """Called when the parent has taken something of a child's."""
    on_recalls: Callable[[Sequence[Recall]], None] = _unheard
    """Called with all that whoever is above asks of this node's children, each time it was heard."""
    reach: Callable[[Till], Sequence[str]] = _alone
    """The children that were heard of lately. Database worker."""

    def use(self, line: Line) -> None:
        """Speak to this parent from now on; what was said to another one is cut off."""
        before, self.line = self.line, line
        if before is not None and before.feed is not line.feed:
            before.feed.interrupt(for_good=True)
        self.on_line()

    def confirm(self, line: Line) -> None:
        """The owner has confirmed this till: the same line, with nothing held back."""
        if self.line is line:
            self.use(replace(line, link=replace(line.link, confirmed=True)))


class Round(Protocol):
    """The body of a thread's loop."""

    def once(self) -> float:
        """One round: seconds until the next, 0 for at once, FOREVER for when woken."""
        ...


def loop(context: Context, name: str, body: Round, woken: threading.Event) -> None:
    """Rounds until the link stops, on the thread of this name. Whatever goes wrong in one is noted and tried again."""
    assert threading.current_thread().name == name
    backoff = Backoff(context.random)
    while not context.stopping.is_set():
        try:
            pause = body.once()
            backoff.reset()
            context.board.release(name)
        except WorkerGone:
            pause = backoff.failed()
        except (CannotRecord, StoreStopped) as refusal:
            _log.warning("%s: the disk refused: %s", name, refusal)
            context.board.hold(name, LinkState.ATTENTION, LinkReason.DISK)
            pause = backoff.failed()
        except Exception:
            _log.exception("%s stumbled", name)
            context.board.hold(name, LinkState.ATTENTION, LinkReason.FAULT)
            pause = backoff.failed()
        if pause and not context.stopping.is_set():
            context.wait(woken, pause)
