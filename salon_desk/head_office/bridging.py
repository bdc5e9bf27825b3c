"""`/b/…`: a stranger's telephone carries a till's want up and head office's moves down while the shop's line is down.

Looking changes nothing, because chats and scanners open links by themselves; only the button sends. What is sent is decided in
`wants.py` like every want; the page is `bridge_page.py`. A link that its till did not sign is refused before anything is kept.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request

from salon_desk.head_office import bridge_page, wanting, wants
from salon_desk.head_office.access import DatabaseTrouble
from salon_desk.head_office.answering import Page
from salon_desk.head_office.bridge_page import Said
from salon_desk.head_office.context import Context
from salon_desk.head_office.refusals import Refusal, refusal_of
from salon_desk.head_office.restored import may_send
from salon_desk.secrets import NodeKeys
from salon_desk.storage import children
from salon_desk.storage.children import Child
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import holders, stores
from salon_desk.wire import bridge
from salon_desk.wire.bridge import CodeDamaged, CodeForeign, PhoneWant
from salon_desk.wire.codec import Malformed, TooLarge
from salon_desk.wire.messages import Slip, WantAsk

PATIENCE = 4.0
"""Seconds that other stores have: nobody at a counter minds them while a telephone shows a page."""
VALID_FOR = wants.KEPT_FOR / 2
"""Before and after the till's instant. A want is remembered twice as long from its first sight, so no link ever asks twice."""
REASON = "now"


class _Refused(Exception):
    """The page says why; nothing was recorded."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


async def look(context: Context, request: Request) -> Page:
    """`GET`: the button, or the code once there is one. Changes nothing whatever."""

    async def answer() -> Page:
        child, want = await _asked(context, request)
        with context.in_flight.one_of(_phones_of(child)):
            slips, _may_send = await context.access.read(partial(_sent, context, child, want))
        return _page(context, request, child, slips, otherwise=Said.ASK)

    return await _answered(request, answer)


async def send(context: Context, request: Request) -> Page:
    """`POST`: send what the till wants, once, and show it; the same again shows the same."""

    async def answer() -> Page:
        child, want = await _asked(context, request)
        context.phone_taps.check(child.node)
        context.phone_taps.wrong(child.node)
        with context.in_flight.one_of(_phones_of(child)):
            ask = WantAsk(want_id=want.want_id, parts=list(want.parts), reason=REASON, epoch=want.epoch)
            wanting.check(ask)
            told = await wanting.granted(context, child, ask, PATIENCE, whole=True)
            slips, may = await context.access.read(partial(_sent, context, child, want))
        otherwise = Said.ARRIVED if told.slip is not None else Said.NOTHING if may else Said.RESTORED
        return _page(context, request, child, slips, otherwise=otherwise)

    return await _answered(request, answer)


async def _answered(request: Request, answer: Callable[[], Awaitable[Page]]) -> Page:
    """The page, also of a refusal. Anything else is a bug for whoever called."""
    try:
        return await answer()
    except _Refused as refused:
        said, retry_after = refused.said, 0
    except (Refusal, Malformed, TooLarge, DatabaseTrouble) as error:
        refusal = refusal_of(error)
        assert refusal is not None
        busy = refusal.status in (429, 503)
        said = Said.BUSY if refusal.status == 429 else Said.UNAVAILABLE if busy else Said.INVALID
        retry_after = refusal.retry_after
    return bridge_page.page(said, request.headers.get("accept-language", ""), retry_after=retry_after)


async def _asked(context: Context, request: Request) -> tuple[Child, PhoneWant]:
    """What a link asks for, and for whom. Raises _Refused, Refusal (too many wrong links), DatabaseTrouble."""
    address = request.client.host if request.client else ""
    context.phone_tries.check(address)
    try:
        code = bridge.named(request.path_params["code"])
        child = await context.access.read(partial(children.by_node, node=code.node))
        if child is None:
            raise CodeForeign("till")
        want = bridge.read_want(code, context.identity.node, _keys(context), child.public_key)
    except (CodeDamaged, CodeForeign) as error:
        context.phone_tries.wrong(address)
        raise _Refused(Said.INVALID) from error
    request.state.node = child.node
    hindrance = await context.access.read(partial(_hindrance, child, want))
    if hindrance is None and abs(context.clock.now().timestamp() - want.at) > VALID_FOR.total_seconds():
        hindrance = Said.LAPSED
    if hindrance is not None:
        raise _Refused(hindrance)
    return child, want


def _hindrance(child: Child, want: PhoneWant, transaction: Transaction) -> Said | None:
    """Why nothing may go to this till for this want, whatever lies here."""
    if holders.confirmed(transaction, child.node) is None:
        return Said.UNCONFIRMED
    if stores.is_locked_out(transaction, child.node):
        return Said.LOCKED_OUT
    if holders.may_get(transaction, child.node) is None:
        return Said.RETIRING
    return Said.ANEW if want.epoch != child.epoch else None


def _sent(
    context: Context, child: Child, want: PhoneWant, transaction: Transaction
) -> tuple[list[Slip], bool]:
    """What was sent for it and has not arrived, and whether this head office may send at all."""
    slips = wants.on_the_way(transaction, child, want.want_id)
    return slips, may_send(transaction, context.identity.epoch)


def _page(context: Context, request: Request, child: Child, slips: list[Slip], *, otherwise: Said) -> Page:
    language = request.headers.get("accept-language", "")
    if not slips:
        return bridge_page.page(otherwise, language)
    codes = bridge.answers(slips, context.identity.node, _keys(context), child.public_key)
    return bridge_page.page(Said.SENT, language, codes=codes)


def _phones_of(child: Child) -> str:
    """Telephones with a till's links take nothing of what the till itself may ask at once."""
    return f"phones of {child.node}"


def _keys(context: Context) -> NodeKeys:
    assert context.identity.keys is not None
    return context.identity.keys
