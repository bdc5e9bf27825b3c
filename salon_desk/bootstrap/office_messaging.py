"""The outbound thread of a head office: its own connection beside the server's, and of several processes one sends.

What is done at each look is `messaging.py`'s. The one rule: a head office that was found to be restored from an old copy sends
nothing in that epoch, for it may have forgotten what it sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from salon_desk.bootstrap.machine import Uuid7
from salon_desk.bootstrap.outbound import Ended, Outbound, Work
from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.clock import Clock, instant_text
from salon_desk.head_office.restored import may_send
from salon_desk.services.sender import is_sender
from salon_desk.storage.office import Office, open_office
from salon_desk.storage.place import Place
from salon_desk.storage.queries import messages
from salon_desk.storage.sole_sender import Claim, claim
from salon_desk.storage.store import Store

if TYPE_CHECKING:
    from salon_desk.services.message_sending import OnStore

T = TypeVar("T")

HELD_FOR = 10.0
"""Seconds after which it is asked again whether this process still has the right to send."""


class AtOffice:
    """The desk of a head office's outbound thread."""

    def __init__(self, place: Place, clock: Clock) -> None:
        self._place = place
        self._clock = clock
        self._claim: Claim | None = None
        self._office: Office | None = None
        self._held_at = 0.0
        self._works: Sequence[Work] = ()

    def enter(self) -> OnStore | None:
        """See `Desk`. Raises DatabaseUnreachable and what `open_office` raises."""
        if self._claim is not None and not self._claim.holds():
            self._let_go()
        if self._claim is None:
            self._claim = claim(self._place)
        if self._claim is None:
            return None
        if self._office is None:
            self._office = open_office(self._place, self._clock, Uuid7())
        office = self._office
        with office.database.read() as transaction:
            if not may_send(transaction, office.epoch):
                return None
        return self._on_store if is_sender(office) else None

    def works(self) -> Sequence[Work]:
        """See `Desk`."""
        if not self._works:
            from salon_desk.bootstrap.messaging import works

            assert self._office is not None
            self._works = works(self._office.node, self._clock, load_rules())
        return self._works

    def is_urgent(self) -> bool:
        """See `Desk`: a till has asked for a code, and another process may have taken that in."""
        if self._office is None:
            return False
        with self._office.database.read() as transaction:
            return bool(messages.urgent(transaction, instant_text(self._clock.now())))

    def leave(self) -> None:
        """See `Desk`."""
        if self._office is not None:
            self._office.close()
            self._office = None
        self._let_go()

    def _let_go(self) -> None:
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    def _on_store(self, work: Callable[[Store], T], /) -> T:
        if self._office is None or self._claim is None:
            raise Ended
        if time.monotonic() - self._held_at > HELD_FOR:
            if not self._claim.holds():
                raise OSError("another process may send by now")
            self._held_at = time.monotonic()
        return work(self._office)


def office_outbound(place: Place, clock: Clock) -> Outbound:
    """The thread, not yet started."""
    return Outbound(AtOffice(place, clock))
