"""The outbound thread of a till: it sends where the till is a shop of its own, and rests where somebody stands above it.

What is done at each look is `messaging.py`'s, which is imported at the first look of a root and not before. The one rule: every
step goes by the database worker, between what the cashier does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from salon_desk.bootstrap.outbound import Ended, Outbound, Work
from salon_desk.domain.rules import RulePack
from salon_desk.services.sender import is_sender
from salon_desk.services.worker import Worker
from salon_desk.storage.store import Store

if TYPE_CHECKING:
    from salon_desk.services.message_sending import OnStore

T = TypeVar("T")


class AtTill:
    """The desk of a till's outbound thread."""

    def __init__(self, worker: Worker, store: Store, rules: RulePack) -> None:
        self._worker = worker
        self._store = store
        self._rules = rules
        self._works: Sequence[Work] = ()

    def enter(self) -> OnStore | None:
        """See `Desk`."""
        return self._on_store if self._on_store(is_sender) else None

    def works(self) -> Sequence[Work]:
        """See `Desk`."""
        if not self._works:
            from salon_desk.bootstrap.messaging import works

            self._works = works(self._store.node, self._store.clock, self._rules)
        return self._works

    def is_urgent(self) -> bool:
        """See `Desk`: whoever asks for a code here wakes the thread (`RunningTill`)."""
        return False

    def leave(self) -> None:
        """The till closes its store itself."""

    def _on_store(self, work: Callable[[Store], T], /) -> T:
        try:
            future = self._worker.submit(lambda: work(self._store))
        except RuntimeError as error:
            raise Ended from error
        return future.result()


def till_outbound(worker: Worker, store: Store, rules: RulePack) -> Outbound:
    """The thread, not yet started."""
    return Outbound(AtTill(worker, store, rules))
