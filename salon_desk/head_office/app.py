"""The server's application: which path is answered by whom, what runs beside, what happens at its end.

Nothing is answered here. `bootstrap/head_office.py` makes the context and runs it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException

from salon_desk.head_office import (
    bridging,
    devices,
    feed,
    health,
    inbound,
    journal,
    mail_stop,
    proving,
    wanting,
)
from salon_desk.head_office.answering import Endpoint, answering, no_such_route
from salon_desk.head_office.context import Context
from salon_desk.head_office.openapi import document
from salon_desk.wire.inbound import MAIL_STOP
from salon_desk.wire.inbound import SMS as INBOUND_SMS
from salon_desk.wire.inbound import STATUS as INBOUND_STATUS

ROUTES: dict[tuple[str, str], Endpoint] = {
    ("POST", "/v1/enroll"): devices.enroll,
    ("POST", "/v1/proof"): proving.prove,
    ("GET", "/v1/me"): devices.me,
    ("POST", "/v1/codes"): devices.make_code,
    ("POST", "/v1/journal"): journal.push,
    ("GET", "/v1/feed"): feed.feed,
    ("POST", "/v1/want"): wanting.want,
    ("POST", "/v1/heads"): devices.heads,
    ("GET", "/v1/own"): devices.own,
    ("GET", "/health"): health.health,
    ("GET", "/metrics"): health.metrics,
}
PAGES: dict[tuple[str, str], Endpoint] = {
    ("GET", "/b/{code}"): bridging.look,
    ("POST", "/b/{code}"): bridging.send,
    ("GET", MAIL_STOP): mail_stop.look,
    ("POST", MAIL_STOP): mail_stop.stop,
}
"""For a person's telephone or mail, not for devices: no messages, so that the description of the wire does not name them."""

PROVIDERS: dict[tuple[str, str], Endpoint] = {
    ("POST", INBOUND_SMS): inbound.sms,
    ("POST", INBOUND_STATUS): inbound.status,
}
"""For those who carry messages to members: forms that they sign, in their own words."""


class _App(FastAPI):
    """FastAPI that describes itself by the messages on the wire instead of by models of its own."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        return document()


def create_app(context: Context) -> FastAPI:
    """The application of one process; it closes what the context opened when it ends."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        context.growth.attach()
        context.access.office.wake = context.woken
        beside = [
            asyncio.create_task(feed.poll(context)),
            asyncio.create_task(context.access.fold()),
            asyncio.create_task(context.attendance.keep(context.access, context.sweeping.returned)),
            asyncio.create_task(context.sweeping.keep(context.access)),
        ]
        try:
            yield
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await asyncio.to_thread(context.access.close)

    app = _App(lifespan=lifespan, docs_url=None, redoc_url=None, redirect_slashes=False)
    for (method, path), endpoint in (*ROUTES.items(), *PAGES.items(), *PROVIDERS.items()):
        app.add_route(path, answering(context, path, endpoint), methods=[method], include_in_schema=False)
    handlers: dict[Any, Any] = {HTTPException: no_such_route}
    app.exception_handlers.update(handlers)
    return app
