"""A till's side of the bare exchange: one connection that is kept, and a table that takes the rows of a page.

Nothing is checked or applied. It is used against the real head office too, where the client shall not count.
"""

from __future__ import annotations

import http.client
import sqlite3
import zlib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

_GZIP = b"\x1f\x8b"


class BareClient:
    """An HTTP connection that is kept open; `token` for a server that asks for one."""

    def __init__(self, address: str, token: str = "") -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def post(self, path: str, body: bytes) -> bytes:
        """The body of the answer; AssertionError for any but 200."""
        return self._ask("POST", path, body)

    def get(self, path: str) -> bytes:
        """The body of the answer; AssertionError for any but 200."""
        return self._ask("GET", path, None)

    def get_packed(self, path: str) -> bytes:
        """The same, sent compressed as to a real till; unpacked."""
        data = self._ask("GET", path, None, {"Accept-Encoding": "gzip"})
        return zlib.decompress(data, 47) if data.startswith(_GZIP) else data

    def keep_in(self, file: Path) -> Kept:
        """A table that takes what this client pulls."""
        return Kept(self, file)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _ask(
        self, method: str, path: str, body: bytes | None, more: Mapping[str, str] | None = None
    ) -> bytes:
        self._connection.request(method, path, body=body, headers=self._headers | dict(more or {}))
        answer = self._connection.getresponse()
        data = answer.read()
        assert answer.status == 200, f"{path}: {answer.status} {data[:200]!r}"
        return data


class Kept:
    """Rows that were pulled, in a SQLite table as durable as the product's."""

    def __init__(self, client: BareClient, file: Path) -> None:
        self._client = client
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute(
            "CREATE TABLE rows (position INTEGER PRIMARY KEY, node TEXT, seq INTEGER, whole BLOB) STRICT"
        )

    def take(self, after: int, limit: int) -> None:
        """Pull a page and keep it, in one transaction."""
        rows = msgspec.json.decode(
            self._client.get(f"/pull?after={after}&limit={limit}"), type=list[tuple[int, str, int, bytes]]
        )
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", rows)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the table."""
        self._connection.close()
