"""What Twilio's answers mean for a message: its statuses, its error codes, the statuses of HTTP.

Nothing is asked here. The one rule: `NOT_SENT` only where Twilio itself says that it took nothing; a server's error in words that are
not Twilio's own comes from something between, and nobody knows what lies behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from salon_desk.domain.message import Delivered, Delivery

if TYPE_CHECKING:
    from salon_desk.wire.exchange import Reply

UNSUBSCRIBED: Final = 21610
"""Twilio keeps STOPs of its own: the person wrote one to this sender."""
NO_SUCH_REGION: Final = 21408
"""The account may not write to that country: others are not held up by it."""
RESTS_FOR: Final = 30
"""Seconds after a 429 or 503 that names none."""
RESTS_UNTIL_PUT_RIGHT: Final = 300
"""Seconds between two tries while the shop's own account or sender is wrong."""

_OURS: Final = frozenset({21212, 21408, 21603, 21606, 21607, 21608, 21609, 21611, 21659, 21660, 21661, 21703})
"""Of the shop's own account, sender or address: the next attempt succeeds when the owner has put it right (21611: its queue is full)."""

_STATUS: Final = {
    "accepted": Delivered.ACCEPTED,
    "scheduled": Delivered.ACCEPTED,
    "queued": Delivered.ACCEPTED,
    "sending": Delivered.ACCEPTED,
    "sent": Delivered.ACCEPTED,
    "delivered": Delivered.DELIVERED,
    "partially_delivered": Delivered.DELIVERED,
    "read": Delivered.DELIVERED,
    "undelivered": Delivered.REFUSED,
    "failed": Delivered.REFUSED,
    "canceled": Delivered.REFUSED,
}


def of_message(message: dict[str, Any]) -> Delivery:
    """What a message resource says of itself."""
    sid, code = message.get("sid"), message.get("error_code")
    return of_status(str(message.get("status")), str(sid or ""), "" if code is None else str(code))


def of_status(status: str, sid: str, code: str) -> Delivery:
    """What a status says; one that is not known says nothing. `code`: Twilio's number of an error, or empty."""
    state = _STATUS.get(status, Delivered.UNKNOWN)
    told = code or ("" if state in (Delivered.ACCEPTED, Delivered.DELIVERED) else status)
    return Delivery(state, sid, told, opted_out=code == str(UNSUBSCRIBED))


def of_refusal(reply: Reply) -> Delivery:
    """What any answer but "created" says of a message that was handed over."""
    said = reply.said()
    number = said.get("code")
    code = str(number) if isinstance(number, int) else f"http-{reply.status}"
    if reply.status == 429:
        return Delivery(Delivered.NOT_SENT, code=code, retry_after=reply.rest(RESTS_FOR))
    if reply.status >= 500:
        if not isinstance(number, int):
            return Delivery(Delivered.UNKNOWN, code=code)
        return Delivery(Delivered.NOT_SENT, code=code, retry_after=reply.rest(RESTS_FOR))
    if reply.status == 400 and isinstance(number, int) and number not in _OURS:
        return Delivery(Delivered.REFUSED, code=code, opted_out=number == UNSUBSCRIBED)
    if 400 <= reply.status < 500 and isinstance(number, int):
        rest = 0 if number == NO_SUCH_REGION else RESTS_UNTIL_PUT_RIGHT
        return Delivery(Delivered.NOT_SENT, code=code, retry_after=rest)
    # a captive portal, a proxy's page, a redirect: whoever answered is not Twilio
    return Delivery(Delivered.UNKNOWN, code=code)
