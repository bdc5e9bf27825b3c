"""A seeded proxy that treats HTTP requests as a bad line does: loses, doubles, delays, cuts, answers 503 itself.

It runs on threads in the process of the test. Every fault is one that a real network or a real proxy commits; none
changes a byte. `counts` says what was done, so that a test can tell that it was a bad line.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import BinaryIO

_ANSWER_WITHIN_S = 60.0
_LONGEST_DELAY_S = 0.6
_HOP_BY_HOP = frozenset(("connection", "keep-alive", "transfer-encoding", "content-length", "host"))


class Line(StrEnum):
    """How the line is: as it should be, as it is on a bad day, or cut."""

    UP = "up"
    FAULTY = "faulty"
    DOWN = "down"


class Fault(StrEnum):
    """What is done to one request."""

    REQUEST_LOST = "request lost"
    REQUEST_CUT = "request cut"
    ANSWER_LOST = "answer lost"
    ANSWER_CUT = "answer cut"
    TWICE = "twice"
    AGAIN_LATER = "again later"
    DELAYED = "delayed"
    BUSY = "503"


FAULTS: tuple[Fault, ...] = tuple(Fault)


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


_BUSY = _Answer(503, "Busy", (("Retry-After", "0"),), b"the line is busy\n")


class _Gone(Exception):
    """The other side closed, or said what is no HTTP."""


class FaultProxy:
    """Listens on a port of its own and passes requests on to `target`; a context manager."""

    def __init__(
        self,
        target: tuple[str, int],
        *,
        seed: int,
        probability: float = 0.25,
        faults: Sequence[Fault] = FAULTS,
        line: Line = Line.UP,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._target = target
        self._dice = Random(seed)
        self._probability = probability
        self._faults = tuple(faults)
        self._line = line
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: set[threading.Thread] = set()
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        """The address to give to a till."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> FaultProxy:
        self._start(self._accept)
        return self

    def __exit__(self, *_raised: object) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._cut_all()
        for thread in self._running():
            thread.join(_ANSWER_WITHIN_S)

    def turn(self, line: Line) -> None:
        """Change how the line is; one that is cut ends what is under way."""
        with self._lock:
            self._line = line
        if line is Line.DOWN:
            self._cut_all()

    @property
    def faults_done(self) -> int:
        """How many requests something was done to."""
        return sum(self.counts[fault] for fault in Fault)

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        """One connection: requests one after the other until something is lost."""
        with self._kept(client), client.makefile("rb") as lines:
            while not self._ended.is_set():
                try:
                    if self._line is Line.DOWN:
                        return
                    if not self._exchange(client, _read_request(lines)):
                        return
                except (_Gone, OSError, http.client.HTTPException):
                    return

    def _exchange(self, client: socket.socket, request: _Request) -> bool:
        """One request and its answer; whether the connection lives on."""
        fault, cut_at, delay = self._drawn()
        self._count("requests")
        if fault is not None:
            self._count(fault)
        match fault:
            case Fault.REQUEST_LOST:
                return False
            case Fault.REQUEST_CUT:
                self._send_part(request, cut_at)
                return False
            case Fault.BUSY:
                client.sendall(_answer_bytes(_BUSY, request))
                return True
            case Fault.DELAYED:
                self._ended.wait(delay)
            case Fault.TWICE:
                self._forward(request)
            case Fault.AGAIN_LATER:
                self._start(self._later, request, delay)
            case _:
                pass
        answer = self._forward(request)
        if fault is Fault.ANSWER_LOST:
            return False
        if fault is Fault.ANSWER_CUT:
            whole = _answer_bytes(answer, request)
            client.sendall(whole[: max(1, int(len(whole) * cut_at))])
            return False
        client.sendall(_answer_bytes(answer, request))
        return True

    def _drawn(self) -> tuple[Fault | None, float, float]:
        """What happens to the next request: nothing, or a fault with the place of a cut and the length of a delay."""
        with self._lock:
            hit = self._line is Line.FAULTY and self._dice.random() < self._probability
            fault = self._dice.choice(self._faults) if hit else None
            return fault, self._dice.uniform(0.1, 0.95), self._dice.uniform(0.02, _LONGEST_DELAY_S)

    def _forward(self, request: _Request) -> _Answer:
        """The answer of the real side. Raises OSError or HTTPException when it is not there."""
        connection = http.client.HTTPConnection(*self._target, timeout=_ANSWER_WITHIN_S)
        try:
            connection.connect()
            with self._kept(connection.sock):
                self._put(connection, request, len(request.body))
                answer = connection.getresponse()
                body = answer.read()
                kept = [(name, value) for name, value in answer.getheaders() if _is_kept(name)]
                return _Answer(answer.status, answer.reason, tuple(kept), body)
        finally:
            connection.close()

    def _send_part(self, request: _Request, share: float) -> None:
        """Only the beginning of a request gets through."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(*self._target, timeout=_ANSWER_WITHIN_S)
            self._put(connection, request, int(len(request.body) * share))
            connection.close()

    def _put(self, connection: http.client.HTTPConnection, request: _Request, length: int) -> None:
        connection.putrequest(request.method, request.path, skip_accept_encoding=True)
        for name, value in request.headers:
            if _is_kept(name):
                connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(request.body)))
        connection.endheaders(request.body[:length])

    def _later(self, request: _Request, delay: float) -> None:
        """A copy that was held up on the way."""
        self._ended.wait(delay)
        if self._line is not Line.DOWN and not self._ended.is_set():
            with contextlib.suppress(OSError, http.client.HTTPException):
                self._forward(request)

    def _count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1

    def _start(self, work: object, *given: object) -> None:
        def run() -> None:
            try:
                work(*given)  # type: ignore[operator]
            except (_Gone, OSError, http.client.HTTPException):
                pass
            finally:
                with self._lock:
                    self._threads.discard(threading.current_thread())

        thread = threading.Thread(target=run, name="fault-proxy", daemon=True)
        with self._lock:
            self._threads.add(thread)
        thread.start()

    def _running(self) -> list[threading.Thread]:
        with self._lock:
            return list(self._threads)

    @contextlib.contextmanager
    def _kept(self, one: socket.socket) -> Iterator[None]:
        """Known while it is open, so that it can be cut from outside."""
        with self._lock:
            self._open.add(one)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(one)
            one.close()

    def _cut_all(self) -> None:
        with self._lock:
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)


def _read_request(lines: BinaryIO) -> _Request:
    first = lines.readline(65_537)
    parts = first.decode("latin-1").split()
    if len(parts) != 3:
        raise _Gone
    message = http.client.parse_headers(lines)
    if (message.get("Transfer-Encoding") or "").lower() == "chunked":
        body = _chunked(lines)
    else:
        body = _exactly(lines, int(message.get("Content-Length") or 0))
    return _Request(parts[0], parts[1], tuple(message.items()), body)


def _chunked(lines: BinaryIO) -> bytes:
    body = bytearray()
    while size := int(lines.readline(64).split(b";")[0] or b"0", 16):
        body += _exactly(lines, size)
        lines.readline(64)
    lines.readline(64)
    return bytes(body)


def _exactly(lines: BinaryIO, length: int) -> bytes:
    body = lines.read(length)
    if len(body) != length:
        raise _Gone
    return body


def _answer_bytes(answer: _Answer, request: _Request) -> bytes:
    head = [f"HTTP/1.1 {answer.status} {answer.reason}"]
    head += [f"{name}: {value}" for name, value in answer.headers]
    head += [f"Content-Length: {len(answer.body)}", "", ""]
    body = b"" if request.method == "HEAD" else answer.body
    return "\r\n".join(head).encode("latin-1") + body


def _is_kept(name: str) -> bool:
    return name.lower() not in _HOP_BY_HOP
