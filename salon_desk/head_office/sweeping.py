"""The nightly round: what time alone has changed is placed anew, for a booking of weeks ago counts when it is near.

Everything else is rearranged when something happens (`consequences.py`). A round goes by in small pieces, so that nobody who
asks for value has to wait for it; it runs each hour, and what lies well already costs a look.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from salon_desk.domain.clock import instant_text
from salon_desk.head_office import placement
from salon_desk.head_office.access import Access, DatabaseTrouble
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office
from salon_desk.storage.queries import bookings

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


def sweep(office: Office, cards: Sequence[str]) -> None:
    """Place these anew. Writer thread; trouble waits for the next round."""
    if office.relays:
        return
    try:
        placement.rearrange(office, cards)
    except Exception:
        # nobody waits for an answer, and the next round tries again
        _log.exception("a round of placing is left for the next one")


async def keep(access: Access) -> None:
    """A round again and again; runs as long as the server does."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            cards = await access.read(partial(due, now=access.office.clock.now()))
            for start in range(0, len(cards), A_PIECE):
                await access.write(partial(sweep, cards=cards[start : start + A_PIECE]))
        except DatabaseTrouble as error:
            _log.warning("a round of placing was cut short: %s", error.reason)
