"""What Twilio calls the shop with: a message that somebody wrote, a later status of one that was sent.

Nothing is recorded here. The one rule: nothing of a request is believed before its signature is (HMAC-SHA1 of the public address and
the sorted fields with the account's auth token), so the public address is told by the settings and not by the request.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from salon_desk.channels import twilio_answers
from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Incoming, StatusNews
from salon_desk.services.message_ports import NotGenuine

SIGNATURE: Final = "x-twilio-signature"
MOST_FIELDS: Final = 100
MOST_TEXT: Final = 2_000
"""Characters: Twilio joins the parts of a long SMS up to 1,600."""
_PORTS: Final = {"https": 443, "http": 80}
_SID: Final = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")
_NUMBER: Final = re.compile(r"\+?[0-9]{3,15}")
_REFERENCE: Final = re.compile(r"[!-~]{0,200}")
_STATUS: Final = re.compile(r"[a-z_]{1,40}")
_CODE: Final = re.compile(r"[0-9]{0,9}")

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class TwilioDoor:
    """An `InboundDoor`. `public_url`: what Twilio was told to call, without a path; `token`: the account's auth token. Any thread."""

    public_url: str
    account: str
    token: str = field(repr=False)

    def message(self, path: str, headers: Mapping[str, str], body: bytes) -> Incoming | None:
        """See `InboundDoor`. None for another kind of address than a telephone's."""
        said = self._genuine(path, headers, body)
        address, sid = said.get("From", ""), _checked(_SID, said.get("MessageSid", ""))
        if not _NUMBER.fullmatch(address):
            return None
        text = said.get("Body", "").replace("\0", "")[:MOST_TEXT]
        if said.get("OptOutType") == "STOP" and text.strip().upper() != "STOP":
            text = f"STOP ({text})"  # Twilio has taken a word of the owner's own list for one
        return Incoming(Channel.SMS, address, text, sid)

    def status(self, path: str, headers: Mapping[str, str], body: bytes) -> StatusNews | None:
        """See `InboundDoor`. `reference` of the query is what `Twilio.send` put into the callback's address."""
        said = self._genuine(path, headers, body)
        status = said.get("MessageStatus") or said.get("SmsStatus") or ""
        sid = _checked(_SID, said.get("MessageSid", ""))
        code = _checked(_CODE, said.get("ErrorCode", ""))
        delivery = twilio_answers.of_status(_checked(_STATUS, status), sid, code)
        query = dict(parse_qsl(urlsplit(path).query, max_num_fields=MOST_FIELDS))
        return StatusNews(Channel.SMS, _checked(_REFERENCE, query.get("reference", "")), delivery)

    def _genuine(self, path: str, headers: Mapping[str, str], body: bytes) -> dict[str, str]:
        """The fields of a request that Twilio signed for this account; of one that comes twice the last. Raises NotGenuine."""
        signed = {name.lower(): value for name, value in headers.items()}.get(SIGNATURE, "")
        fields = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="strict",
        )
        given = signed.encode("utf-8", "replace")
        # every spelling is compared, so that the time says nothing of which
        fitting = [
            hmac.compare_digest(signature(self.token, url, fields).encode("ascii"), given)
            for url in _spellings(f"{self.public_url.rstrip('/')}{path}")
        ]
        if True not in fitting:
            raise NotGenuine
        said = dict(fields)
        if said.get("AccountSid") != self.account:
            raise NotGenuine
        return said


def signature(token: str, url: str, fields: Fields) -> str:
    """What Twilio signs a form with: base64 of HMAC-SHA1 over the address and the fields, sorted, each value once."""
    told = "".join(f"{name}{value}" for name, value in sorted(set(fields)))
    return base64.b64encode(hmac.digest(token.encode(), f"{url}{told}".encode(), hashlib.sha1)).decode()


def _spellings(url: str) -> tuple[str, ...]:
    """An address with its port and without: Twilio has signed both."""
    parts = urlsplit(url)
    usual = _PORTS.get(parts.scheme, 0)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    with_port = urlunsplit(parts._replace(netloc=f"{host}:{parts.port or usual}"))
    without = urlunsplit(parts._replace(netloc=host))
    return url, with_port, without


def _checked(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError(f"not of the form {pattern.pattern}")
    return value
