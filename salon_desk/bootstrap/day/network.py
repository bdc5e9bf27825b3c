"""The scripted day of a till that belongs to a chain: joining, waiting for the shop, asking for value, waiting for the end.

Connecting is the link's (`sync`); here is only patience. A used till never waits for anybody: it trades, and what it did
goes out when somebody listens.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from salon_desk.bootstrap.till import RunningTill
from salon_desk.domain.access import Role
from salon_desk.domain.errors import DomainError
from salon_desk.services import joining, outbox, parent
from salon_desk.services.demo_file import DemoShop
from salon_desk.services.joining import AddressMissing, CodeMissing, ShopNotHere
from salon_desk.services.link_status import (
    EnrolmentRefused,
    HeadOfficeOutOfReach,
    LinkReason,
    LinkState,
    LinkStatus,
)
from salon_desk.services.ports import HeadOfficeLink
from salon_desk.wire.messages import Part

LOOK_EVERY_S = 0.1
LEAST_PATIENCE_S = 60.0
_TRY_AGAIN_AFTER_S = 0.5
_SOON_OVER = frozenset(
    (
        "restarted",
        LinkReason.NO_CONNECTION,
        LinkReason.NAME_UNKNOWN,
        LinkReason.TIMEOUT,
        LinkReason.BUSY,
        LinkReason.INTERRUPTED,
        LinkReason.NOT_HEAD_OFFICE,
        LinkReason.FAULT,
    )
)
"""Reasons for trying again; a proxy on the way that answers in the place of head office is one of them."""


@dataclass(frozen=True, slots=True)
class Joining:
    """What was said about head office: its address, a code, and how long the end may take; all may be missing."""

    url: str = ""
    code: str = ""
    until_synced: float | None = None

    @property
    def patience(self) -> float:
        """Seconds that joining may take."""
        return max(LEAST_PATIENCE_S, self.until_synced or 0.0)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What is under way: own operations that the parent, and head office itself, do not hold, others' that are not here.

    `set_aside`: what is here and could not be applied. `synced`: that nothing was under way was heard, not remembered.
    """

    parent: int
    head_office: int
    incoming: int
    set_aside: int
    synced: bool

    @property
    def pending(self) -> int:
        """0 when nothing is under way in either direction."""
        return max(self.parent, self.head_office) + self.incoming


def join(running: RunningTill, shop: DemoShop, asked: Joining) -> bool:
    """Belong to head office if that was asked for, and wait for what is needed to trade; whether this till has one.

    Called from a thread that is neither the worker's nor a link's. Raises CodeMissing, AddressMissing,
    EnrolmentRefused, HeadOfficeOutOfReach, ShopNotHere, KeysUnreachable.
    """
    ends = time.monotonic() + asked.patience
    known = running.worker.run(lambda: parent.link(running.till))
    if known is None and not asked.url and not asked.code:
        return False
    if known is None and not asked.code:
        raise CodeMissing(asked.url)
    if known is None and not asked.url:
        raise AddressMissing
    anew = (
        asked.url
        and asked.code
        and not running.worker.run(lambda: parent.code_used(running.till, asked.code))
    )
    if known is None or anew:
        _enroll(running.link, asked, ends)
    elif asked.url and asked.url != known.url:
        running.link.use_address(asked.url).result()
    _wait_for_shop(running, shop, asked, ends)
    return True


def reach(running: RunningTill, parts: Sequence[Part]) -> None:
    """Ask for units that lie elsewhere, if somebody is there to ask; whatever comes is in the purses on return."""
    if parts and running.link.status().state is LinkState.ONLINE:
        running.link.want(parts).result()


def exchanged(running: RunningTill, within: float | None) -> Exchanged | None:
    """How the exchange stands, after waiting for its end up to `within` seconds; None for a till without head office."""
    if running.worker.run(lambda: parent.link(running.till)) is None:
        return None
    synced = running.link.wait_until_synced(within or 0.0)
    standing = running.worker.run(lambda: outbox.standing(running.till))
    return Exchanged(
        parent=max(standing.pending_parent, 0),
        head_office=max(standing.pending_root, 0),
        incoming=max(standing.target - standing.position, 0) + standing.on_the_way,
        set_aside=standing.set_aside,
        synced=synced,
    )


def _enroll(link: HeadOfficeLink, asked: Joining, ends: float) -> None:
    """Until head office answers, or there is no time left. Raises what stands at `join`."""
    pause = threading.Event()
    while True:
        try:
            link.enroll(asked.url, asked.code).result()
            return
        except (EnrolmentRefused, HeadOfficeOutOfReach) as refusal:
            lasting = refusal.reason not in _SOON_OVER
            if lasting or time.monotonic() + _TRY_AGAIN_AFTER_S > ends:
                raise
            pause.wait(_TRY_AGAIN_AFTER_S)


def _wait_for_shop(running: RunningTill, shop: DemoShop, asked: Joining, ends: float) -> None:
    """What a till needs before it sells its first line; one that has sold before needs nobody.

    A large chain takes long to arrive: as long as more of it does, nobody loses patience.
    """
    if running.worker.run(lambda: joining.has_traded(running.till)):
        return
    people = {person.id for person in shop.staff if person.role in (Role.CASHIER, Role.MANAGER)}
    pause, target, arrived = threading.Event(), 0, 0
    while True:
        status = running.link.status()
        target = target or status.target
        if status.position > arrived:
            arrived, ends = status.position, time.monotonic() + asked.patience
        if running.worker.run(partial(joining.can_trade, running.till, people, target)):
            return
        if time.monotonic() > ends:
            raise _why_not(running.link.status(), round(asked.patience))
        pause.wait(LOOK_EVERY_S)


def _why_not(status: LinkStatus, seconds: int) -> DomainError:
    """Why the shop is not here after so many seconds."""
    match status.state:
        case LinkState.ONLINE:
            return ShopNotHere(seconds)
        case LinkState.OFFLINE | LinkState.CONNECTING | LinkState.NOT_LINKED:
            return HeadOfficeOutOfReach(status.reason.value or LinkReason.NO_CONNECTION.value)
        case LinkState.UNCONFIRMED | LinkState.REFUSED | LinkState.ATTENTION:
            return EnrolmentRefused(status.reason.value)
        case _:
            assert_never(status.state)
