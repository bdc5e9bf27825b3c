"""Placing in small pieces, so that nobody who asks for value has to wait for it: at a start, after a return, and each hour.

What an enrolment or a return changes is dealt with at once; in the hourly round what time alone has changed, for a booking of
weeks ago counts when it is near. Everything else is rearranged when something happens (`consequences.py`). What lies well already
costs a look.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from salon_desk.domain.clock import instant_text
from salon_desk.head_office import consequences, placement, planning
from salon_desk.head_office.access import Access, DatabaseTrouble
from salon_desk.services import tiers
from salon_desk.storage import children, returns
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office
from salon_desk.storage.queries import bookings, holders

EVERY = 3_600.0
"""Seconds between two rounds."""
BEHIND, AHEAD = timedelta(days=1.5), timedelta(days=2)
"""A booking counts for its store when it is near, and no more once it has passed."""
A_PIECE = 20
"""Cards at a time on the thread that writes: tens of milliseconds."""

_log = logging.getLogger(__name__)


def due(transaction: Transaction, now: datetime) -> list[str]:
    """The cards of whoever is expected soon or was just now. A read transaction will do."""
    return sorted(bookings.cards_expected(transaction, instant_text(now - BEHIND), instant_text(now + AHEAD)))


def sweep(office: Office, cards: Sequence[str]) -> bool:
    """Place these anew; whether that went well. Writer thread; trouble waits for the next round."""
    if office.relays:
        return True
    try:
        placement.rearrange(office, cards)
    except Exception:
        # nobody waits for an answer, and the next round tries again
        _log.exception("a round of placing is left for the next one")
        return False
    return True


class Sweeping:
    """Who has enrolled or is back and not yet dealt with by this process. Everything runs on the event loop."""

    def __init__(self) -> None:
        self._new: list[str] = []
        self._back: set[str] = set()
        self._news = asyncio.Event()

    def returned(self, nodes: Collection[str]) -> None:
        """Devices are in reach again, as `attendance.note` has marked."""
        if nodes:
            self._back |= set(nodes)
            self._news.set()

    def enrolled(self, node: str) -> None:
        """A device may receive value from now on."""
        self._new.append(node)
        self._news.set()

    async def keep(self, access: Access) -> None:
        """What a stop cut off first, then each device as it comes, and a round each hour. Runs as long as the server does."""
        await _tried(access.write(partial(consequences.catch_up, placing=False)))
        await _tried(place_here(access))
        await _tried(after_return(access))
        loop = asyncio.get_running_loop()
        next_round = loop.time() + EVERY
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(next_round):
                    await self._news.wait()
            self._news.clear()
            while self._new:
                await _tried(place_here(access, self._new.pop(0)))
            if self._back:
                back, self._back = self._back, set()
                await _tried(after_return(access, back))
            if loop.time() >= next_round:
                await _tried(_round(access))
                next_round = loop.time() + EVERY


async def place_here(access: Access, node: str = "") -> None:
    """Place what lies here: all of it, or what belongs to the store of a device that has enrolled. Raises DatabaseTrouble.

    What a stop leaves lies here still, and is placed at the next start.
    """
    here = await access.read(partial(_here, office=access.office, node=node))
    for cards in _pieces(here.cards):
        await access.write(partial(_place, cards=cards, store=here.store, issued_at=here.issued_at))


async def after_return(access: Access, nodes: Collection[str] | None = None) -> None:
    """Place anew what the return of these devices concerns, or of all whose return is marked. Raises DatabaseTrouble.

    A device that comes back once more meanwhile adds nothing, unless a piece went by without it: then its mark stays. So it
    does when this is cut short.
    """
    back = await access.read(partial(_concerned, nodes=nodes, now=access.office.clock.now()))
    stayed, went_well = set(back.there), True
    for cards in _pieces(back.cards):
        done, there = await access.write(partial(_piece, cards=cards, nodes=stayed))
        stayed, went_well = stayed & there, went_well and done
        if not stayed:
            break
    if back.marks and went_well:
        await access.write(partial(_finish, marks=back.marks, stayed=stayed))


async def _round(access: Access) -> None:
    """What is left of returns, and what is expected."""
    await after_return(access)
    for cards in _pieces(await access.read(partial(due, now=access.office.clock.now()))):
        await access.write(partial(sweep, cards=cards))
    while not access.office.relays and await access.write(tiers.rest):
        pass  # a piece of the members at a time, so that nobody waits for all of them


async def _tried(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except DatabaseTrouble as error:
        _log.warning("a round of placing was cut short: %s", error.reason)
    except Exception:
        # nobody waits for an answer, and the rounds go on
        _log.exception("placing is left for the next round")


@dataclass(frozen=True, slots=True)
class _Here:
    """Cards that lie here; `issued_at`: see `placement.place_cards`; `store`: the only one that is to get any."""

    cards: Sequence[str] = ()
    issued_at: Mapping[str, str] = field(default_factory=dict)
    store: str = ""


def _here(transaction: Transaction, office: Office, node: str) -> _Here:
    """Reader thread: of the office its name alone is used."""
    child = holders.may_get(transaction, node) if node else None
    if office.relays or (node and (child is None or not child.store)):
        return _Here()
    cards = placement.lying_here(transaction, office)
    store = child.store if child is not None else ""
    return _Here(cards, placement.issuing_stores(transaction, cards), store)


def _place(office: Office, cards: Sequence[str], store: str, issued_at: Mapping[str, str]) -> None:
    """Writer thread; trouble waits for the next start."""
    try:
        placement.place_cards(office, cards, store=store, issued_at=issued_at)
    except Exception:
        # nobody waits for an answer
        _log.exception("a piece of placing is left for the next start")


@dataclass(frozen=True, slots=True)
class _Back:
    """Marks of returns (node, instant), the devices of them that are in reach now, the cards that concern these."""

    marks: Mapping[str, str]
    there: Collection[str]
    cards: Sequence[str]


def _concerned(transaction: Transaction, nodes: Collection[str] | None, now: datetime) -> _Back:
    marks = {node: at for node, at in returns.marked(transaction).items() if nodes is None or node in nodes}
    there = _in_reach(transaction, marks, now)
    cards = placement.concerned_by_return(transaction, there, planning.recorded(now))
    return _Back(marks, there, sorted(cards))


def _piece(office: Office, cards: Sequence[str], nodes: Collection[str]) -> tuple[bool, set[str]]:
    """Whether a piece went well, and which of these devices were in reach for it. Writer thread."""
    went_well = sweep(office, cards)
    with office.database.read() as transaction:
        return went_well, _in_reach(transaction, nodes, office.clock.now())


def _finish(office: Office, marks: Mapping[str, str], stayed: Collection[str]) -> None:
    """Forget these marks, but for a device that left and has come back since. Writer thread."""
    with office.local() as transaction:
        newest = returns.marked(transaction)
        for node, at in marks.items():
            if node in stayed or newest.get(node) == at:
                returns.forget(transaction, node)


def _in_reach(transaction: Transaction, nodes: Collection[str], now: datetime) -> set[str]:
    found = (children.by_node(transaction, node) for node in nodes)
    return {child.node for child in found if child is not None and planning.is_in_reach(child, now)}


def _pieces(cards: Sequence[str]) -> list[Sequence[str]]:
    return [cards[start : start + A_PIECE] for start in range(0, len(cards), A_PIECE)]
