"""A letter as it goes over the wire: plain text with a simple HTML copy, headers by which it is known and by which one gets out.

Nothing is sent here. The one rule: its Message-ID is our reference, so that a copy, a bounce or a reply names the attempt.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote

from salon_desk.domain.consent import Purpose
from salon_desk.domain.message import Outgoing
from salon_desk.i18n import LANGUAGES, Catalogue

_PLAIN_REFERENCE: Final = re.compile(r"[A-Za-z0-9._-]{1,60}")
_BOX: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN: Final = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_LONGEST_BOX: Final = 64
_LANGUAGES: Final = {"zh_CN": "zh-Hans", "zh_TW": "zh-Hant"}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes. `unsubscribe`: the mailbox that takes a STOP; empty for `reply_to`, and that empty for the address itself."""

    address: str
    name: str = ""
    reply_to: str = ""
    unsubscribe: str = ""


def letter(outgoing: Outgoing, sender: Sender, at: datetime, *, way_out: str = "") -> bytes:
    """The whole letter, in 7-bit lines that end in CRLF; an advertisement ends with its way out. Raises ValueError for no address."""
    made = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    made["From"] = _named(sender.address, sender.name)
    made["To"] = _named(outgoing.address, "")
    made["Subject"] = " ".join(outgoing.subject.split())
    made["Date"] = format_datetime(at)
    made["Message-ID"] = message_id(outgoing.reference, sender.address)
    made["Auto-Submitted"] = "auto-generated"
    if sender.reply_to:
        made["Reply-To"] = _named(sender.reply_to, "")
    text, last, ways = outgoing.text, "", ""
    if outgoing.purpose is Purpose.MARKETING:
        ways = ",\r\n ".join(f"<{one}>" for one in (way_out, _by_mail(outgoing, sender)) if one)
        ways = f"List-Unsubscribe: {ways}\r\n"
        if way_out:
            made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
            words = Catalogue.load(outgoing.language if outgoing.language in LANGUAGES else "en")
            text += "\n\n" + words.text("Unsubscribe: {link}", link=way_out)
            named = html.escape(words.text("Unsubscribe"))
            last = f'<p><a href="{html.escape(way_out)}">{named}</a></p>'
    made.set_content(text, charset="utf-8", cte="base64")
    made.add_alternative(_html(outgoing, last), subtype="html", charset="utf-8", cte="base64")
    made["Content-Language"] = _LANGUAGES.get(outgoing.language, outgoing.language)
    # `email` would fold a long link into encoded words, which no mail program reads as one
    return ways.encode("ascii") + made.as_bytes()


def message_id(reference: str, address: str) -> str:
    """The Message-ID of an attempt: its reference at the sender's domain."""
    return f"<{_reference(reference)}@{routed(address).rpartition('@')[2]}>"


def routed(address: str) -> str:
    """An address as servers know it, its domain in ASCII. Raises ValueError for what is no address that every server takes."""
    box, _at, name = address.strip().rpartition("@")
    domain = name.encode("idna").decode("ascii")
    if not (_BOX.fullmatch(box) and len(box) <= _LONGEST_BOX and _DOMAIN.fullmatch(domain)):
        raise ValueError("no address")
    return f"{box}@{domain}"


def _reference(reference: str) -> str:
    if _PLAIN_REFERENCE.fullmatch(reference):
        return reference
    return hashlib.sha256(reference.encode()).hexdigest()[:40]


def _named(address: str, name: str) -> Address:
    return Address(display_name=" ".join(name.split()), addr_spec=routed(address))


def _by_mail(outgoing: Outgoing, sender: Sender) -> str:
    """A letter to the mailbox that takes a STOP."""
    to = routed(sender.unsubscribe or sender.reply_to or sender.address)
    subject = quote(f"STOP {_reference(outgoing.reference)}", safe="")
    return f"mailto:{quote(to, safe='@')}?subject={subject}"


def _html(outgoing: Outgoing, last: str) -> str:
    language = _LANGUAGES.get(outgoing.language, outgoing.language)
    parts = [one for one in re.split(r"\n\s*\n", outgoing.text.strip()) if one]
    said = "".join(f"<p>{html.escape(one).replace(chr(10), '<br>')}</p>" for one in parts)
    return (
        f'<!DOCTYPE html><html lang="{html.escape(language)}"><head><meta charset="utf-8">'
        f"<title>{html.escape(outgoing.subject)}</title></head><body>{said}{last}</body></html>"
    )
