"""What a device asks about itself: being let in, who it is, a code for a neighbour, its own operations, what it has seen.

Codes and confirmation are in `enrolment.py`; journal and feed have files of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from starlette.requests import Request

from salon_desk.domain.clock import instant_text
from salon_desk.head_office import enrolment, vouchers
from salon_desk.head_office.above import Above
from salon_desk.head_office.authentication import confirmed_device, device, fingerprint
from salon_desk.head_office.context import Context
from salon_desk.head_office.feed import Behind
from salon_desk.head_office.limits import (
    HIGHEST_NUMBER,
    MOST_OF_A_STRANGER,
    body_of,
    checked_text,
    whole_number,
)
from salon_desk.head_office.refusals import Refusal, malformed
from salon_desk.operations.envelope import Envelope
from salon_desk.storage import evidence
from salon_desk.storage.engine import Transaction
from salon_desk.storage.evidence import Sighting
from salon_desk.storage.office import Office
from salon_desk.storage.queries.feed import chain_end, own_page
from salon_desk.storage.rows import envelope_of
from salon_desk.wire import codec
from salon_desk.wire.messages import (
    CodeAnswer,
    CodeAsk,
    EnrollAnswer,
    EnrollAsk,
    HeadsAnswer,
    HeadsAsk,
    Me,
    OwnAnswer,
    Seen,
)

MOST_HEADS = 1_000
PAGE_BYTES = 1_000_000


async def enroll(context: Context, request: Request) -> EnrollAnswer:
    """Let a device in by its one-time code. Raises Refusal, DatabaseTrouble."""
    address = request.client.host if request.client else ""
    context.code_tries.check(address)
    ask = codec.decode(await body_of(request, MOST_OF_A_STRANGER), EnrollAsk)
    enrolment.check(ask)
    made: Sequence[Envelope] = ()
    try:
        answer, made = await context.access.write(partial(_by_code, context, address, ask))
    except Refusal as refusal:
        if context.above is None or refusal.message.error != "code-unknown":
            raise
        granted = await _by_code_above(context, context.above, address, ask)
        answer = await context.access.write(
            lambda office: enrolment.adopt(office, context.identity, ask, granted)
        )
    if made:
        context.access.later(lambda office: enrolment.announce(office, ask.node, made))
        context.sweeping.enrolled(ask.node)
    return answer


def _by_code(
    context: Context, address: str, ask: EnrollAsk, office: Office
) -> tuple[EnrollAnswer, Sequence[Envelope]]:
    """Writer thread, so one code after the other: of a burst no more are looked at than may be wrong. Raises Refusal."""
    context.code_tries.check(address)
    try:
        return enrolment.enroll(office, context.identity, ask)
    except Refusal as refusal:
        if refusal.message.error.startswith("code-"):
            context.code_tries.wrong(address)
        raise


async def _by_code_above(context: Context, above: Above, address: str, ask: EnrollAsk) -> EnrollAnswer:
    """A hub asks about a code that it does not know; it was wrong only if that is said there too. Raises Refusal."""
    try:
        granted = await above.let_in(ask)
    except Refusal as refusal:
        if not refusal.message.error.startswith("code-"):
            context.code_tries.right(address)
        raise
    context.code_tries.right(address)
    return granted


async def me(context: Context, request: Request) -> Me:
    """What this node knows of the device that asks."""
    child = await device(context, request)
    return Me(
        node=child.node,
        store=child.store,
        confirmed=child.confirmed,
        fingerprint=fingerprint(child.public_key),
    )


async def make_code(context: Context, request: Request) -> CodeAnswer:
    """A code for a further till of the asking device's store; who uses it must be confirmed by the owner."""
    child = await confirmed_device(context, request)
    with context.in_flight.one_of(child.node):
        ask = codec.decode(await body_of(request), CodeAsk)
        name = checked_text("till_name", ask.till_name, 60)
        return await context.access.write(
            lambda office: enrolment.new_code(
                office, store=child.store, till_name=name, made_by=child.node, confirmed=False
            )
        )


async def own(context: Context, request: Request) -> OwnAnswer:
    """The asking device's own operations back, of the epoch it names (its present one when it names none)."""
    child = await confirmed_device(context, request)
    epoch = checked_text("epoch", request.query_params.get("epoch", child.epoch), 100)
    after = whole_number(request, "after", 0)
    upto = whole_number(request, "to", HIGHEST_NUMBER)

    def read(transaction: Transaction) -> OwnAnswer:
        rows = own_page(
            transaction,
            child.node,
            epoch,
            after=after,
            upto=upto,
            most=codec.MOST_OPERATIONS,
            most_bytes=PAGE_BYTES,
        )
        seq, hash_ = chain_end(transaction, child.node, epoch)
        return OwnAnswer(ops=[envelope_of(row) for row in rows], head_seq=seq, head_hash=hash_)

    with context.in_flight.one_of(child.node):
        return await context.access.read(read)


async def heads(context: Context, request: Request) -> HeadsAnswer:
    """What a device has seen of its neighbours; the answer names what contradicts this node."""
    child = await confirmed_device(context, request)
    with context.in_flight.one_of(child.node):
        ask = codec.decode(await body_of(request), HeadsAsk)
        if len(ask.heads) > MOST_HEADS:
            raise Refusal(413, "too-large", f"more than {MOST_HEADS} heads")
        for one in ask.heads:
            _check_head(one)
        told = vouchers.proven_head(context.identity, checked_text("voucher", ask.voucher, 200, needed=False))
        return await context.access.write(lambda office: witnessed(office, child.node, ask, told))


def witnessed(office: Office, witness: str, ask: HeadsAsk, told: Seen | None = None) -> HeadsAnswer:
    """Keep what a neighbour has seen; the heads that this node holds otherwise. Writer thread.

    `told`: an operation of its own that this node vouched for when it told a neighbour of it (`vouchers.py`).

    One beyond the end of another's chain contradicts nothing: it will come. Of this node's own present epoch nobody can know more
    than is here, or other things, unless this node was restored from an old copy; only its own voucher proves that. Of its earlier
    epochs it lost something, and went on.
    """
    latest = {(one.node, one.epoch): one for one in ask.heads}
    with office.local() as transaction:
        sightings = [Sighting(one.node, one.epoch, one.seq, one.hash) for one in latest.values()]
        evidence.note_sightings(transaction, witness, sightings, instant_text(office.clock.now()))
        held = [(one, evidence.hash_at(transaction, one.node, one.epoch, one.seq)) for one in ask.heads]
        ours, _hash = chain_end(transaction, office.node, office.epoch)
        known = evidence.hash_at(transaction, told.node, told.epoch, told.seq) if told else ""
    claims = [(one, here, False) for one, here in held] + ([(told, known, True)] if told else [])
    for one, here, proven in claims:
        if (one.node, one.epoch) == (office.node, office.epoch) and here != one.hash:
            Behind("head", theirs=one.seq, ours=ours, proven=proven).note(witness, office)
    open_ones = [(one, here) for one, here in held if one.node != office.node or one.epoch == office.epoch]
    return HeadsAnswer(contradicted=[one for one, here in open_ones if here and here != one.hash])


def _check_head(one: Seen) -> None:
    for name in ("node", "epoch", "hash"):
        checked_text(name, getattr(one, name), 100)
    if not 0 < one.seq < HIGHEST_NUMBER:
        raise malformed("seq")
