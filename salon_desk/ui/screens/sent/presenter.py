"""The behaviour of the screen of what was sent: a list by state, a message opened, more of the list. No Qt.

Reads only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from salon_desk.domain.errors import DomainError
from salon_desk.domain.message import MessageState
from salon_desk.services import message_log
from salon_desk.services.message_log import CameOfIt, Entry, Wanted
from salon_desk.services.till import Till
from salon_desk.ui.tasks import Tasks

A_PAGE = 60


class Which(StrEnum):
    """Which messages the list shows."""

    ALL = "all"
    WAITING = "intended"
    SENT = "sent"
    DELIVERED = "delivered"
    WITHHELD = "withheld"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SentState:
    """What the screen shows. `entries` None: not read yet; `more`: the list goes on; `came`: what the member did since."""

    which: Which = Which.ALL
    entries: tuple[Entry, ...] | None = None
    more: bool = False
    counts: tuple[tuple[MessageState, int], ...] = ()
    chosen: Entry | None = None
    came: CameOfIt | None = None
    zone: str = "UTC"
    refusal: DomainError | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    entries: tuple[Entry, ...]
    counts: tuple[tuple[MessageState, int], ...]
    zone: str


class SentPresenter:
    """`changed` paints."""

    def __init__(self, till: Till, tasks: Tasks) -> None:
        self._till, self._tasks = till, tasks
        self.changed: Callable[[], None] = _nobody
        self.state = SentState()

    def begin(self) -> None:
        """The screen comes to the front."""
        self._look()

    def show(self, which: Which) -> None:
        """Another list."""
        self._set(which=which, entries=None, chosen=None, came=None)
        self._look()

    def go_on(self) -> None:
        """More of the list."""
        entries = self.state.entries
        if entries and self.state.more:
            self._look(before=entries[-1].message.mark)

    def open(self, key: str) -> None:
        """A message of the list was tapped."""
        found = next((one for one in self.state.entries or () if one.message.message == key), None)
        if found is None:
            return
        self._set(chosen=found, came=None)

        def read(came: CameOfIt | None) -> None:
            if self.state.chosen is found:
                self._set(came=came)

        self._tasks.run(lambda: self._came_of(found), read, self._refused)

    def _came_of(self, entry: Entry) -> CameOfIt | None:
        with self._till.read() as transaction:
            return message_log.came_of(transaction, entry, self._till.store.clock.now())

    def _look(self, before: int = 0) -> None:
        which = self.state.which

        def work() -> _Read:
            wanted = Wanted(state="" if which is Which.ALL else which.value, most=A_PAGE + 1)
            with self._till.read() as transaction:
                return _Read(
                    message_log.entries(transaction, replace(wanted, before=before) if before else wanted),
                    message_log.counts(transaction),
                    self._till.shop(transaction).time_zone,
                )

        def read(found: _Read) -> None:
            if which is not self.state.which:
                return
            kept = (self.state.entries or ()) if before else ()
            self._set(
                entries=(*kept, *found.entries[:A_PAGE]),
                more=len(found.entries) > A_PAGE,
                counts=found.counts,
                zone=found.zone,
            )

        self._tasks.run(work, read, self._refused)

    def _refused(self, error: DomainError) -> None:
        self._set(refusal=error)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""
