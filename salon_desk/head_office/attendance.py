"""Who was heard of and when, kept in the database every now and then and not with every request.

It is for people and for the placement of value: no rule of safety stands on it. Everything runs on the event loop but for
the writing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from salon_desk.domain.clock import Clock, instant_text, parse_instant
from salon_desk.head_office.access import Access, DatabaseTrouble
from salon_desk.head_office.planning import is_in_reach
from salon_desk.storage import children, link_gaps, returns
from salon_desk.storage.office import Office

KEEP_EVERY = 2.0
"""Seconds between two notes of everybody who was heard of."""

Heard = tuple[str, str, int | None]
"""A node, when it was heard of, and the feed position that it told, if it did."""

_log = logging.getLogger(__name__)


class Attendance:
    """Devices heard of by this process since it was last written down."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: dict[str, str] = {}
        self._cursors: dict[str, int] = {}

    def heard(self, node: str, cursor: int | None = None) -> None:
        """A device has asked for something; `cursor`: the feed position that it has taken in."""
        self._heard[node] = instant_text(self._clock.now())
        if cursor is not None:
            self._cursors[node] = cursor

    def left(self, node: str) -> None:
        """A device said that it will be gone: nothing that was heard of it before counts any more."""
        self._heard.pop(node, None)
        self._cursors.pop(node, None)

    def take(self) -> list[Heard]:
        """What is to be written down: node, instant, cursor if it was told."""
        taken = [(node, at, self._cursors.get(node)) for node, at in self._heard.items()]
        self._heard.clear()
        self._cursors.clear()
        return taken

    def lately(self) -> list[Heard]:
        """The same, and it is still to be written down."""
        return [(node, at, self._cursors.get(node)) for node, at in self._heard.items()]

    async def keep(self, access: Access, returned: Callable[[Sequence[str]], None]) -> None:
        """Write down again and again, and tell who is back; runs as long as the server does."""
        while True:
            await asyncio.sleep(KEEP_EVERY)
            if taken := self.take():
                try:
                    returned(await access.write(partial(note, taken=taken)))
                except DatabaseTrouble as error:
                    _log.warning("who was heard of could not be kept: %s", error.reason)


def note_returned(office: Office, heard: Sequence[Heard]) -> list[str]:
    """Write down who is in reach again, so that it can be asked at once, and tell who it is; the others can wait. Writer thread."""
    if not heard:
        return []
    with office.database.read() as transaction:
        known = {one.node: one for one in children.all_children(transaction)}
    return note(
        office,
        [one for one in heard if one[0] in known and not is_in_reach(known[one[0]], parse_instant(one[1]))],
    )


def goodbye(office: Office, nodes: Iterable[str]) -> None:
    """Devices will be gone: they get nothing and are asked for nothing until they come back. Writer thread."""
    with office.local() as transaction:
        for node in nodes:
            children.note_left(transaction, node, instant_text(office.clock.now()))


def note(office: Office, taken: Sequence[Heard]) -> list[str]:
    """Write down who was heard of; which of them had been out of reach: what follows is still to be done. Writer thread."""
    if not taken:
        return []
    returned = []
    with office.local() as transaction:
        for node, at, cursor in taken:
            known = children.by_node(transaction, node)
            if known is not None and not is_in_reach(known, parse_instant(at)):
                returned.append(node)
                if not office.relays:
                    returns.mark(transaction, node, at)
                if known.seen_at > known.left_at:
                    link_gaps.add(transaction, node, known.seen_at, at)
            children.note_seen(transaction, node, at, cursor)
    return returned
