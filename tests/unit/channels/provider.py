"""A provider's server on this machine: it hears what is asked, answers as it is told, and fails on command.

What a certain provider would answer stands in a subclass. What is planned holds for the next request and then is over.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class Fault(StrEnum):
    """What goes wrong on the way back: the request was acted on."""

    NO_ANSWER = "no answer"
    CUT_OFF = "cut off"
    HALF = "half an answer"
    GARBAGE = "garbage"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def json(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back; a body that is no bytes goes as JSON."""

    status: int
    body: Any = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Provider:
    """A server for one test."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.problems: list[str] = []
        """What this provider would not have taken."""
        self.planned: deque[Answer | Fault] = deque()
        """For the next requests, one each."""
        self._gone = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, asked: Asked) -> Answer:
        """What it does and says."""
        raise NotImplementedError

    def close(self) -> None:
        self._gone.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def _served(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        parts = urlsplit(handler.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        asked = Asked(handler.command, parts.path, query, handler.headers, handler.rfile.read(length))
        self.asked.append(asked)
        planned = self.planned.popleft() if self.planned else None
        answer = planned if isinstance(planned, Answer) else self.answer(asked)
        body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        if planned is Fault.NO_ANSWER:
            self._gone.wait(20)
        if planned in (Fault.NO_ANSWER, Fault.CUT_OFF):
            handler.close_connection = True
            return
        handler.send_response(answer.status)
        body = b"<html>not what you think" if planned is Fault.GARBAGE else body
        for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2] if planned is Fault.HALF else body)
        handler.close_connection = True

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider._served(self)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *told: object) -> None:
                pass

        return Handler
