"""The three outcomes of asking the parent: an answer, a refusal, no answer; and which of them came.

No connection lives here. A page that is no message of ours (a captive portal, a proxy's own error) is no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, TypeVar

import msgspec

from salon_desk.services.link_status import LinkReason
from salon_desk.wire import codec, messages

M = TypeVar("M", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Answer(Generic[M]):
    """The message that was asked for, and the seconds from asking to its end."""

    message: M
    seconds: float


@dataclass(frozen=True, slots=True)
class Denied:
    """The parent said no, in so many words."""

    refused: messages.Refused
    status: int
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No answer, or none of a head office; the same may be asked again."""

    reason: LinkReason
    retry_after: float | None = None


def read_answer(
    status: int, headers: Mapping[str, str], data: bytes, kind: type[M], seconds: float
) -> Answer[M] | Denied | Unreachable:
    """What came. `headers` in lower case; `data` unpacked."""
    later = _retry_after(headers.get("retry-after", ""))
    if status == HTTPStatus.OK:
        try:
            return Answer(codec.decode(data, kind), seconds)
        except codec.Malformed:
            return Unreachable(LinkReason.NOT_HEAD_OFFICE)
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return Unreachable(LinkReason.PROXY)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return Unreachable(LinkReason.BUSY, later)
    try:
        refused = codec.decode(data, messages.Refused)
    except codec.Malformed:
        too_many = status == HTTPStatus.TOO_MANY_REQUESTS
        return Unreachable(LinkReason.BUSY if too_many else LinkReason.NOT_HEAD_OFFICE, later)
    return Denied(refused, status, later)


def _retry_after(text: str) -> float | None:
    """Seconds; a date is not honoured, because the clocks may differ by years."""
    return float(text) if text.isdecimal() and len(text) < 7 else None
