"""Messages: what the sender looks at next, how each stands, what a member was sent, what came in.

Lists for people are in `message_lists.py`. Whether one may be sent is `domain/message_gate.py`'s; writing is `apply/messages.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from salon_desk.domain.clock import instant_text
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Delivered, MessageState, Outgoing, Trigger
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.local import identity
from salon_desk.storage.tables.members import members
from salon_desk.storage.tables.messages import message_attempts, messages, messages_received

SENDING = "sending"

_ONE = Statement(lambda: select(messages).where(messages.c.message == bindparam("message")))
_KNOWN = Statement(
    lambda: select(messages.c.message).where(
        messages.c.message == bindparam("message"), messages.c.intended_at > 0
    )
)
_INTENDED_IN = Statement(
    lambda: (
        select(journal.c.node, journal.c.epoch)
        .join(messages, messages.c.op_id == journal.c.op_id)
        .where(messages.c.message == bindparam("message"))
    )
)
_HERE = Statement(lambda: select(identity.c.node, identity.c.epoch))
_NEXT = Statement(
    lambda: (
        select(messages)
        .where(
            messages.c.state == bindparam("state"),
            messages.c.next_at > "",
            messages.c.next_at <= bindparam("now"),
            messages.c.intended_at > 0,
        )
        .order_by(messages.c.next_at, messages.c.message)
        .limit(bindparam("most"))
    )
)
_URGENT = Statement(
    lambda: (
        select(messages)
        .where(
            messages.c.state == MessageState.INTENDED.value,
            messages.c.trigger == Trigger.SPEND_CODE.value,
            messages.c.next_at > "",
            messages.c.next_at <= bindparam("now"),
            messages.c.expires_at > bindparam("now"),
            messages.c.intended_at > 0,
        )
        .order_by(messages.c.next_at, messages.c.message)
    )
)
_SOONEST = Statement(
    lambda: select(func.min(messages.c.next_at)).where(
        messages.c.state == bindparam("state"),
        messages.c.next_at > bindparam("after"),
        messages.c.intended_at > 0,
    )
)
_IN_STATE = Statement(
    lambda: (
        select(messages)
        .where(messages.c.state == bindparam("state"))
        .order_by(messages.c.message)
        .limit(bindparam("most"))
    )
)
_ATTEMPTS = Statement(
    lambda: (
        select(message_attempts)
        .where(message_attempts.c.message == bindparam("message"))
        .order_by(message_attempts.c.attempt, message_attempts.c.reference)
    )
)
_ATTEMPT = Statement(
    lambda: select(message_attempts).where(message_attempts.c.reference == bindparam("reference"))
)
_BY_PROVIDER = Statement(
    lambda: (
        select(message_attempts)
        .where(
            message_attempts.c.channel == bindparam("channel"),
            message_attempts.c.provider_id == bindparam("provider_id"),
        )
        .order_by(message_attempts.c.reference)
    )
)
_SENT_TO = Statement(
    lambda: (
        select(
            message_attempts.c.message,
            message_attempts.c.channel,
            message_attempts.c.attempted_at,
            messages.c.purpose,
            messages.c.trigger,
        )
        .join(messages, messages.c.message == message_attempts.c.message)
        .where(
            message_attempts.c.member == bindparam("member"),
            message_attempts.c.attempted_at >= bindparam("since"),
            message_attempts.c.state != Delivered.NOT_SENT.value,
        )
        .order_by(message_attempts.c.attempted_at.desc(), message_attempts.c.reference)
    )
)
_RECEIVED = Statement(
    lambda: (
        select(messages_received)
        .where(messages_received.c.received == bindparam("received"))
        .order_by(messages_received.c.op_id, messages_received.c.member)
    )
)
_STOPPED = Statement(
    lambda: (
        select(messages_received.c.op_id, messages_received.c.at, messages_received.c.text)
        .where(
            messages_received.c.channel == bindparam("channel"),
            messages_received.c.address == bindparam("address"),
            messages_received.c.meaning == "stop",
        )
        .order_by(messages_received.c.at.desc(), messages_received.c.op_id)
    )
)
_ACTIVE = Statement(lambda: select(members.c.active).where(members.c.id == bindparam("member")))


_pairs = msgspec.json.Decoder(tuple[tuple[str, str], ...])


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands. `reason`, `detail`, `until`: the last verdict against it, if there was one.

    `intended_at` is an instant as text, `mark` its hybrid clock reading, by which lists go on.
    """

    message: str
    member: str
    trigger: Trigger
    subject: str
    purpose: Purpose
    template: str
    store: str
    campaign: str = ""
    values: tuple[tuple[str, str], ...] = ()
    due_at: str = ""
    expires_at: str = ""
    state: MessageState = MessageState.INTENDED
    reason: str = ""
    detail: str = ""
    until: str = ""
    next_at: str = ""
    intended_at: str = ""
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: what was handed over and what came of it. `state` None while nobody has answered."""

    message: str
    member: str
    attempt: int
    outgoing: Outgoing
    verdict: str
    attempted_at: str
    state: Delivered | None
    provider_id: str
    code: str
    answered_at: str


@dataclass(frozen=True, slots=True)
class Sent:
    """That something was sent to a member, or may have been: what caps are counted from."""

    message: str
    channel: Channel
    purpose: Purpose
    trigger: Trigger
    at: str


@dataclass(frozen=True, slots=True)
class Received:
    """What was written by somebody, and whose address it is."""

    op_id: str
    received: str
    channel: Channel
    address: str
    text: str
    meaning: str
    at: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A STOP from an address, whoever had it then."""

    op_id: str
    at: str
    text: str


def message(transaction: Transaction, message_id: str) -> Message | None:
    """One message, or None where nobody intends it."""
    row = transaction.one(_ONE, message=message_id)
    return None if row is None or not row.intended_at else message_of(row)


def intended_in(transaction: Transaction, message_id: str) -> tuple[str, str]:
    """The node and epoch in whose chain it was intended, empty where nobody intends it."""
    row = transaction.one(_INTENDED_IN, message=message_id)
    return ("", "") if row is None else (row.node, row.epoch)


def holder_here(transaction: Transaction) -> tuple[str, str]:
    """This node and its present epoch."""
    row = transaction.one(_HERE)
    return (row.node, row.epoch) if row else ("", "")


def not_intended(transaction: Transaction, ids: Iterable[str]) -> list[str]:
    """Which of these nobody intends yet, in their order."""
    return [one for one in ids if transaction.one(_KNOWN, message=one) is None]


def next_in(transaction: Transaction, state: MessageState, now: str, most: int) -> list[Message]:
    """Messages in a state that the sender looks at by now, the one that waits longest first."""
    return [message_of(row) for row in transaction.all(_NEXT, state=state.value, now=now, most=most)]


def urgent(transaction: Transaction, now: str) -> list[Message]:
    """The codes that wait to be sent, for which somebody stands at a counter."""
    return [message_of(row) for row in transaction.all(_URGENT, now=now)]


def soonest(transaction: Transaction, state: MessageState, after: str) -> str:
    """The first instant behind another at which the sender has something to look at in a state, empty for never."""
    return transaction.value(_SOONEST, state=state.value, after=after) or ""


def in_state(transaction: Transaction, state: MessageState, most: int) -> list[Message]:
    """Messages in a state, whenever they are due."""
    found = transaction.all(_IN_STATE, state=state.value, most=most)
    return [message_of(row) for row in found if row.intended_at]


def attempts(transaction: Transaction, message_id: str) -> list[Attempt]:
    """All attempts of a message, the first one first."""
    return [_attempt(row) for row in transaction.all(_ATTEMPTS, message=message_id) if row.attempted_at]


def attempt(transaction: Transaction, reference: str) -> Attempt | None:
    """The attempt of this name."""
    row = transaction.one(_ATTEMPT, reference=reference)
    return None if row is None or not row.attempted_at else _attempt(row)


def attempt_by_provider(transaction: Transaction, channel: Channel, provider_id: str) -> Attempt | None:
    """The attempt that a channel names like this."""
    row = transaction.one(_BY_PROVIDER, channel=channel.value, provider_id=provider_id)
    return None if row is None or not row.attempted_at else _attempt(row)


def sent_to(transaction: Transaction, ids: Sequence[str], since: int) -> list[Sent]:
    """What these ids of a person were sent since a clock reading, or may have been, newest first; once for each attempt."""
    found = [row for one in ids for row in transaction.all(_SENT_TO, member=one, since=since)]
    return [
        Sent(
            row.message,
            Channel(row.channel),
            Purpose(row.purpose),
            Trigger(row.trigger),
            _at(row.attempted_at),
        )
        for row in sorted(found, key=lambda row: -int(row.attempted_at))
        if row.purpose
    ]


def received(transaction: Transaction, received_id: str) -> Received | None:
    """What came in under this id."""
    rows = transaction.all(_RECEIVED, received=received_id)
    if not rows:
        return None
    first = rows[0]
    whose = tuple(row.member for row in rows if row.op_id == first.op_id and row.member)
    return Received(
        first.op_id,
        first.received,
        Channel(first.channel),
        first.address,
        first.text,
        first.meaning,
        first.at,
        whose,
    )


def last_stop(transaction: Transaction, channel: Channel, address: str) -> Stop | None:
    """The newest STOP that came from an address."""
    row = transaction.one(_STOPPED, channel=channel.value, address=address)
    return None if row is None else Stop(row.op_id, row.at, row.text)


def is_active(transaction: Transaction, member: str) -> bool:
    """Whether a member is on the list of those who come."""
    return bool(transaction.value(_ACTIVE, member=member))


def members_at(transaction: Transaction, channel: Channel, address: str) -> list[str]:
    """All members, active or not, who have this address."""
    return [row.id for row in transaction.all(_AT[channel], address=address)]


def _having(column: Any) -> Statement:
    return Statement(
        lambda: select(members.c.id).where(column == bindparam("address")).order_by(members.c.id)
    )


_AT = {
    Channel.SMS: _having(members.c.phone),
    Channel.EMAIL: _having(func.lower(members.c.email)),
    Channel.WECHAT: _having(members.c.wechat),
}


def message_of(row: Any) -> Message:
    """A row of the table as a value."""
    return Message(
        message=row.message,
        member=row.member,
        trigger=Trigger(row.trigger),
        subject=row.subject,
        purpose=Purpose(row.purpose),
        template=row.template,
        store=row.store,
        campaign=row.campaign,
        values=_pairs.decode(row.values_given),
        due_at=row.due_at,
        expires_at=row.expires_at,
        state=MessageState(row.state),
        reason=row.reason,
        detail=row.detail,
        until=row.until,
        next_at=row.next_at,
        intended_at=_at(row.intended_at),
        mark=row.intended_at,
    )


def _attempt(row: Any) -> Attempt:
    outgoing = Outgoing(
        reference=row.reference,
        channel=Channel(row.channel),
        address=row.address,
        language=row.language,
        text=row.text,
        subject=row.title,
        template=row.template_id,
        fields=_pairs.decode(row.fields),
    )
    return Attempt(
        message=row.message,
        member=row.member,
        attempt=row.attempt,
        outgoing=outgoing,
        verdict=row.verdict,
        attempted_at=_at(row.attempted_at),
        state=None if row.state == SENDING else Delivered(row.state),
        provider_id=row.provider_id,
        code=row.code,
        answered_at=_at(row.answered_at) if row.answered_at else "",
    )


def _at(reading: int) -> str:
    return instant_text(instant_of(reading))
