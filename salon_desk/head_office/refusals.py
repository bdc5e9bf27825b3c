"""Why a request is refused, as a status and a `Refused` message; what an exception means to the one who asked.

The rules themselves are where they are checked. Nothing here tells a stranger more than the code of the refusal.
"""

from __future__ import annotations

from salon_desk.head_office.access import DatabaseTrouble
from salon_desk.storage.errors import ChainBroken, EnvelopeDamaged
from salon_desk.wire.codec import Malformed, TooLarge
from salon_desk.wire.messages import Refused

RETRY_AFTER_TROUBLE = 2
"""Seconds after which it makes sense to ask again when the database could not answer."""


class Refusal(Exception):
    """A request is refused; nothing was recorded."""

    def __init__(
        self, status: int, error: str, detail: str = "", *, wanted_seq: int = 0, retry_after: int = 0
    ) -> None:
        super().__init__(error)
        self.status = status
        self.retry_after = retry_after
        self.message = Refused(error=error, detail=detail, wanted_seq=wanted_seq)


def refusal_of(error: BaseException) -> Refusal | None:
    """The refusal that an exception is; None for a bug."""
    match error:
        case Refusal():
            return error
        case ChainBroken():
            kind = "fork" if error.is_fork else "gap"
            return Refusal(409, kind, wanted_seq=error.wanted)
        case EnvelopeDamaged():
            return Refusal(422, "damaged", str(error)[:200])
        case Malformed():
            return malformed(str(error))
        case TooLarge():
            return Refusal(413, "too-large")
        case DatabaseTrouble():
            return Refusal(503, "unavailable", retry_after=RETRY_AFTER_TROUBLE)
        case _:
            return None


def malformed(detail: str) -> Refusal:
    """What was sent is not the message that was expected. `detail` is for a technician and repeats no value."""
    return Refusal(422, "malformed", detail[:200])


def not_yours(detail: str = "") -> Refusal:
    """It belongs to another device."""
    return Refusal(403, "not-yours", detail)
