"""`GET /health` for whoever restarts servers, `GET /metrics` for whoever draws curves. Neither asks who it is.

No personal data and no names. Metrics are shown to this machine alone unless the server was told otherwise.
"""

from __future__ import annotations

from functools import partial

import msgspec
from starlette.requests import Request

from salon_desk.head_office import restored
from salon_desk.head_office.context import Context
from salon_desk.head_office.refusals import Refusal
from salon_desk.storage import children
from salon_desk.storage.children import Child
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries.feed import last_position
from salon_desk.wire.address import is_this_machine


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """The database answers; `position` is the last one of the journal. `status`: "ok", or "restored" from an old copy."""

    status: str
    position: int


async def health(context: Context, _request: Request) -> Health:
    """Whether the database answers. Raises DatabaseTrouble."""
    return await context.access.read(partial(_health, context.identity.epoch))


async def metrics(context: Context, request: Request) -> str:
    """Counts in Prometheus' text format. Raises Refusal to a stranger, DatabaseTrouble."""
    if not (context.metrics_for_all or is_loopback(request)):
        raise Refusal(403, "not-yours")
    position, there = await context.access.read(_state)
    lines = [
        *context.tally.lines(),
        "# TYPE salon_desk_journal_position gauge",
        f"salon_desk_journal_position {position}",
        "# TYPE salon_desk_children gauge",
        f'salon_desk_children{{confirmed="true"}} {sum(one.confirmed for one in there)}',
        f'salon_desk_children{{confirmed="false"}} {sum(not one.confirmed for one in there)}',
        "# TYPE salon_desk_children_waiting gauge",
        f"salon_desk_children_waiting {context.growth.waiting}",
        "# TYPE salon_desk_feed_lag gauge",
        *(
            f'salon_desk_feed_lag{{child="{number}"}} {max(0, position - one.cursor)}'
            for number, one in enumerate(there, start=1)
        ),
    ]
    return "\n".join(lines) + "\n"


def is_loopback(request: Request) -> bool:
    """Whether the one who asks sits on this machine; what a proxy on it passes on comes from anywhere."""
    passed_on = any(name in request.headers for name in ("forwarded", "x-forwarded-for"))
    return not passed_on and request.client is not None and is_this_machine(request.client.host)


def _health(epoch: str, transaction: Transaction) -> Health:
    whole = restored.may_send(transaction, epoch)
    return Health(status="ok" if whole else "restored", position=last_position(transaction))


def _state(transaction: Transaction) -> tuple[int, list[Child]]:
    there = sorted(children.all_children(transaction), key=lambda one: (one.enrolled_at, one.node))
    return last_position(transaction), there
