"""The outbound thread: what is to be said is found out, sent and heard of here, in head office's process or in the till of a single shop.

Whether this node sends is `services/sender.py`'s, one round `services/message_sending.py`'s. The one rule: each work on the store is
small and runs where the store is written, so that no cashier waits for it; nothing of it is imported before the first look.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from salon_desk.domain.errors import DomainError
from salon_desk.storage.engine import CommitFailed

if TYPE_CHECKING:
    from salon_desk.services.message_sending import OnStore

THREAD = "outbound"
FIRST_LOOK = 5.0
"""Seconds after a start: a till first opens its window."""
LOOK_EVERY = 60.0
"""Seconds at most between two looks: new intents and settings are not told of."""
SHORTEST = 1.0
GLANCE_EVERY = 2.0
"""Seconds between two glances at what cannot wait for the next look."""
STOPS_WITHIN = 5.0
"""Seconds that `stop` waits for a channel; what hangs in the network longer is unknown at the next start."""

MOST_ASKED = 8

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Work(Protocol):
    """One thing to do at each look; its steps run on the store one by one."""

    def __call__(self, on_store: OnStore, stopping: Callable[[], bool], /) -> float:
        """Seconds until it wants to be asked again, zero for at once. Raises what the store raises, and Ended."""
        ...


class Desk(Protocol):
    """Where the thread works: it is opened on the thread itself, and closed there."""

    def enter(self) -> OnStore | None:
        """The way to the store, None while this process does not send. Raises DomainError, Ended."""
        ...

    def works(self) -> Sequence[Work]:
        """What is done at every look, one after the other; made when it is first needed."""
        ...

    def is_urgent(self) -> bool:
        """Whether something cannot wait for the next look and nobody will wake the thread for it; cheap. Raises as `enter`."""
        ...

    def leave(self) -> None:
        """The thread ends."""
        ...


class Ended(Exception):
    """The store is closed."""


class Outbound:
    """The thread. It looks every minute, and when it is woken."""

    def __init__(self, desk: Desk, *, first_look: float = FIRST_LOOK) -> None:
        self._desk = desk
        self._first_look = first_look
        self._stopping = threading.Event()
        self._awake = threading.Event()
        self._asked: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin. Any thread."""
        assert self._thread is None
        self._thread = threading.Thread(target=self._run, name=THREAD, daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There may be something to say: look soon. Any thread, never blocks."""
        self._awake.set()

    def ask(self, work: Callable[[], T]) -> Future[T]:
        """Do something that may wait for the network, before the next look; cancelled when too much waits or the thread ends.

        Any thread, never blocks. The future ends on the thread.
        """
        future: Future[T] = Future()
        if self._stopping.is_set() or len(self._asked) >= MOST_ASKED:
            future.cancel()
            return future
        self._asked.append((future, work))
        self._awake.set()
        return future

    def stop(self) -> None:
        """End after the step that is under way. Harmless the second time. Any thread but its own."""
        self._stopping.set()
        self._awake.set()
        if self._thread is not None:
            self._thread.join(STOPS_WITHIN)

    def look(self) -> float:
        """Do what there is to do now; seconds until the next look. The thread itself, and tests."""
        try:
            on_store = self._desk.enter()
            if on_store is None:
                return LOOK_EVERY
            waits = [work(on_store, self._stopping.is_set) for work in self._desk.works()]
            return max(min([LOOK_EVERY, *waits]), SHORTEST)
        except Ended:
            self._stopping.set()
            self._awake.set()
        except (DomainError, CommitFailed, OSError) as trouble:
            _log.warning("nothing is sent for now: %s", type(trouble).__name__)
        except Exception:
            _log.exception("nothing is sent for now")
        return LOOK_EVERY

    def _run(self) -> None:
        wait = self._first_look
        try:
            while not self._rested(wait):
                while self._asked:
                    _do(*self._asked.popleft())
                wait = self.look()
        finally:
            while self._asked:
                self._asked.popleft()[0].cancel()
            self._desk.leave()

    def _rested(self, seconds: float) -> bool:
        """Wait, until something is urgent at most, and say whether it is time to end."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self._awake.wait(min(left, GLANCE_EVERY)):
            if self._glance():
                break
        self._awake.clear()
        return self._stopping.is_set()

    def _glance(self) -> bool:
        try:
            return self._desk.is_urgent()
        except (DomainError, CommitFailed, OSError) as trouble:
            _log.debug("nothing is seen for now: %s", type(trouble).__name__)
        except Exception:  # the thread goes on, as after a look
            _log.exception("nothing is seen for now")
        return False


def _do(future: Future[T], work: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except Exception as error:  # whoever asked is told, and the thread goes on
        future.set_exception(error)
