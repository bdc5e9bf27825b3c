"""`/v1/inbound/mail/stop`: whoever was sent an advertisement by mail wants no more of them (CAN-SPAM; RFC 8058 for mail programs).

Looking changes nothing, because scanners open links by themselves; the button, or a mail program's own, withdraws. What follows is
handed in. The page runs nothing, names nobody, and says all languages at once.
"""

from __future__ import annotations

from enum import StrEnum
from html import escape
from typing import assert_never

from starlette.requests import Request

from salon_desk.head_office.answering import Page
from salon_desk.head_office.bridge_page import preferred
from salon_desk.head_office.context import Context
from salon_desk.head_office.inbound import path_of
from salon_desk.head_office.providers import Providers
from salon_desk.head_office.refusals import RETRY_AFTER_TROUBLE, Refusal
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.secrets import KeysUnreachable
from salon_desk.services.message_ports import NotGenuine

_TAGS = {"zh_CN": "zh-Hans", "zh_TW": "zh-Hant", "en": "en"}
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
}


class Said(StrEnum):
    """What the page says."""

    ASK = "ask"
    DONE = "done"
    INVALID = "invalid"


async def look(context: Context, request: Request) -> Page:
    """`GET`: the button. Raises Refusal, DatabaseTrouble."""
    _providers, attempt = await _asked(context, request)
    return _page(Said.ASK if attempt is not None else Said.INVALID, request)


async def stop(context: Context, request: Request) -> Page:
    """`POST`: withdraw; the same again changes nothing. Its body says nothing that counts. Raises Refusal, DatabaseTrouble."""
    providers, attempt = await _asked(context, request)
    if attempt is None:
        return _page(Said.INVALID, request)
    await context.access.write(lambda office: providers.stopped(office, attempt))
    return _page(Said.DONE, request)


async def _asked(context: Context, request: Request) -> tuple[Providers, str | None]:
    """The attempt whose link was followed; None for a link that this node did not make."""
    providers = context.providers
    try:
        way_out = await context.access.read(providers.way_out) if providers else None
    except KeysUnreachable as error:
        raise Refusal(503, "unavailable", retry_after=RETRY_AFTER_TROUBLE) from error
    if providers is None or way_out is None:
        raise Refusal(404, "unknown")
    try:
        return providers, way_out.attempt(path_of(request))
    except NotGenuine:
        return providers, None


def _page(said: Said, request: Request) -> Page:
    first = preferred(request.headers.get("accept-language", ""))
    ordered = [first, *(language for language in LANGUAGES if language != first)]
    lines = "".join(
        f'<p lang="{_TAGS[one]}">{escape(_words(said, Catalogue.load(one)))}</p>' for one in ordered
    )
    button = escape(Catalogue.load(first).text("Unsubscribe"))
    form = f'<form method="post"><button>{button}</button></form>' if said is Said.ASK else ""
    html = (
        f'<!DOCTYPE html><html lang="{_TAGS[first]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><title>Salon Desk</title></head>'
        f"<body>{lines}{form}</body></html>"
    )
    return Page(html, 404 if said is Said.INVALID else 200, _HEADERS)


def _words(said: Said, words: Catalogue) -> str:
    match said:
        case Said.ASK:
            return words.text("Do you want no more e-mails from us?")
        case Said.DONE:
            return words.text("Done. We will send you no more e-mails.")
        case Said.INVALID:
            return words.text("This link is not whole. Reply STOP to the e-mail instead.")
        case _:
            assert_never(said)
