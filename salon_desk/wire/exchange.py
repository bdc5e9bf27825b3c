"""One HTTP request to a provider and its whole answer, or the knowledge of how far it came.

No provider is known here. The body tells whether it was asked for: before that nobody can have acted on the request, after it
anybody may have. What goes wrong is told by its kind alone, because errors of `requests` repeat addresses with numbers and tokens.
"""

from __future__ import annotations

import io
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import requests

from salon_desk.wire.address import is_safe

CONNECT_WITHIN: Final = 6.0
READ_WITHIN: Final = 20.0
WHOLE_WITHIN: Final = 40.0
"""Seconds to connect, between two pieces of an answer, and for all of it."""
MOST_BYTES: Final = 8 << 20
"""Of an answer: a page of a list has some 2 kB a message."""

# urllib3 writes the query of each request at DEBUG: telephone numbers of a list, and WeChat's token
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def said(self) -> dict[str, Any]:
        """The JSON object that it is, empty when it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def rest(self, default: int) -> int:
        """Seconds for which the provider wants nothing more: what it says, else the default."""
        told = self.headers.get("Retry-After", "").strip()
        return min(int(told), 86_400) if told.isascii() and told.isdigit() and len(told) < 9 else default


class Broken(Exception):
    """There is no whole answer. `kind`: of the trouble, without any value. `written`: whether it may have been acted on."""

    def __init__(self, kind: str, *, written: bool) -> None:
        super().__init__(kind)
        self.kind = kind
        self.written = written


@dataclass(frozen=True, slots=True)
class Line:
    """The way to a provider. `proxy`: an HTTP proxy's address, empty for none; the environment's is not looked at (PITFALLS 25)."""

    proxy: str = ""
    read_within: float = READ_WITHIN
    monotonic: Callable[[], float] = time.monotonic

    def exchange(
        self,
        method: str,
        url: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> Reply:
        """The answer, whatever its status. Each request has a connection of its own. Raises Broken."""
        if not is_safe(url):
            raise Broken("UnsafeAddress", written=False)
        noted = _Noted(body)
        overdue_at = self.monotonic() + WHOLE_WITHIN
        try:
            with requests.Session() as session:
                session.trust_env = False
                session.proxies = {"http": self.proxy, "https": self.proxy} if self.proxy else {}
                with session.request(
                    method,
                    url,
                    data=noted if body else None,
                    headers={"Connection": "close", **(headers or {})},
                    auth=auth,
                    timeout=(CONNECT_WITHIN, self.read_within),
                    stream=True,
                    allow_redirects=False,
                ) as response:
                    return Reply(response.status_code, response.headers, self._read(response, overdue_at))
        except Exception as error:
            # requests, urllib3, ssl and the socket have some thirty kinds between them; all of them are "no answer"
            raise Broken(type(error).__name__, written=noted.begun) from None

    def _read(self, response: requests.Response, overdue_at: float) -> bytes:
        data = bytearray()
        for piece in response.iter_content(64 * 1024):
            data += piece
            if len(data) > MOST_BYTES or self.monotonic() > overdue_at:
                raise requests.exceptions.ReadTimeout
        return bytes(data)


class _Noted(io.BytesIO):
    """A body that knows whether it was asked for."""

    begun = False

    def read(self, size: int | None = -1, /) -> bytes:
        """As ever, noting that it was."""
        self.begun = True
        return super().read(size)
