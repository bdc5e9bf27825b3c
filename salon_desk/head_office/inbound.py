"""`/v1/inbound/sms` and `/v1/inbound/sms/status`: what a member wrote, and what became of what was sent, told by the provider.

How a call is read and whether it is genuine is handed in, and so is what follows from it. The one rule: nothing is recorded of a
call before its signature is right, and the same call again changes nothing (the provider's own name of the message says so).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from starlette.requests import Request

from salon_desk.head_office.answering import Page
from salon_desk.head_office.context import Context
from salon_desk.head_office.limits import MOST_OF_A_STRANGER, body_of
from salon_desk.head_office.providers import Providers
from salon_desk.head_office.refusals import RETRY_AFTER_TROUBLE, Refusal, malformed
from salon_desk.secrets import KeysUnreachable
from salon_desk.services.message_ports import InboundDoor, NotGenuine

T = TypeVar("T")


FORM = "application/x-www-form-urlencoded"
NOTHING_TO_SAY = Page('<?xml version="1.0" encoding="UTF-8"?><Response/>', media_type="text/xml")
"""TwiML: no answer to the one who wrote. What the shop says goes out as a message like every other."""


async def sms(context: Context, request: Request) -> Page:
    """`POST`: somebody wrote. Raises Refusal, TooLarge, DatabaseTrouble."""
    wanted, door = await _asked(context)
    body = await body_of(request, MOST_OF_A_STRANGER, FORM)
    incoming = _believed(partial(door.message, path_of(request), request.headers, body))
    if incoming is not None:
        await context.access.write(lambda office: wanted.received(office, incoming))
    return NOTHING_TO_SAY


async def status(context: Context, request: Request) -> Page:
    """`POST`: what became of an attempt. Raises Refusal, TooLarge, DatabaseTrouble."""
    wanted, door = await _asked(context)
    body = await body_of(request, MOST_OF_A_STRANGER, FORM)
    news = _believed(partial(door.status, path_of(request), request.headers, body))
    if news is not None:
        await context.access.write(lambda office: wanted.status(office, news))
    return NOTHING_TO_SAY


async def _asked(context: Context) -> tuple[Providers, InboundDoor]:
    """What follows and how it is read; for whoever calls a node that no provider was told of there is nothing here."""
    providers = context.providers
    try:
        door = await context.access.read(providers.door) if providers else None
    except KeysUnreachable as error:
        raise Refusal(503, "unavailable", retry_after=RETRY_AFTER_TROUBLE) from error
    if providers is None or door is None:
        raise Refusal(404, "unknown")
    return providers, door


def path_of(request: Request) -> str:
    """Path and query as they came: they were signed."""
    path = request.scope.get("raw_path") or request.url.path.encode()
    query = request.scope.get("query_string", b"")
    return (path + (b"?" + query if query else b"")).decode("ascii", "replace")


def _believed(read: Callable[[], T]) -> T:
    try:
        return read()
    except NotGenuine as error:
        raise Refusal(403, "not-yours") from error
    except ValueError as error:
        raise malformed("form") from error
