"""What the sender writes down of a message: a verdict against it, an attempt, what came of it. One small transaction each.

Nothing is decided here but how often a message may be attempted: once where it sells, twice where it does not, unless it is certain
that an attempt was not sent. Whether it may be sent now is the gate's (`message_asking.py`); which channel is called, `message_sending.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from salon_desk.domain.clock import instant_text
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import RISING, Delivered, Delivery, Outgoing, Trigger
from salon_desk.domain.message_gate import MOST_ATTEMPTS
from salon_desk.operations.consent import ConsentWithdrawn
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.operations.message import (
    MessageAnswered,
    MessageAttempted,
    MessageHeld,
    MessageStatus,
    MessageWithheld,
)
from salon_desk.operations.operation import Operation
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command, Recorded
from salon_desk.storage.queries import messages
from salon_desk.storage.queries.messages import Attempt, Message
from salon_desk.storage.store import Store

SETTLED = (Delivered.ACCEPTED, Delivered.REFUSED, Delivered.DELIVERED)
"""After these a message is never handed over again."""
FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=1)
"""Between two attempts of one message that was certainly not sent: doubled each time."""
PROVIDER = "provider"
"""The place of a withdrawal that a channel told of: the person said it to the provider itself."""

CUT_OFF = "cut-off"
"""The code of an attempt during which the process ended."""
GIVEN_UP = "given-up"
"""The code of an attempt that nobody looks up any more."""


OfMessage = MessageHeld | MessageWithheld | MessageAttempted | MessageStatus
"""What may follow from asking the gate."""


@dataclass(frozen=True, slots=True)
class Handing:
    """One attempt that stands on the disk, and what its channel is handed."""

    message: Message
    attempt: int
    outgoing: Outgoing


def uncertain(attempts: Sequence[Attempt]) -> int:
    """How many attempts may have been sent."""
    return sum(one.state is not Delivered.NOT_SENT for one in attempts)


def may_attempt(message: Message, attempts: Sequence[Attempt]) -> bool:
    """Whether a message may be handed over once more: never when it is known to have been taken; an answer goes out once."""
    if any(one.state in SETTLED for one in attempts):
        return False
    most = 1 if message.trigger is Trigger.CONFIRMATION else MOST_ATTEMPTS[message.purpose]
    return uncertain(attempts) < most


def attempted(message: Message, number: int, outgoing: Outgoing, *, verdict: str) -> MessageAttempted:
    """The operation that stands before a channel is called; the reference is made of message and number."""
    return MessageAttempted(
        message=message.message,
        member=message.member,
        attempt=number,
        reference=reference_of(message.message, number),
        channel=outgoing.channel,
        address=outgoing.address,
        language=outgoing.language,
        text=outgoing.text,
        title=outgoing.subject,
        template_id=outgoing.template,
        fields=outgoing.fields,
        verdict=verdict,
    )


def reference_of(message: str, number: int) -> str:
    """The name of an attempt."""
    return f"{message}-{number}"


def record(
    store: Store, decide: Callable[[Transaction], Sequence[Operation]], command_id: str = ""
) -> Recorded:
    """Record what the sender decided, on the day in UTC, for it stands in no store. Errors as `journal.record`."""
    day = store.clock.now().date().isoformat()
    return journal.record(store, Command(command_id or store.new_id(), "", day), decide)


def handing_of(message: Message, recorded: Recorded) -> Handing | None:
    """What is to be handed over by what was recorded; None where no attempt was."""
    for sealed, operation in zip(recorded.envelopes, recorded.operations, strict=True):
        if isinstance(operation, MessageAttempted):
            outgoing = Outgoing(
                reference=operation.reference,
                channel=operation.channel,
                address=operation.address,
                language=operation.language,
                text=operation.text,
                subject=operation.title,
                template=operation.template_id,
                fields=operation.fields,
                purpose=message.purpose,
                attempted_at=instant_text(instant_of(sealed.header.at)),
            )
            return Handing(message, operation.attempt, outgoing)
    return None


def outgoing_of(message: Message, attempt: Attempt) -> Outgoing:
    """What a channel was handed, for a look-up."""
    return replace(attempt.outgoing, purpose=message.purpose, attempted_at=attempt.attempted_at)


def answered(store: Store, handing: Handing, delivery: Delivery, *, again_at: str = "") -> None:
    """Record what the channel said of an attempt, and with it what the person told the provider."""
    message = handing.message
    answer = MessageAnswered(
        message=message.message,
        member=message.member,
        attempt=handing.attempt,
        reference=handing.outgoing.reference,
        state=delivery.state,
        provider_id=delivery.provider_id,
        code=delivery.code,
        again_at=again_at,
    )
    record(
        store,
        lambda transaction: [answer, *_opt_out(store, transaction, handing.outgoing, delivery)],
        f"{handing.outgoing.reference}/answered",
    )


def learned(store: Store, attempt: Attempt, delivery: Delivery, *, again_at: str = "") -> bool:
    """Record what became of an attempt later; whether it says more than was known."""

    def decide(transaction: Transaction) -> list[Operation]:
        known = messages.attempt(transaction, attempt.outgoing.reference)
        if known is None or not _says_more(known, delivery):
            return []
        status = MessageStatus(
            message=known.message,
            member=known.member,
            attempt=known.attempt,
            reference=known.outgoing.reference,
            state=delivery.state,
            code=delivery.code,
            again_at=again_at,
            provider_id=delivery.provider_id,
        )
        return [status, *_opt_out(store, transaction, known.outgoing, delivery)]

    return bool(record(store, decide).operations)


def given_up(store: Store, message: Message, attempt: Attempt, *, again_at: str) -> None:
    """Record that nobody will find out what became of an attempt. `again_at`: when it is attempted once more, if it may be."""
    status = MessageStatus(
        message=message.message,
        member=message.member,
        attempt=attempt.attempt,
        reference=attempt.outgoing.reference,
        state=Delivered.UNKNOWN,
        code=GIVEN_UP,
        again_at=again_at,
    )
    record(store, lambda _transaction: [status])


def cut_off(store: Store, message: Message, attempt: Attempt) -> None:
    """Record that the process ended during an attempt: nobody knows what became of it."""
    unknown = MessageAnswered(
        message=message.message,
        member=message.member,
        attempt=attempt.attempt,
        reference=attempt.outgoing.reference,
        state=Delivered.UNKNOWN,
        code=CUT_OFF,
        again_at=instant_text(store.clock.now()),
    )
    record(store, lambda _transaction: [unknown])


def held(message: Message, reason: str, until: str, detail: str) -> list[MessageHeld]:
    """The operation that holds a message, nothing where the very same holds it already."""
    if (message.reason, message.until, message.detail) == (reason, until, detail):
        return []
    return [
        MessageHeld(message=message.message, member=message.member, reason=reason, until=until, detail=detail)
    ]


def withheld(message: Message, reason: str, detail: str) -> MessageWithheld:
    """The operation that ends a message which is not sent."""
    return MessageWithheld(message=message.message, member=message.member, reason=reason, detail=detail)


def withdrawals(
    members: Sequence[str], channel: Channel, *, said: str, place: str, at: str
) -> list[ConsentWithdrawn]:
    """That these want nothing more by a channel, whatever for."""
    return [
        ConsentWithdrawn(
            member=member,
            channel=channel,
            purpose=purpose,
            said=said,
            store="",
            place=place,
            withdrawn_at=at,
        )
        for member in members
        for purpose in Purpose
    ]


def rest_after(attempt: int, retry_after: int = 0) -> timedelta:
    """How long a message that was certainly not sent rests after so many attempts; `retry_after` in seconds at least."""
    doubled = FIRST_REST * (1 << min(attempt - 1, 10))
    return max(min(doubled, LONGEST_REST), timedelta(seconds=retry_after))


def _says_more(known: Attempt, delivery: Delivery) -> bool:
    """Whether there is something to keep: a later state, or an opt-out that was not told yet."""
    if known.state is None or RISING.index(delivery.state) > RISING.index(known.state):
        return True
    return delivery.opted_out and delivery.code != known.code


def _opt_out(
    store: Store, transaction: Transaction, outgoing: Outgoing, delivery: Delivery
) -> list[ConsentWithdrawn]:
    if not delivery.opted_out:
        return []
    whose = messages.members_at(transaction, outgoing.channel, outgoing.address)
    at = instant_text(store.clock.now())
    return withdrawals(whose, outgoing.channel, said=delivery.code or "STOP", place=PROVIDER, at=at)
