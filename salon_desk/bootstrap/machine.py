"""The machine's own clock and id maker, which everything below gets handed in.

Nothing else reads the time or makes randomness. Ids are UUIDv7 strings: sortable for people, never for the protocol.
"""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC)


class Uuid7:
    """Makes UUIDv7 strings; ids made in one millisecond still count upwards. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def __call__(self) -> str:
        """A fresh id."""
        random = int.from_bytes(os.urandom(8), "big")
        with self._lock:
            # 48 bits of milliseconds and 12 of their fraction, never twice and never backwards
            stamp = max(time.time_ns() // 1_000_000 << 12 | (time.time_ns() // 244) & 0xFFF, self._last + 1)
            self._last = stamp
        high = (stamp >> 12) << 16 | 0x7 << 12 | stamp & 0xFFF
        low = 0b10 << 62 | random & ((1 << 62) - 1)
        text = f"{high:016x}{low:016x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
