"""`POST /v1/want`: a till asks for value that lies elsewhere, and waits a moment for what others are asked to send.

What is sent and who is asked is decided in `wants.py`. No thread is held while others are waited for.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial

from starlette.requests import Request

from salon_desk.head_office import allotting, handing_on, wants
from salon_desk.head_office.attendance import Heard, note_returned
from salon_desk.head_office.authentication import confirmed_device
from salon_desk.head_office.context import Context
from salon_desk.head_office.limits import body_of, checked_text
from salon_desk.head_office.refusals import Refusal, malformed
from salon_desk.storage.children import Child
from salon_desk.storage.office import Office
from salon_desk.wire import codec
from salon_desk.wire.messages import WantAnswer, WantAsk

PATIENCE = 0.35
"""Seconds that others have; the till goes on without them after 400 ms (PROTOCOL 3)."""


async def want(context: Context, request: Request) -> WantAnswer:
    """What was sent for a want. Raises Refusal, DatabaseTrouble."""
    child = await confirmed_device(context, request)
    with context.in_flight.one_of(child.node):
        ask = codec.decode(await body_of(request), WantAsk)
        check(ask)
        asking = await handing_on.whose(context, child, ask)
        patience = min(ask.within, PATIENCE) if ask.within > 0 else PATIENCE
        return await handing_on.with_above(
            context, asking, ask, patience, partial(granted, context, asking, ask)
        )


async def granted(
    context: Context, child: Child, ask: WantAsk, patience: float, *, whole: bool = False
) -> WantAnswer:
    """What is sent for a want within so many seconds: the first of it, or with `whole` all that others may send.

    Raises DatabaseTrouble.
    """
    deadline = time.monotonic() + patience
    told_others = False
    while True:
        turn = context.growth.turn
        heard = context.attendance.lately()
        answer, returned = await context.access.write(partial(_answer, heard, child, ask))
        if returned:
            context.sweeping.returned(returned)
        if not answer.asked_elsewhere or (answer.slip is not None and not whole):
            return answer
        if not told_others:
            told_others = True
            context.growth.stir()
        if not await context.growth.after(turn, deadline - time.monotonic()):
            return answer


def _answer(
    heard: Sequence[Heard], child: Child, ask: WantAsk, office: Office
) -> tuple[WantAnswer, list[str]]:
    """Writer thread. Who is back just now is noted first: only who is in reach is asked. A commit of its own, seldom."""
    returned = note_returned(office, heard)
    return wants.answer(office, child, ask), returned


def check(ask: WantAsk) -> None:
    """Refuse what no want can be. Raises Refusal."""
    checked_text("want_id", ask.want_id)
    checked_text("reason", ask.reason, 40)
    if not 0 < len(ask.parts) <= wants.MOST_PARTS:
        raise Refusal(422, "malformed", "parts")
    for part in ask.parts:
        checked_text("asset", part.asset)
        if not 0 < part.units <= allotting.MOST_UNITS:
            raise malformed("units")
