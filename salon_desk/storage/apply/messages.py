"""Projections of messages: how far each is, each attempt, what came in.

What becomes of a message follows from the set of its operations: its progress is the highest that any of them says, and of
verdicts and of the next look at it the newest by clock stands.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import and_, case, or_, tuple_

from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.message import RISING, Delivered, MessageState
from salon_desk.operations.envelope import Header
from salon_desk.operations.message import (
    MessageAnswered,
    MessageAttempted,
    MessageHeld,
    MessageIntended,
    MessageReceived,
    MessageStatus,
    MessageWithheld,
)
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.messages import message_attempts, messages, messages_received

_Heard = MessageAnswered | MessageStatus
_OfMessage = MessageIntended | MessageHeld | MessageWithheld | MessageAttempted | _Heard

SENDING = "sending"
"""The state of an attempt that nobody has answered."""
MOST_ATTEMPTS = 1000
WITHHELD = 10 * MOST_ATTEMPTS
"""The progress of a message that will not be sent: above every attempt."""

_RANK = {state: rank for rank, state in enumerate(RISING, start=2)}
_STATE = {
    Delivered.UNKNOWN: MessageState.UNKNOWN,
    Delivered.NOT_SENT: MessageState.INTENDED,
    Delivered.ACCEPTED: MessageState.SENT,
    Delivered.REFUSED: MessageState.REFUSED,
    Delivered.DELIVERED: MessageState.DELIVERED,
}

_INTENT = (
    "member",
    "trigger",
    "subject",
    "purpose",
    "template",
    "store",
    "campaign",
    "values_given",
    "due_at",
    "expires_at",
    "op_id",
    "intended_at",
)
_STATE_OF = ("progress", "state")
_VERDICT = ("decided_at", "reason", "until", "detail")
_NEXT = ("changed_at", "next_at")
_HANDED = (
    "attempted_at",
    "member",
    "message",
    "attempt",
    "channel",
    "address",
    "language",
    "title",
    "text",
    "template_id",
    "fields",
    "verdict",
)
_ANSWER = ("rank", "answered_at", "code", "state")

_NUMBERS = ("intended_at", "progress", "decided_at", "changed_at", "attempted_at", "attempt", "answered_at")
_BLANK: dict[str, str | int] = {
    **{name: 0 if name in _NUMBERS else "" for name in (*_INTENT, *_STATE_OF, *_VERDICT, *_NEXT)},
    "state": MessageState.INTENDED.value,
}
_BLANK_ATTEMPT: dict[str, str | int] = {
    **{name: 0 if name in _NUMBERS else "" for name in (*_HANDED, *_ANSWER, "provider_id")},
    "rank": 1,
    "state": SENDING,
}


def _newest(row: Any, new: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """These columns together, from whichever row has the highest of them."""
    newer = tuple_(*(row[name] for name in names)) < tuple_(*(new[name] for name in names))
    return {name: case((newer, new[name]), else_=row[name]) for name in names}


def _first(row: Any, new: Any, names: tuple[str, ...], *, by: tuple[str, str]) -> dict[str, Any]:
    """These columns together, from whichever row says them and was first; `by`: when, zero where it does not say them."""
    when = by[0]
    earlier = tuple_(*(new[name] for name in by)) < tuple_(*(row[name] for name in by))
    better = and_(new[when] > 0, or_(row[when] == 0, earlier))
    return {name: case((better, new[name]), else_=row[name]) for name in names}


def _merged(new: Any) -> dict[str, Any]:
    row = messages.c
    return {
        **_first(row, new, _INTENT, by=("intended_at", "op_id")),
        **_newest(row, new, _STATE_OF),
        **_newest(row, new, _VERDICT),
        **_newest(row, new, _NEXT),
    }


def _merged_attempt(new: Any) -> dict[str, Any]:
    row = message_attempts.c
    return {
        **_first(row, new, _HANDED, by=("attempted_at", "text")),
        **_newest(row, new, _ANSWER),
        **_newest(row, new, ("provider_id",)),
    }


_MESSAGE = Rows(messages, _merged)
_ATTEMPT = Rows(message_attempts, _merged_attempt)
_RECEIVED = Rows(messages_received)


def message_intended(transaction: Transaction, header: Header, operation: MessageIntended) -> None:
    """Keep that it is to be sent; of two intents of one message the first. Raises ValueError for a bad instant."""
    parse_instant(operation.expires_at)
    _put(
        transaction,
        header,
        operation,
        trigger=operation.trigger.value,
        subject=operation.subject,
        purpose=operation.purpose.value,
        template=operation.template,
        store=operation.store,
        campaign=operation.campaign,
        values_given=msgspec.json.encode(operation.values).decode(),
        due_at=operation.due_at,
        expires_at=operation.expires_at,
        op_id=header.op_id,
        intended_at=header.at,
        next_at=_instant(operation.due_at),
    )


def message_held(transaction: Transaction, header: Header, operation: MessageHeld) -> None:
    """Look at it again later. Raises ValueError for a bad instant."""
    _put(
        transaction,
        header,
        operation,
        reason=operation.reason,
        detail=operation.detail,
        until=operation.until,
        decided_at=header.at,
        next_at=_instant(operation.until),
    )


def message_withheld(transaction: Transaction, header: Header, operation: MessageWithheld) -> None:
    """It will not be sent."""
    _put(
        transaction,
        header,
        operation,
        reason=operation.reason,
        detail=operation.detail,
        decided_at=header.at,
        state=MessageState.WITHHELD.value,
        progress=WITHHELD,
    )


def message_attempted(transaction: Transaction, header: Header, operation: MessageAttempted) -> None:
    """Keep what is about to be handed over. Raises ValueError for an attempt that is none."""
    progress = _progress(operation.attempt, 1)
    _put(transaction, header, operation, state=MessageState.SENDING.value, progress=progress)
    _put_attempt(
        transaction,
        operation,
        channel=operation.channel.value,
        address=operation.address,
        language=operation.language,
        title=operation.title,
        text=operation.text,
        template_id=operation.template_id,
        fields=msgspec.json.encode(operation.fields).decode(),
        verdict=operation.verdict,
        attempted_at=header.at,
    )


def message_answered(transaction: Transaction, header: Header, operation: MessageAnswered) -> None:
    """Keep what the channel said. Raises ValueError for an attempt or an instant that is none."""
    _heard(transaction, header, operation)


def message_status(transaction: Transaction, header: Header, operation: MessageStatus) -> None:
    """Keep what became of it. Raises ValueError for an attempt or an instant that is none."""
    _heard(transaction, header, operation)


def message_received(transaction: Transaction, header: Header, operation: MessageReceived) -> None:
    """Keep what was written, for each whose address it is. Raises ValueError for a bad instant."""
    parse_instant(operation.received_at)
    for member in sorted(set(operation.members)) or ("",):
        transaction.put(
            _RECEIVED,
            op_id=header.op_id,
            member=member,
            received=operation.received,
            channel=operation.channel.value,
            address=operation.address,
            text=operation.text,
            meaning=operation.meaning,
            at=operation.received_at,
        )


def _heard(transaction: Transaction, header: Header, operation: _Heard) -> None:
    rank = _RANK[operation.state]
    _put(
        transaction,
        header,
        operation,
        state=_STATE[operation.state].value,
        progress=_progress(operation.attempt, rank),
        next_at=_instant(operation.again_at) if operation.again_at else "",
    )
    _put_attempt(
        transaction,
        operation,
        state=operation.state.value,
        rank=rank,
        code=operation.code,
        answered_at=header.at,
        provider_id=operation.provider_id,
    )


def _put(transaction: Transaction, header: Header, operation: _OfMessage, **said: str | int) -> None:
    """What an operation says of a message, whose row may not be there yet."""
    named = {"message": operation.message, "member": operation.member, "changed_at": header.at}
    transaction.put(_MESSAGE, **{**_BLANK, **said, **named})


def _put_attempt(transaction: Transaction, operation: MessageAttempted | _Heard, **said: str | int) -> None:
    who = {"message": operation.message, "member": operation.member, "attempt": operation.attempt}
    transaction.put(_ATTEMPT, **{**_BLANK_ATTEMPT, **who, **said, "reference": operation.reference})


def _progress(attempt: int, rank: int) -> int:
    if not 1 <= attempt < MOST_ATTEMPTS:
        raise ValueError(f"attempt {attempt}")
    return 10 * attempt + rank


def _instant(text: str) -> str:
    """An instant as it is kept, so that texts compare like instants."""
    return instant_text(parse_instant(text))
