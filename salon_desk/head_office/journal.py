"""`POST /v1/journal`: taking in the operations of a device, and of those it may speak for.

How it is recorded is in `intake.py`, which epochs a device may have in `epochs.py`, how a chain is checked and applied in
`storage/receiving.py`. A repeat gets the same answer; a fork leaves its evidence behind and nothing else.
"""

from __future__ import annotations

from msgspec.structs import replace
from starlette.requests import Request

from salon_desk.head_office import vouchers
from salon_desk.head_office.authentication import may_speak_for, pushing_device
from salon_desk.head_office.context import Context
from salon_desk.head_office.limits import HIGHEST_NUMBER, body_of
from salon_desk.head_office.refusals import Refusal, malformed, not_yours
from salon_desk.operations.personal import PERSONAL
from salon_desk.operations.registry import KINDS
from salon_desk.wire import codec
from salon_desk.wire.messages import JournalAnswer, JournalPush


async def push(context: Context, request: Request) -> JournalAnswer:
    """Record what a device sends. Raises Refusal, ChainBroken, EnvelopeDamaged, DatabaseTrouble."""
    child = await pushing_device(context, request)
    with context.in_flight.one_of(child.node):
        message = codec.decode(await body_of(request), JournalPush)
        check(message)
        if not await may_speak_for(context, child, message.node):
            raise not_yours()
        answer, recorded = await context.intake.take(message)
    context.tally.recorded += recorded
    voucher = vouchers.given(context.identity, vouchers.HELD, message.node, message.epoch, answer.applied_seq)
    return replace(answer, voucher=voucher)


def check(message: JournalPush) -> None:
    """Refuse what can be refused without the database. Raises Refusal.

    An origin leaves out no body but of somebody who was erased there before it could be sent.
    """
    if len(message.ops) > codec.MOST_OPERATIONS:
        raise Refusal(413, "too-large", f"more than {codec.MOST_OPERATIONS} operations")
    if not 0 < message.from_seq < HIGHEST_NUMBER:
        raise malformed("from_seq")
    for seq, one in enumerate(message.ops, start=message.from_seq):
        header = one.header
        if (header.node, header.epoch) != (message.node, message.epoch):
            raise not_yours()
        if header.seq != seq:
            raise malformed("from_seq and the numbers of the operations do not agree")
        if one.body is None and header.kind in KINDS and header.kind not in PERSONAL:
            raise Refusal(422, "damaged", "the body is missing")
