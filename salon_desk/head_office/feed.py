"""`GET /v1/feed`: what others did, in feed order, held open until there is something; and one poller a process.

The asking device's own operations are left out, its cursor moves over them. A cursor is (parent, parent epoch, position)
and starts anew when either changes.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import time
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace
from starlette.requests import Request

from salon_desk.domain.clock import instant_text
from salon_desk.head_office import restored, vouchers
from salon_desk.head_office.access import DatabaseTrouble
from salon_desk.head_office.attendance import goodbye
from salon_desk.head_office.authentication import confirmed_device, locked
from salon_desk.head_office.context import Context, Identity
from salon_desk.head_office.limits import HIGHEST_NUMBER, checked_text, whole_number
from salon_desk.head_office.recalling import AGAIN_AFTER
from salon_desk.head_office.refusals import Refusal, malformed
from salon_desk.head_office.visibility import bodies_for, visible
from salon_desk.head_office.wants import recalls_for
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.node import WhyAnew
from salon_desk.storage import children, relaying, routes
from salon_desk.storage.children import Child
from salon_desk.storage.engine import Transaction
from salon_desk.storage.epochs import open_anew_now
from salon_desk.storage.office import Office
from salon_desk.storage.queries.feed import FeedPage, chain_end, feed_page, hash_at, newest, own_page
from salon_desk.storage.queries.stores import is_locked_out, store_of_till
from salon_desk.storage.rows import envelope_of
from salon_desk.wire import codec
from salon_desk.wire.messages import Disclosed, FeedAnswer, Recall, Root

PAGE_BYTES = 1_000_000
POLL_SECONDS = 0.1
_LONGEST_VOUCHER = 120
MOST_NODES = 60
"""Devices that a hub names at a time."""

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
    of_epoch: str = ""
    """Which other epoch of this node its cursor is of."""
    leaving: bool = False
    at_root: int | None = None
    """How far it believes the root to hold that epoch, so that a hub tells it of more; None when it may hear of it later."""
    reach: frozenset[str] = frozenset()
    """Of a hub: which of its devices it has heard of lately."""
    position_voucher: str = ""
    acknowledged_voucher: str = ""
    """What it was given with the highest numbers that it was told."""


class Behind(Exception):
    """A device is ahead of this node, which therefore was restored from an old copy, if that is `proven`; else it is only said."""

    def __init__(self, what: str, *, theirs: int, ours: int, proven: bool = True, epoch: str = "") -> None:
        super().__init__(f"{what}: {theirs} > {ours}")
        self.what, self.theirs, self.ours, self.proven, self.epoch = what, theirs, ours, proven, epoch

    def note(self, node: str, office: Office) -> None:
        """Writer thread. A hub goes on in a new epoch by itself: it owns next to nothing, and its feed is read anew there."""
        if not self.proven:
            _log.warning("a child says that it is ahead of this node (%s), and cannot prove it", self)
            restored.suspect(office, node, self.what, theirs=self.theirs, ours=self.ours)
            return
        _log.error("a child is ahead of this node (%s): it was restored from an old copy", self)
        if self.epoch:
            restored.shown(office, self.epoch)
        if office.relays:
            open_anew_now(office, WhyAnew.CHILD_KNOWS_MORE)
            return
        restored.note(office, node, self.what, theirs=self.theirs, ours=self.ours)


async def feed(context: Context, request: Request) -> FeedAnswer:
    """A page of the feed, at once or when there is one. Raises Refusal, DatabaseTrouble."""
    child = await confirmed_device(context, request)
    ask = asked(context.identity, request)
    deadline = time.monotonic() + ask.wait
    root_before = _root(context)
    context.attendance.heard(child.node, ask.after)
    with context.in_flight.one_of(child.node):
        await _note_others(context, child, ask)
        while True:
            turn = context.growth.turn
            try:
                answer = await context.access.read(lambda transaction: page(context, transaction, child, ask))
            except Behind as behind:
                context.access.later(partial(behind.note, child.node))
                raise Refusal(409, "restarted") from behind
            news = bool(answer.ops) or context.recalls.is_news(child.node, answer.recalls)
            if context.above is not None and ask.at_root is not None:
                news = news or answer.acknowledged_at_root > ask.at_root
            news = news or _root(context) != root_before
            left = deadline - time.monotonic()
            if news or left <= 0 or context.growth.closed:
                if not (answer.recalls and await request.is_disconnected()):  # else nobody was told
                    context.recalls.tell(child.node, answer.recalls)
                return answer
            await context.growth.after(turn, min(left, AGAIN_AFTER) if answer.recalls else left)


async def _note_others(context: Context, child: Child, ask: FeedAsk) -> None:
    """Whom a hub has heard of, and who goes when a device says goodbye."""
    if not (ask.leaving or ask.reach):
        return
    others = await context.access.read(partial(routes.behind, via=child.node))
    for node in ask.reach.intersection(others):
        context.attendance.heard(node)
    if ask.leaving:
        for node in (child.node, *others):
            context.attendance.left(node)
        await context.access.write(partial(goodbye, nodes=(child.node, *others)))


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
        at_root=whole_number(request, "at_root", 0) if "at_root" in request.query_params else None,
        reach=_nodes(request.query_params.get("reach", "")),
        epoch=checked_text("epoch", request.query_params.get("epoch", ""), 100, needed=False),
        position_voucher=request.query_params.get("position_voucher", "")[:_LONGEST_VOUCHER],
        acknowledged_voucher=request.query_params.get("acknowledged_voucher", "")[:_LONGEST_VOUCHER],
        of_another=bool(cursor) and not cursor.startswith(f"{identity.node}:{identity.epoch}:"),
        of_epoch=other_epoch(identity, cursor),
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


def other_epoch(identity: Identity, cursor: str) -> str:
    """Which epoch of this node a cursor is of, when it is not the present one; else empty."""
    node, _, epoch = cursor.rpartition(":")[0].partition(":")
    return epoch if node == identity.node and epoch != identity.epoch else ""


def page(context: Context, transaction: Transaction, child: Child, ask: FeedAsk) -> FeedAnswer:
    """What the device has not seen, in one snapshot. Raises Behind when it is ahead of this node, Refusal when it is locked out."""
    if is_locked_out(transaction, child.node):  # perhaps while it waited
        raise locked()
    identity, now = context.identity, context.clock.now()
    store = store_of_till(transaction, child.node)
    found, bodies = _page(transaction, child.node, store, ask)
    epoch = (children.by_node(transaction, child.node) or child).epoch
    acknowledged, _hash = chain_end(transaction, child.node, epoch)
    believed, _hash = chain_end(transaction, child.node, ask.epoch or epoch)
    seen = vouchers.proven(identity, vouchers.FEED, child.node, "", ask.position_voucher)
    heard = vouchers.proven(identity, vouchers.HELD, child.node, ask.epoch or epoch, ask.acknowledged_voucher)
    said = (
        0 if ask.of_another else ask.acknowledged
    )  # in another epoch it was told so, which this one may have lost
    checked = (("feed", seen, ask.after, found.last), ("acknowledged", heard, said, believed))
    behind = [
        Behind(what, theirs=max(proven, claimed), ours=ours, proven=proven > ours)
        for what, proven, claimed, ours in checked
        if max(proven, claimed) > ours
    ]
    if 0 < seen <= found.last and _mark(transaction, seen) != vouchers.mark_of(ask.position_voucher):
        behind.append(Behind("history", theirs=seen, ours=found.last))
    behind += _of_forgotten(transaction, identity, child.node, epoch, ask)
    if behind:
        raise max(behind, key=lambda one: one.proven)
    return FeedAnswer(
        cursor=cursor_text(identity, found.position),
        position=found.position,
        last=found.last,
        ops=visible(transaction, [envelope_of(row) for row in found.rows], store),
        bodies=bodies,
        recalls=_recalls(context, transaction, child.node),
        acknowledged=acknowledged,
        acknowledged_at_root=min(_at_root(context, transaction, child.node, epoch), acknowledged),
        epoch=epoch,
        began=_began(transaction, identity) if ask.of_another else None,
        now=instant_text(now),
        root=_root(context),
        position_voucher=vouchers.given(
            identity, vouchers.FEED, child.node, "", found.position, mark=_mark(transaction, found.position)
        ),
        acknowledged_voucher=vouchers.given(identity, vouchers.HELD, child.node, epoch, acknowledged),
        head_voucher=_head_voucher(identity, found),
    )


def _head_voucher(identity: Identity, found: FeedPage) -> str:
    """For the last operation of this node's own in a page: a later one is vouched for with the page that tells it."""
    ours = [row for row in found.rows if (row.node, row.epoch) == (identity.node, identity.epoch)]
    return vouchers.given_head(identity, ours[-1].seq, ours[-1].hash) if ours else ""


def _mark(transaction: Transaction, position: int) -> str:
    """What stands at a position of this node's journal, short enough to be carried about."""
    return hash_at(transaction, position)[:16]


def _of_forgotten(
    transaction: Transaction, identity: Identity, node: str, epoch: str, ask: FeedAsk
) -> list[Behind]:
    """A device that was told numbers of this node in an epoch that is not here: this is a copy of before that epoch."""
    if not ask.of_epoch or not restored.is_forgotten(
        transaction, identity.node, identity.epoch, ask.of_epoch
    ):
        return []
    then = dataclasses.replace(identity, epoch=ask.of_epoch)
    told = max(
        vouchers.proven(then, vouchers.FEED, node, "", ask.position_voucher),
        vouchers.proven(then, vouchers.HELD, node, ask.epoch or epoch, ask.acknowledged_voucher),
    )
    return [Behind("epoch", theirs=told, ours=0, epoch=ask.of_epoch)] if told else []


def _root(context: Context) -> Root | None:
    """What a hub tells of head office."""
    return context.above.root() if context.above else None


def _recalls(context: Context, transaction: Transaction, node: str) -> list[Recall]:
    """What a child, and whoever is behind it, is asked for by this node, and what whoever is above asks of it."""
    now, office = context.clock.now(), context.access.office
    asked = recalls_for(transaction, node, now)
    for behind in routes.behind(transaction, node):
        asked += [
            replace(one, node=behind, to_node=office.node, to_epoch=office.epoch)
            for one in recalls_for(transaction, behind, now)
        ]
    return asked + (list(context.above.recalls(node)) if context.above else [])


def _at_root(context: Context, transaction: Transaction, node: str, epoch: str) -> int:
    """How far the root is known to hold a child's epoch; this node itself is one unless something is above it."""
    return relaying.durable(transaction, node, epoch) if context.above else HIGHEST_NUMBER


def _began(transaction: Transaction, identity: Identity) -> Envelope | None:
    """The operation that opened this node's present epoch."""
    limits = {"after": 0, "upto": 1, "most": 1, "most_bytes": PAGE_BYTES}
    rows = own_page(transaction, identity.node, identity.epoch, **limits)
    return envelope_of(rows[0]) if rows else None


def _page(transaction: Transaction, node: str, store: str, ask: FeedAsk) -> tuple[FeedPage, list[Disclosed]]:
    """Rows and the bodies that are disclosed with them; fewer rows when there would be too many bodies."""
    most = ask.most
    while True:
        found = feed_page(
            transaction, node=node, epoch=ask.epoch, after=ask.after, most=most, most_bytes=PAGE_BYTES
        )
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


def _nodes(text: str) -> frozenset[str]:
    """Nodes in a query. Raises Refusal."""
    named = frozenset(text.split(",")) - {""}
    if len(named) > MOST_NODES:
        raise malformed("reach")
    return frozenset(checked_text("reach", one, 100) for one in named)


def _seconds(text: str) -> float:
    if not text:
        return 0.0
    if not text.isascii() or len(text) > 12 or not text.replace(".", "", 1).isdigit():
        raise malformed("wait")
    return min(float(text), codec.LONGEST_WAIT)
