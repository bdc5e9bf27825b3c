"""How much one may ask for: bytes, requests at once, tries of a code.

The limits of a single message are in `wire/codec.py`. Counts are this process's own: several workers allow as many times
more, which a code of fifty random bits bears.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.requests import Request

from salon_desk.head_office.refusals import Refusal, malformed
from salon_desk.wire import codec

MOST_OF_A_STRANGER = 16 * 1024
"""Bytes of a body from somebody who has shown no token: thousands may come at once."""
LONGEST_ARRIVAL = 30.0
"""Seconds in which a body must have come."""
MOST_AT_ONCE = 16
"""Requests of one device that are worked on at the same time."""
MOST_TEXT = 200
"""Characters of an id or a name."""
HIGHEST_NUMBER = 1 << 62
"""Of a position or a number in a chain: what every database keeps."""
TRIES_OF_ADDRESS = 10
TRIES_OF_ALL = 100
TRIES_WITHIN = 60.0
"""Wrong codes from one address, and from all of them, within so many seconds."""


async def body_of(request: Request, most: int = codec.MOST_BYTES, wanted: str = "application/json") -> bytes:
    """The body of a request, unpacked; `most`: bytes, packed or not. Raises Refusal, TooLarge, Malformed."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip"):
        raise Refusal(415, "malformed", "content-encoding: gzip or nothing")
    kind = request.headers.get("content-type", wanted).split(";")[0].strip().lower()
    if kind != wanted:
        raise Refusal(415, "malformed", f"content-type: {wanted}")
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > most:
        raise codec.TooLarge
    data = bytearray()
    try:
        async with asyncio.timeout(LONGEST_ARRIVAL):
            async for part in request.stream():
                data += part
                if len(data) > most:
                    raise codec.TooLarge
    except TimeoutError as error:
        raise Refusal(408, "malformed", "the body did not come") from error
    if encoding == "gzip":
        if len(data) >= codec.WORTH_A_THREAD // 8:  # about what it is unpacked
            return await asyncio.to_thread(codec.unpack, bytes(data), most)
        return codec.unpack(bytes(data), most)
    return bytes(data)


def checked_text(name: str, value: str, most: int = MOST_TEXT, *, needed: bool = True) -> str:
    """A text of a message that goes into a table. Raises Refusal when it is empty, too long or no plain text."""
    if (needed and not value) or len(value) > most or not value.isprintable():
        raise malformed(name)
    return value


def whole_number(request: Request, name: str, default: int, most: int = HIGHEST_NUMBER) -> int:
    """A whole number of the query, from 0 to `most`. Raises Refusal."""
    text = request.query_params.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > most:
        raise malformed(name)
    return int(text)


class InFlight:
    """How many requests of each device are being worked on."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._most = most
        self._now: dict[str, int] = {}

    @contextmanager
    def one_of(self, node: str) -> Iterator[None]:
        """While a request of this device is worked on. Raises Refusal when there are too many."""
        now = self._now.get(node, 0)
        if now >= self._most:
            raise Refusal(429, "too-many", retry_after=1)
        self._now[node] = now + 1
        try:
            yield
        finally:
            if self._now[node] == 1:
                del self._now[node]
            else:
                self._now[node] -= 1


class CodeTries:
    """Wrong codes lately, by address and in all; only wrong ones count, and whatever else is told to be. Any thread.

    Whoever looks at codes checks and counts without anybody in between: else a burst is through before its first wrong one counts.
    """

    MOST_ADDRESSES = 10_000

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        of_address: int = TRIES_OF_ADDRESS,
        of_all: int = TRIES_OF_ALL,
    ) -> None:
        self._monotonic = monotonic
        self._most = (of_address, of_all)
        self._wrong: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def check(self, address: str) -> None:
        """Raise Refusal when too many wrong codes came from here, or from anywhere."""
        with self._lock:
            for who, most in zip((address, ""), self._most, strict=True):
                lately = self._lately(who)
                if len(lately) >= most:
                    wait = int(lately[0] + TRIES_WITHIN - self._monotonic()) + 1
                    raise Refusal(429, "too-many", retry_after=max(1, wait))

    def wrong(self, address: str) -> None:
        """A code was wrong."""
        with self._lock:
            if len(self._wrong) >= self.MOST_ADDRESSES:
                self._wrong = {"": self._lately("")}
            for who in {address, ""}:
                self._wrong.setdefault(who, []).append(self._monotonic())

    def right(self, address: str) -> None:
        """The last one that counted as wrong was right after all: whoever is above knows it."""
        with self._lock:
            for who in {address, ""}:
                if lately := self._lately(who):
                    lately.pop()

    def _lately(self, who: str) -> list[float]:
        oldest = self._monotonic() - TRIES_WITHIN
        kept = [at for at in self._wrong.get(who, ()) if at > oldest]
        if kept:
            self._wrong[who] = kept
        else:
            self._wrong.pop(who, None)
        return kept
