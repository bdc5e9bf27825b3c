"""`GET /v1/feed`: what others did, in feed order, held open until there is something; and one poller a process.

The asking device's own operations are left out, its cursor moves over them. A cursor is (parent, parent epoch, position)
and starts anew when either changes.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request

from salon_desk.domain.clock import instant_text
from salon_desk.head_office import restored
from salon_desk.head_office.access import DatabaseTrouble
from salon_desk.head_office.attendance import goodbye
from salon_desk.head_office.authentication import confirmed_device
from salon_desk.head_office.context import Context, Identity
from salon_desk.head_office.limits import HIGHEST_NUMBER, checked_text, whole_number
from salon_desk.head_office.recalling import AGAIN_AFTER
from salon_desk.head_office.refusals import Refusal, malformed
from salon_desk.head_office.visibility import bodies_for, visible
from salon_desk.head_office.wants import recalls_for
from salon_desk.operations.envelope import Envelope
from salon_desk.storage import children
from salon_desk.storage.children import Child
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office
from salon_desk.storage.queries.feed import FeedPage, chain_end, feed_page, newest, own_page
from salon_desk.storage.queries.stores import store_of_till
from salon_desk.storage.rows import envelope_of
from salon_desk.wire import codec
from salon_desk.wire.messages import Disclosed, FeedAnswer

PAGE_BYTES = 1_000_000
POLL_SECONDS = 0.1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FeedAsk:
    """What a device asks of the feed. `acknowledged`: how far it believes its own epoch is held here, the one of this name.

    `leaving`: it will not be heard of for a while.
    """

    after: int
    most: int
    wait: float
    acknowledged: int
    epoch: str = ""
    of_another: bool = False
    """Its cursor is of another parent, or of another epoch of this one."""
    leaving: bool = False


class Behind(Exception):
    """A device is ahead of this node, which therefore was restored from an old copy."""

    def __init__(self, what: str, *, theirs: int, ours: int) -> None:
        super().__init__(f"{what}: {theirs} > {ours}")
        self.what, self.theirs, self.ours = what, theirs, ours

    def note(self, node: str, office: Office) -> None:
        """Writer thread."""
        _log.error("a child is ahead of this node (%s): it was restored from an old copy", self)
        restored.note(office, node, self.what, theirs=self.theirs, ours=self.ours)


async def feed(context: Context, request: Request) -> FeedAnswer:
    """A page of the feed, at once or when there is one. Raises Refusal, DatabaseTrouble."""
    child = await confirmed_device(context, request)
    ask = asked(context.identity, request)
    deadline = time.monotonic() + ask.wait
    context.attendance.heard(child.node, ask.after)
    with context.in_flight.one_of(child.node):
        if ask.leaving:
            context.attendance.left(child.node)
            await context.access.write(partial(goodbye, node=child.node))
        while True:
            turn = context.growth.turn
            try:
                answer = await context.access.read(lambda transaction: page(context, transaction, child, ask))
            except Behind as behind:
                context.access.later(partial(behind.note, child.node))
                raise Refusal(409, "restarted") from behind
            news = bool(answer.ops) or context.recalls.is_news(child.node, answer.recalls)
            left = deadline - time.monotonic()
            if news or left <= 0 or context.growth.closed:
                context.recalls.tell(child.node, answer.recalls)
                return answer
            await context.growth.after(turn, min(left, AGAIN_AFTER) if answer.recalls else left)


def asked(identity: Identity, request: Request) -> FeedAsk:
    """The query of a feed request. Raises Refusal."""
    most = whole_number(request, "limit", codec.MOST_OPERATIONS)
    cursor = request.query_params.get("cursor", "")
    return FeedAsk(
        after=position_of(identity, cursor),
        most=max(1, min(most, codec.MOST_OPERATIONS)),
        wait=_seconds(request.query_params.get("wait", "")),
        acknowledged=whole_number(request, "acknowledged", 0),
        leaving=request.query_params.get("leaving", "") == "1",
        epoch=checked_text("epoch", request.query_params.get("epoch", ""), 100, needed=False),
        of_another=bool(cursor) and not cursor.startswith(f"{identity.node}:{identity.epoch}:"),
    )


def cursor_text(identity: Identity, position: int) -> str:
    """A cursor of this node's feed."""
    return f"{identity.node}:{identity.epoch}:{position}"


def position_of(identity: Identity, cursor: str) -> int:
    """The position in a cursor, 0 for none and for one of another parent or epoch. Raises Refusal."""
    if not cursor:
        return 0
    feed_of, _, text = cursor.rpartition(":")
    if ":" not in feed_of or not (text.isascii() and text.isdigit()) or len(text) > 19:
        raise malformed("cursor")
    if feed_of != f"{identity.node}:{identity.epoch}":
        return 0
    if int(text) > HIGHEST_NUMBER:
        raise malformed("cursor")
    return int(text)


def page(context: Context, transaction: Transaction, child: Child, ask: FeedAsk) -> FeedAnswer:
    """What the device has not seen, in one snapshot. Raises Behind when it is ahead of this node."""
    identity, now = context.identity, context.clock.now()
    store = store_of_till(transaction, child.node)
    found, bodies = _page(transaction, child.node, store, ask)
    epoch = (children.by_node(transaction, child.node) or child).epoch
    acknowledged, _hash = chain_end(transaction, child.node, epoch)
    believed, _hash = chain_end(transaction, child.node, ask.epoch or epoch)
    if ask.after > found.last:
        raise Behind("feed", theirs=ask.after, ours=found.last)
    if ask.acknowledged > believed:
        raise Behind("acknowledged", theirs=ask.acknowledged, ours=believed)
    return FeedAnswer(
        cursor=cursor_text(identity, found.position),
        position=found.position,
        last=found.last,
        ops=visible(transaction, [envelope_of(row) for row in found.rows], store),
        bodies=bodies,
        recalls=recalls_for(transaction, child.node, now),
        acknowledged=acknowledged,
        acknowledged_at_root=acknowledged,
        epoch=epoch,
        began=_began(transaction, identity) if ask.of_another else None,
        now=instant_text(now),
    )


def _began(transaction: Transaction, identity: Identity) -> Envelope | None:
    """The operation that opened this node's present epoch."""
    limits = {"after": 0, "upto": 1, "most": 1, "most_bytes": PAGE_BYTES}
    rows = own_page(transaction, identity.node, identity.epoch, **limits)
    return envelope_of(rows[0]) if rows else None


def _page(transaction: Transaction, node: str, store: str, ask: FeedAsk) -> tuple[FeedPage, list[Disclosed]]:
    """Rows and the bodies that are disclosed with them; fewer rows when there would be too many bodies."""
    most = ask.most
    while True:
        found = feed_page(transaction, node=node, after=ask.after, most=most, most_bytes=PAGE_BYTES)
        bodies = bodies_for(transaction, [envelope_of(row) for row in found.rows], store)
        if len(found.rows) < 2 or sum(len(one.body) for one in bodies) <= PAGE_BYTES:
            return found, bodies
        most = len(found.rows) // 2


async def poll(context: Context) -> None:
    """Wake the waiters when another process has recorded; runs as long as the server does."""
    known: tuple[int, str] | None = None
    while True:
        await asyncio.sleep(POLL_SECONDS)
        if not context.growth.waiting:
            continue
        try:
            found = await context.access.read(newest)
        except DatabaseTrouble as error:
            _log.warning("the feed's poller could not read: %s", error.reason)
            continue
        if found != known:
            known = found
            context.growth.stir()


def _seconds(text: str) -> float:
    if not text:
        return 0.0
    if not text.isascii() or len(text) > 12 or not text.replace(".", "", 1).isdigit():
        raise malformed("wait")
    return min(float(text), codec.LONGEST_WAIT)
