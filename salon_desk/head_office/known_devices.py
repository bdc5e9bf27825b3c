"""Devices whose token was looked up a moment ago, so that a till that pushes all the time is not looked up each time.

Only confirmed devices that nobody has locked out are remembered, and for so short a time that what the owner decides holds at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from salon_desk.storage.children import Child

REMEMBERED = 1.0
"""Seconds."""
MOST = 5_000


class KnownDevices:
    """By the hash of its token. Event loop only."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._seen: dict[str, tuple[float, Child]] = {}

    def find(self, token_hash: str) -> Child | None:
        """The device, if it was looked up a moment ago."""
        at, child = self._seen.get(token_hash, (0.0, None))
        if child is None or at + REMEMBERED <= self._monotonic():
            return None
        return child

    def remember(self, token_hash: str, child: Child) -> None:
        """It was looked up now."""
        if child.confirmed:
            if len(self._seen) >= MOST:
                self._seen.clear()
            self._seen[token_hash] = (self._monotonic(), child)
