"""Wants that go through a hub: whose a want is that a child hands on, and what a hub asks above for its own children.

What is sent is decided in `wants.py`, on either node by the same rules. A hub asks above for what lies at none of its tills;
what is sent from there is addressed to the till itself and never lies at the hub.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from msgspec.structs import replace

from salon_desk.head_office import wants
from salon_desk.head_office.above import Above
from salon_desk.head_office.attendance import Heard, note_returned
from salon_desk.head_office.authentication import locked, may_speak_for
from salon_desk.head_office.context import Context
from salon_desk.head_office.limits import checked_text
from salon_desk.head_office.refusals import not_yours
from salon_desk.storage import children
from salon_desk.storage.children import Child
from salon_desk.storage.office import Office
from salon_desk.storage.queries import stores
from salon_desk.wire.messages import Part, WantAnswer, WantAsk

ON_THE_WAY = 0.05
"""Seconds that a want and its answer may spend between a hub and whoever is above."""


async def whose(context: Context, child: Child, ask: WantAsk) -> Child:
    """The device that wants: the one that asks, or one behind it. Raises Refusal, DatabaseTrouble."""
    checked_text("node", ask.node, 100, needed=False)
    if ask.node in ("", child.node):
        return child
    behind = await context.access.read(lambda transaction: children.by_node(transaction, ask.node))
    if behind is None or not await may_speak_for(context, child, ask.node):
        raise not_yours()
    if await context.access.read(lambda transaction: stores.is_locked_out(transaction, ask.node)):
        raise locked()
    return behind


async def with_above(
    context: Context,
    child: Child,
    ask: WantAsk,
    patience: float,
    granted: Callable[[float], Awaitable[WantAnswer]],
) -> WantAnswer:
    """What is sent for a want by this hub's tills, and from above for the rest. `granted`: the same without, within seconds.

    Raises DatabaseTrouble.
    """
    above, ends = context.above, asyncio.get_running_loop().time() + patience
    if above is None or not above.is_up:
        return await granted(patience)
    heard = context.attendance.lately()
    await context.access.write(lambda office: _first(office, heard, child, ask))
    missing = await context.access.read(
        lambda transaction: wants.uncovered(transaction, ask.want_id, context.clock.now())
    )
    if not missing:
        return await granted(patience)
    left = ends - asyncio.get_running_loop().time()
    here, there = await asyncio.gather(granted(left), _asked(above, child, ask, missing, left))
    return here if there is None else _together(here, there)


def _first(office: Office, heard: Sequence[Heard], child: Child, ask: WantAsk) -> None:
    """Writer thread. The tills of this hub are asked as everywhere, but nothing is made up that may come from above."""
    note_returned(office, heard)
    wants.answer(office, child, ask, beyond=True)


async def _asked(
    above: Above, child: Child, ask: WantAsk, missing: Sequence[tuple[str, int]], left: float
) -> WantAnswer | None:
    parts = [Part(asset, units) for asset, units in missing]
    within = max(left - ON_THE_WAY, 0.0)
    return await above.want_above(replace(ask, parts=parts, node=child.node, within=within), left)


def _together(here: WantAnswer, there: WantAnswer) -> WantAnswer:
    """One answer of two: every move that was sent, and what the one above knows of the rest."""
    slips = [one.slip for one in (here, there) if one.slip is not None] + here.more + there.more
    return WantAnswer(
        want_id=here.want_id,
        slip=slips[0] if slips else None,
        rest=there.rest,
        asked_elsewhere=here.asked_elsewhere or there.asked_elsewhere,
        more=slips[1:],
    )
