"""The least that carries rows over HTTP into a database and back: one table, no checks, the same stack of servers.

Run as a process of its own: `python -m salon_desk.bench.floors.bare_exchange PLACE`, PLACE a file for SQLite or the URL of a
PostgreSQL. It prints its address. A push is one transaction, durable before it is answered, like the product's.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

import msgspec
import uvicorn

_Row = tuple[int, str, int, bytes]
_Answer = Callable[[bytes, dict[str, list[str]]], bytes]


class BareSqlite:
    """A table of numbered bytes in SQLite, as durable as the product's."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS rows (position INTEGER PRIMARY KEY, node TEXT, seq INTEGER, whole BLOB, "
            "UNIQUE (node, seq)) STRICT"
        )

    def add(self, rows: Sequence[tuple[str, int, bytes]]) -> None:
        """Number and keep rows, in one transaction."""
        cursor = self._connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        last = cursor.execute("SELECT coalesce(max(position), 0) FROM rows").fetchone()[0]
        numbered = [(last + index, *row) for index, row in enumerate(rows, start=1)]
        cursor.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", numbered)
        cursor.execute("COMMIT")

    def after(self, position: int, limit: int) -> list[_Row]:
        """A page of rows behind a position."""
        query = "SELECT * FROM rows WHERE position > ? ORDER BY position LIMIT ?"
        return self._connection.execute(query, (position, limit)).fetchall()


class BarePostgres:
    """The same in PostgreSQL, numbered under a lock."""

    def __init__(self, url: str) -> None:
        import psycopg

        self._connection: Any = psycopg.connect(url, autocommit=True)
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS bare_rows (position BIGINT PRIMARY KEY, node TEXT, seq BIGINT, whole BYTEA, "
            "UNIQUE (node, seq))"
        )

    def add(self, rows: Sequence[tuple[str, int, bytes]]) -> None:
        """Number and keep rows, in one transaction."""
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(1)")
            cursor.execute("SELECT coalesce(max(position), 0) FROM bare_rows")
            last = cursor.fetchone()[0]
            numbered = [(last + index, *row) for index, row in enumerate(rows, start=1)]
            cursor.executemany("INSERT INTO bare_rows VALUES (%s, %s, %s, %s)", numbered)

    def after(self, position: int, limit: int) -> list[_Row]:
        """A page of rows behind a position."""
        query = "SELECT * FROM bare_rows WHERE position > %s ORDER BY position LIMIT %s"
        found: list[_Row] = self._connection.execute(query, (position, limit)).fetchall()
        return found


class Bare:
    """An ASGI application of two paths: `POST /push` a JSON array of [node, seq, bytes], `GET /pull?after=`."""

    def __init__(self, rows: BareSqlite | BarePostgres) -> None:
        self._rows = rows
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._decode = msgspec.json.Decoder(list[tuple[str, int, bytes]]).decode
        self._answers: dict[str, _Answer] = {"/push": self._push, "/pull": self._pull}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        answer = self._answers[scope["path"]]
        query = parse_qs(scope["query_string"].decode())
        data = await asyncio.get_running_loop().run_in_executor(self._thread, answer, body, query)
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(data))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": data})

    def _push(self, body: bytes, _query: dict[str, list[str]]) -> bytes:
        rows = self._decode(body)
        self._rows.add(rows)
        return json.dumps({"seq": rows[-1][1]}).encode()

    def _pull(self, _body: bytes, query: dict[str, list[str]]) -> bytes:
        return msgspec.json.encode(self._rows.after(int(query["after"][0]), int(query["limit"][0])))


def main(place: str) -> None:
    """Serve until the process is ended; the address is the one line on stdout."""
    rows = BarePostgres(place) if "://" in place else BareSqlite(place)
    config = uvicorn.Config(Bare(rows), port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)

    async def serve() -> None:
        # the protocol is named because asyncio sends small answers at once only where it is, as the product's server does
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(512)
            print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
            await server.serve(sockets=[listener])

    asyncio.run(serve())


if __name__ == "__main__":
    main(sys.argv[1])
