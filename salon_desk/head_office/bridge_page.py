"""The one page that head office shows to a telephone: a button, a code for the till's reader, or why there is none.

Nothing is decided here, and nothing on it is a member's. One answer, no script, nothing from elsewhere: all languages stand in
it, and the switch between them is a style, so that it works wherever a chat opens links.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from html import escape
from typing import assert_never

from salon_desk.head_office.answering import Page
from salon_desk.i18n import LANGUAGES, OWN_NAMES, Catalogue
from salon_desk.wire import squares

_TAGS = {"zh_CN": "zh-Hans", "zh_TW": "zh-Hant", "en": "en"}
_TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")
_LONGEST_HEADER = 400


class Said(StrEnum):
    """What the page says. All but ASK and SENT end the matter for this link."""

    ASK = "ask"
    SENT = "sent"
    ARRIVED = "arrived"
    NOTHING = "nothing"
    INVALID = "invalid"
    LAPSED = "lapsed"
    UNCONFIRMED = "unconfirmed"
    RETIRING = "retiring"
    LOCKED_OUT = "locked-out"
    ANEW = "anew"
    RESTORED = "restored"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"


_STATUS = {
    Said.INVALID: 404,
    Said.LAPSED: 410,
    Said.UNCONFIRMED: 403,
    Said.RETIRING: 403,
    Said.LOCKED_OUT: 403,
    Said.ANEW: 409,
    Said.RESTORED: 503,
    Said.BUSY: 429,
    Said.UNAVAILABLE: 503,
}
_AGAIN = (Said.NOTHING, Said.BUSY, Said.UNAVAILABLE)
"""After these the same link may be tried again."""

_STYLE = (
    "html{color-scheme:only light;-webkit-text-size-adjust:100%}"
    "body{margin:0 auto;padding:16px;max-width:460px;background:#fff;color:#1e2430;"
    'font:18px/1.45 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}'
    "input{position:absolute;opacity:0}"
    "label{display:inline-block;padding:11px 14px;margin:0 8px 8px 0;border:1px solid #b9b0a2;border-radius:10px}"
    "h1{font-size:24px;line-height:1.3;margin:12px 0 8px}p{margin:0 0 14px}main{display:none}"
    "button{width:100%;min-height:60px;border:0;border-radius:12px;background:#155e59;color:#fff;font:inherit;"
    "font-weight:600;font-size:20px}"
    "svg{display:block;width:100%;height:auto;margin:0 0 16px}small{color:#565c6a;font-size:15px}"
)
_SHOWN = "".join(
    f"#{tag}:checked~.{tag}{{display:block}}#{tag}:checked~label[for={tag}]"
    "{background:#155e59;border-color:#155e59;color:#fff}"
    f"#{tag}:focus-visible~label[for={tag}]{{outline:3px solid #244f7a}}"
    for tag in _TAGS.values()
)
_WHOLE_STYLE = _STYLE + _SHOWN
_STYLE_HASH = base64.b64encode(hashlib.sha256(_WHOLE_STYLE.encode()).digest()).decode()
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}


def page(said: Said, accepted: str, *, codes: Sequence[str] = (), retry_after: int = 0) -> Page:
    """The page; `accepted`: the header by which the telephone says its languages, `codes`: for the till's reader."""
    first = preferred(accepted)
    ordered = [first, *(language for language in LANGUAGES if language != first)]
    inputs = "".join(
        f'<input type="radio" name="l" id="{_TAGS[one]}"{" checked" if one == first else ""}>'
        for one in ordered
    )
    labels = "".join(
        f'<label for="{_TAGS[one]}" lang="{_TAGS[one]}">{OWN_NAMES[one]}</label>' for one in ordered
    )
    mains = "".join(_main(said, one) for one in ordered)
    pictures = "".join(_picture(code) for code in codes)
    html = (
        f'<!DOCTYPE html><html lang="{_TAGS[first]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="only light"><meta name="format-detection" content="telephone=no">'
        f"<title>Salon Desk</title><style>{_WHOLE_STYLE}</style></head>"
        f"<body>{inputs}{labels}{mains}{pictures}</body></html>"
    )
    headers = {**_HEADERS, **({"retry-after": str(retry_after)} if retry_after else {})}
    return Page(html, _STATUS.get(said, 200), headers)


def preferred(accepted: str) -> str:
    """The first of our languages that a browser asks for; English when it asks for none of them."""
    for one in accepted[:_LONGEST_HEADER].lower().split(","):
        tag = one.partition(";")[0].strip()
        if tag.startswith(_TRADITIONAL):
            return "zh_TW"
        if tag.partition("-")[0] == "zh":
            return "zh_CN"
        if tag.partition("-")[0] == "en":
            return "en"
    return "en"


@cache
def _main(said: Said, language: str) -> str:
    """What is said in one language, with the button where there is one."""
    words = Catalogue.load(language)
    title, lines = _words(said, words)
    tag = _TAGS[language]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    button = ""
    if said is Said.ASK or said in _AGAIN:
        text = words.text("Send it to the till") if said is Said.ASK else words.text("Try again")
        button = f'<form method="post"><button>{escape(text)}</button></form>'
    return f'<main class="{tag}" lang="{tag}"><h1>{escape(title)}</h1>{told}{button}</main>'


def _words(said: Said, words: Catalogue) -> tuple[str, tuple[str, ...]]:
    """Title and lines. A sentence says what happened, what was kept, what to do."""
    anew = words.text("Make a new code at the till.")
    match said:
        case Said.ASK:
            return words.text("The till asks for stored value"), (
                words.text(
                    "Its own line is down, so this phone carries the answer. Nothing stays on the phone."
                ),
            )
        case Said.SENT:
            return words.text("Hold this under the till's scanner"), (
                words.text("Turn the screen bright. It works once, and at this till only."),
            )
        case Said.ARRIVED:
            return words.text("This has arrived at the till already"), (anew,)
        case Said.NOTHING:
            return words.text("Nothing can be sent right now"), (
                words.text("What the till asked for lies where nobody reaches it. Nothing is lost."),
                words.text("Pay the rest another way, or make a new code at the till."),
            )
        case Said.INVALID:
            return words.text("This link is not whole, or not from a till of ours"), (anew,)
        case Said.LAPSED:
            return words.text("This link is from another day"), (
                words.text("Or the till's clock is wrong. Make a new code at the till."),
            )
        case Said.UNCONFIRMED:
            return words.text("This till is not confirmed yet"), (
                words.text("The owner compares its fingerprint first. Nothing was sent."),
            )
        case Said.RETIRING:
            return words.text("This till is being closed"), (
                words.text("It gets no more value. Nothing was sent."),
            )
        case Said.LOCKED_OUT:
            return words.text("Head office has locked this till out"), (
                words.text("Its owner can let it in again. Nothing was sent."),
            )
        case Said.ANEW:
            return words.text("This till has started anew"), (
                words.text("Head office must hear from it by its own line once. Nothing was sent."),
            )
        case Said.RESTORED:
            return words.text("Head office sends no value now"), (
                words.text("It was restored from a copy, and a person has to decide there first."),
            )
        case Said.BUSY | Said.UNAVAILABLE:
            return words.text("Head office is busy"), (
                words.text("Nothing was sent. Wait a moment and try again."),
            )
        case _:
            assert_never(said)


def _picture(code: str) -> str:
    """A code as black squares on white, with its quiet zone: one path of runs."""
    made, quiet = squares.squares(code), squares.QUIET
    runs = []
    for y, row in enumerate(made):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                runs.append(f"M{x + quiet} {y + quiet}h{end - x}v1h-{end - x}z")
            x = max(end, x + 1)
    size = len(made) + 2 * quiet
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" '
        f'role="img" aria-label="QR"><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path d="{"".join(runs)}"/></svg>'
    )
