"""One HTTP session to the parent: TLS, proxy and time limits on purpose, and a hand to cut a request off from outside.

No message lives here (`client.py`). Nothing of the environment is looked at: no proxy variables, no certificate variables,
no .netrc (PITFALLS 25). This module brings `requests` in, so it is imported on a sync thread and not at the start.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from salon_desk.sync.lines import Lines
from salon_desk.wire import own_certificate

CHUNK = 64 * 1024


class Interrupted(Exception):
    """The request was cut off from this side."""


class Overdue(Exception):
    """The whole answer took longer than it may."""


class Oversized(Exception):
    """The answer is larger than both sides agreed on."""


class CertificateUnreadable(Exception):
    """The file of certificates is not there, or is none."""


class CutOff(Exception):
    """The answer ended before its end."""


class Session:
    """A `requests.Session` that trusts what it was told to trust. One thread calls it; `lines` belongs to any."""

    def __init__(self, lines: Lines, *, certificate: str = "", proxy: str = "") -> None:
        """`certificate`: a file that is trusted instead of the system's store. Raises CertificateUnreadable."""
        self._lines = lines
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.proxies = {"http": proxy, "https": proxy} if proxy else {}
        try:
            trusted = ssl.create_default_context(cafile=certificate or None)
        except (OSError, ValueError) as error:
            raise CertificateUnreadable from error
        name = own_certificate.NAME if certificate and _is_a_hubs(trusted) else None
        self._session.mount("https://", _Adapter(lines, trusted, name))
        self._session.mount("http://", _Adapter(lines, trusted, name))

    def exchange(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None,
        timeouts: tuple[float, float],
        most: int,
        overdue: Callable[[], bool],
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body as they came (not unpacked). `timeouts`: to connect, and between two reads.

        Raises Interrupted, Overdue, Oversized, CutOff, and what requests and urllib3 raise.
        """
        try:
            with self._session.request(
                method,
                url,
                headers=dict(headers),
                data=body,
                timeout=timeouts,
                stream=True,
                allow_redirects=False,
            ) as response:
                return response.status_code, response.headers, self._read(response, most, overdue)
        except Exception as error:
            if self._lines.is_cut:
                raise Interrupted from error
            raise

    def _read(self, response: requests.Response, most: int, overdue: Callable[[], bool]) -> bytes:
        declared = response.headers.get("Content-Length", "")
        if declared.isdecimal() and int(declared) > most:
            raise Oversized
        data = bytearray()
        while chunk := response.raw.read1(CHUNK, decode_content=False):
            data += chunk
            if len(data) > most:
                raise Oversized
            if overdue():
                raise Overdue
        if self._lines.is_cut:
            raise Interrupted
        if declared.isdecimal() and len(data) < int(declared):
            raise CutOff
        return bytes(data)

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()


class _Adapter(HTTPAdapter):
    """Connections that are known to `Lines`, and TLS by one given context and nothing else.

    `name`: what the other side's certificate is called, where that is not the address.
    """

    def __init__(self, lines: Lines, trusted: ssl.SSLContext, name: str | None = None) -> None:
        self._lines = lines
        self._trusted = trusted
        self._name: dict[str, Any] = {} if name is None else {"assert_hostname": name}
        super().__init__(pool_connections=2, pool_maxsize=2, max_retries=0)

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, **{**named, **self._name, "ssl_context": self._trusted})
        self.poolmanager.pool_classes_by_scheme = _pools(self._lines)

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        made = super().proxy_manager_for(
            proxy, **named, ssl_context=self._trusted, proxy_ssl_context=self._trusted
        )
        made.pool_classes_by_scheme = _pools(self._lines)
        return made

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """The context says what is trusted; requests' own bundle is not added to it."""


def _is_a_hubs(trusted: ssl.SSLContext) -> bool:
    """Whether the one certificate that is trusted was made by a hub for itself: it names no address."""
    names = [one.get("subjectAltName", ()) for one in trusted.get_ca_certs()]
    return names == [(("DNS", own_certificate.NAME),)]


def _pools(lines: Lines) -> dict[str, Any]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            lines.opened(self)

    class Secured(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            lines.opened(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecuredPool(HTTPSConnectionPool):
        ConnectionCls = Secured

    return {"http": PlainPool, "https": SecuredPool}
