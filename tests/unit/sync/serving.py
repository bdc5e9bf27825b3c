"""A small HTTP server for the tests of the client: says what it is told to say, and keeps what it was asked.

No rule of the protocol lives here (`tests/integration/sync/fake_parent.py`). Sockets are real, and on loopback.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec

from salon_desk.wire import codec


@dataclass(frozen=True)
class Asked:
    """A request as it came; `body` unpacked."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    raw: bytes

    @property
    def route(self) -> str:
        return self.path.partition("?")[0]


@dataclass(frozen=True)
class Reply:
    """What is said. `cut`: only so many bytes of the body are sent before the line is closed."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


class HangUp(Exception):
    """The line is closed without an answer."""


def message(said: msgspec.Struct, status: int = 200, *, packed: bool = False, **headers: str) -> Reply:
    """A reply with a message of the protocol."""
    body = codec.encode(said)
    if packed:
        return Reply(status, codec.pack(body), {"Content-Encoding": "gzip", **headers})
    return Reply(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


Answering = Callable[[Asked], Reply]


class _Server(ThreadingHTTPServer):
    """Lines that a test cut off are no news."""

    def handle_error(self, *_arguments: object) -> None:
        pass


class Serving:
    """A server on a port of its own, until its `with` ends."""

    def __init__(self, answering: Answering, certificate: Path | None = None) -> None:
        self.answering = answering
        self.asked: list[Asked] = []
        self.over = threading.Event()
        self.lines: set[socket.socket] = set()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self.scheme = "https"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self.cut_lines()

    def cut_lines(self) -> None:
        """Shut every line that is open, as a process does that is killed."""
        for line in list(self.lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        serving = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def setup(self) -> None:
                super().setup()
                serving.lines.add(self.connection)

            def finish(self) -> None:
                serving.lines.discard(self.connection)
                with contextlib.suppress(OSError):
                    super().finish()

            def do_GET(self) -> None:
                self._answer()

            def do_POST(self) -> None:
                self._answer()

            def do_CONNECT(self) -> None:
                self._answer()

            def _answer(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                packed = self.headers.get("Content-Encoding") == "gzip"
                headers = {name.lower(): value for name, value in self.headers.items()}
                plain = codec.unpack(raw) if packed else raw
                asked = Asked(self.command, self.path, headers, plain, raw)
                serving.asked.append(asked)
                try:
                    reply = serving.answering(asked)
                except HangUp:
                    self.close_connection = True
                    return
                with contextlib.suppress(OSError):
                    self._send(reply)

            def _send(self, reply: Reply) -> None:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if "Transfer-Encoding" not in reply.headers:
                    self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body if reply.cut is None else reply.body[: reply.cut])
                if reply.cut is not None:
                    self.close_connection = True

            def log_message(self, *_arguments: object) -> None:
                pass

        return Handler


@contextlib.contextmanager
def serving(answering: Answering, certificate: Path | None = None) -> Iterator[Serving]:
    """A server while the block runs."""
    made = Serving(answering, certificate)
    try:
        yield made
    finally:
        made.close()
