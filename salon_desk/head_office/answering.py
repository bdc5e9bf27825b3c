"""One endpoint as the server calls it: a message or a refusal becomes a response, counted and logged.

No rule of any endpoint lives here. A bug is a 500 with nothing in it, and a traceback in the log.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from salon_desk.head_office.context import Context
from salon_desk.head_office.refusals import Refusal, refusal_of
from salon_desk.wire import codec
from salon_desk.wire.messages import Refused


@dataclass(frozen=True, slots=True)
class Page:
    """Something for a person's browser, or for a program that speaks no message of ours."""

    html: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "text/html"


Answer = msgspec.Struct | str | Page
"""A message, plain text, or a page."""
Endpoint = Callable[[Context, Request], Awaitable[Answer]]

_log = logging.getLogger("salon_desk.head_office.requests")


def answering(context: Context, route: str, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a route (its template) for the server."""

    async def answer(request: Request) -> Response:
        began = time.perf_counter()
        try:
            response = await answer_of(request, await endpoint(context, request))
        except ClientDisconnect:
            response = Response(status_code=400)
        except Exception as error:
            refusal = refusal_of(error)
            if refusal is None:
                _log.exception("a request failed", extra={"route": route})
                refusal = Refusal(500, "failed")
            response = refused(refusal)
        seconds = time.perf_counter() - began
        context.tally.served(request.method, route, response.status_code, seconds)
        _log.info(
            "request",
            extra={
                "method": request.method,
                "route": route,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "node": getattr(request.state, "node", ""),
            },
        )
        return response

    return answer


async def answer_of(request: Request, answer: Answer) -> Response:
    """An answer as a response, packed when that is worth it and wanted.

    A long one is packed beside the event loop: ten tills that copy everything must not keep others from their 400 ms.
    """
    if isinstance(answer, Page):
        return Response(answer.html, answer.status, answer.headers, media_type=answer.media_type)
    if isinstance(answer, str):
        return Response(answer, media_type="text/plain; version=0.0.4")
    body = codec.encode(answer)
    headers = {}
    if len(body) >= codec.WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        long = len(body) >= codec.WORTH_A_THREAD
        body = await asyncio.to_thread(codec.pack, body) if long else codec.pack(body)
        headers = {"content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(body, media_type="application/json", headers=headers)


def refused(refusal: Refusal) -> Response:
    """A refusal as a response."""
    headers = {"retry-after": str(refusal.retry_after)} if refusal.retry_after else {}
    if refusal.status == 401:
        headers["www-authenticate"] = "Bearer"
    return Response(
        codec.encode(refusal.message), refusal.status, media_type="application/json", headers=headers
    )


async def no_such_route(_request: Request, error: Exception) -> Response:
    """404 and 405 in the same shape as every refusal."""
    status = getattr(error, "status_code", 404)
    headers = dict(getattr(error, "headers", None) or {})
    return Response(
        codec.encode(Refused(error="unknown")), status, media_type="application/json", headers=headers
    )
